"""The seats that appointments have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("schedule", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=128), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("window", sa.String(length=64), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("holder_index", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("application_id"),
        sa.UniqueConstraint("schedule", "place", "day", "window", "seat", name="uq_appointments_seat"),
        sa.UniqueConstraint("holder_index", name="uq_appointments_holder"),
    )
    op.create_index("ix_appointments_day", "appointments", ["day"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_appointments_day", table_name="appointments")
    op.drop_table("appointments")
