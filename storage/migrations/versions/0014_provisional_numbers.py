"""The numbers that citizens ask by while a department cannot be reached, and the answers that prove them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provisional_numbers",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("application_id"),
        sa.UniqueConstraint("number_index"),
    )
    op.create_table(
        "provisional_checks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=128), nullable=False),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_provisional_checks_at", "provisional_checks", ["at"], unique=False)
    op.create_index(
        "ix_provisional_checks_conversation", "provisional_checks", ["conversation_id", "state"], unique=False
    )
    op.create_index("ix_provisional_checks_number", "provisional_checks", ["number_index", "state"], unique=False)


def downgrade() -> None:
    for name in ("number", "conversation", "at"):
        op.drop_index(f"ix_provisional_checks_{name}", table_name="provisional_checks")
    op.drop_table("provisional_checks")
    op.drop_table("provisional_numbers")
