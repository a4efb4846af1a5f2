"""The urgency of handoffs, what their person noted, and who did not answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        table.add_column(sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("note_sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("unanswered_by", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("handoffs") as table:
        table.drop_column("unanswered_by")
        table.drop_column("note_sealed")
        table.drop_column("urgency")
