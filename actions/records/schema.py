"""The tables. A change here comes with a migration in migrations/versions (see its README)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("sender", String(64), nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    Column("answer", String(64), nullable=False),  # which answer of the conversation
    Column("provisions", String(200), nullable=False, default=""),  # ids, by commas
    Column("useful", Boolean, nullable=False),
    Index("uq_feedback_answer", "sender", "answer", unique=True),
)

satisfaction = Table(
    "satisfaction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("sender", String(64), nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    Column("score", Integer, nullable=False),  # 1 (very poor) to 5 (very good)
    Column("remark", Text, nullable=False, default=""),  # masked
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("opened", DateTime, nullable=False),
    Column("sender", String(64), nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    Column("reason", String(32), nullable=False),  # why a person is needed: an act
    Column("urgent", Boolean, nullable=False, default=False),
    Column("state", String(16), nullable=False, index=True),  # open | taken | closed
    Column("closed", DateTime),
    Column("result", Text, nullable=False, default=""),
)

bookings = Table(
    "bookings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made", DateTime, nullable=False),
    Column("sender", String(64), nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    Column("audience", String(16), nullable=False),  # village | enterprise | campus | media | ''
    Column("day", Date, nullable=False),
    Column("half", String(8), nullable=False),  # am | pm | evening
    Column("slot", Integer),  # which of the visits of this half-day; none once cancelled
    Column("clock", String(5), nullable=False, default=""),  # 15:00, where it was said
    Column("place", String(80), nullable=False),
    Column("people", Integer),
    Column("topics", String(200), nullable=False, default=""),
    Column("contact", String(80), nullable=False, default=""),
    Column("state", String(16), nullable=False, index=True),  # booked | cancelled
    Index("uq_bookings_slot", "day", "half", "slot", unique=True),
)

reach = Table(
    "reach",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("event", String(40), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("kind", String(16), nullable=False),  # visit | conversation | answer
    Column("topic", String(40), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("count", Integer, nullable=False),
    Index("uq_reach_counted", "day", "event", "channel", "kind", "topic", "verdict", unique=True),
)
