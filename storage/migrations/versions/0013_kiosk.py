"""Visits to the machines in halls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_visits",
        sa.Column("conversation_id", sa.String(length=128), nullable=False),
        sa.Column("machine", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=False),
        sa.Column("code_index", sa.String(length=64)),
        sa.Column("code_until", sa.DateTime()),
        sa.PrimaryKeyConstraint("conversation_id"),
        sa.UniqueConstraint("code_index"),
    )
    op.create_index("ix_kiosk_visits_state_left", "kiosk_visits", ["state", "left_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_kiosk_visits_state_left", table_name="kiosk_visits")
    op.drop_table("kiosk_visits")
