"""The indexes by which an auditor narrows the trail: a person, a subject, a period."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_audit_entries_actor", ["actor", "seq"]),
    ("ix_audit_entries_subject", ["subject", "seq"]),
    ("ix_audit_entries_at", ["at"]),
)


def upgrade() -> None:
    for name, columns in _INDEXES:
        op.create_index(name, "audit_entries", columns, unique=False)


def downgrade() -> None:
    for name, _ in reversed(_INDEXES):
        op.drop_index(name, table_name="audit_entries")
