"""What staff do with a handoff: whom it is meant for, how it ended, what was read; and the departments of accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        table.add_column(sa.Column("outcome", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("meant_for_staff", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("meant_for_department", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("meant_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("read_by_staff", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("read_by_citizen", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("staff_accounts") as table:
        table.add_column(sa.Column("department", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff_accounts") as table:
        table.drop_column("department")
    with op.batch_alter_table("handoffs") as table:
        for name in (
            "read_by_citizen",
            "read_by_staff",
            "meant_at",
            "meant_for_department",
            "meant_for_staff",
            "outcome",
        ):
            table.drop_column(name)
