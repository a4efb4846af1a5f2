"""Answers that wait for approval; which fields drafts say, and what was decided about what staff change in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_answers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=128), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["staff_accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_held_answers_state", "held_answers", ["state", "at"], unique=False)
    op.create_index("ix_held_answers_told", "held_answers", ["conversation_id", "told"], unique=False)
    op.create_table(
        "staff_change_decisions",
        sa.Column("item_id", sa.String(length=128), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_accounts.id"]),
        sa.PrimaryKeyConstraint("item_id", "field"),
    )
    op.add_column("answer_drafts", sa.Column("fields", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("answer_drafts", "fields")
    op.drop_table("staff_change_decisions")
    op.drop_index("ix_held_answers_told", table_name="held_answers")
    op.drop_index("ix_held_answers_state", table_name="held_answers")
    op.drop_table("held_answers")
