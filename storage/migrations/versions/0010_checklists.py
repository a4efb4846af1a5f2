"""The one-time notices that were made in conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklists",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=128), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_checklists_conversation_id", "checklists", ["conversation_id"], unique=False)
    op.create_index("ix_checklists_made_at", "checklists", ["made_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_checklists_made_at", table_name="checklists")
    op.drop_index("ix_checklists_conversation_id", table_name="checklists")
    op.drop_table("checklists")
