"""Bookings of visits and counts of reach."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("sender", sa.String(64), nullable=False, index=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("half", sa.String(8), nullable=False),
        sa.Column("slot", sa.Integer),
        sa.Column("clock", sa.String(5), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("people", sa.Integer),
        sa.Column("topics", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(80), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, index=True),
    )
    op.create_index("uq_bookings_slot", "bookings", ["day", "half", "slot"], unique=True)
    op.create_table(
        "reach",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
    )
    columns = ["day", "event", "channel", "kind", "topic", "verdict"]
    op.create_index("uq_reach_counted", "reach", columns, unique=True)
