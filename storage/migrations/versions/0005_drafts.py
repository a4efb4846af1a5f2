"""Answers drafted for staff, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_requests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("handoff_id", sa.String(length=32), nullable=True),
        sa.Column("message_seq", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_draft_requests_at", "draft_requests", ["at"], unique=False)
    op.create_index("ix_draft_requests_message", "draft_requests", ["handoff_id", "message_seq"], unique=False)
    op.create_table(
        "answer_drafts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=128), nullable=False),
        sa.Column("facet", sa.String(length=32), nullable=False),
        sa.Column("proposed_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("sent_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Float(), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["draft_requests.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by"], ["staff_accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_answer_drafts_request_id", "answer_drafts", ["request_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_answer_drafts_request_id", table_name="answer_drafts")
    op.drop_table("answer_drafts")
    op.drop_index("ix_draft_requests_message", table_name="draft_requests")
    op.drop_index("ix_draft_requests_at", table_name="draft_requests")
    op.drop_table("draft_requests")
