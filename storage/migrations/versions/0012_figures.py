"""The counters of turns, and the indexes by which the figures of a period are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_applications_submitted", "applications", ["submitted_at", "item_id"]),
    ("ix_application_events_at", "application_events", ["at", "state"]),
    ("ix_handoffs_queued", "handoffs", ["queued_at"]),
    ("ix_audit_entries_action", "audit_entries", ["action", "at"]),
)


def upgrade() -> None:
    op.create_table(
        "turn_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.String(length=128), nullable=False),
        sa.Column("facet", sa.String(length=32), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("conversations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "hour", "channel", "status", "item_id", "facet"),
        sqlite_with_rowid=False,
    )
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns, unique=False)


def downgrade() -> None:
    for name, table, _ in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_table("turn_counts")
