"""The tables. A change here comes with a migration in migrations/versions (see its README)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
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
    Column("operator", String(64)),  # who has taken it, or closed it
    Column("taken", DateTime),
)

desk_messages = Table(
    "desk_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, nullable=False, index=True),
    Column("sender", String(64), nullable=False, index=True),  # of the conversation
    Column("at", DateTime, nullable=False),
    Column("speaker", String(16), nullable=False),  # citizen | operator | notice
    Column("name", String(64), nullable=False, default=""),  # the operator's
    Column("text", Text, nullable=False),  # masked
    Column("message_id", String(64)),  # of the citizen's message or the operator's
    Column("delivered", Boolean, nullable=False, default=False),
    Index("uq_desk_messages_message", "sender", "message_id", unique=True),
)

contacts = Table(
    "contacts",
    metadata,
    Column("ticket", Integer, primary_key=True, autoincrement=False),
    Column("sender", String(64), nullable=False, index=True),
    Column("at", DateTime, nullable=False),
    Column("masked", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # encrypted
)

operators = Table(
    "operators",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),  # operator | administrator
    Column("password", String(200), nullable=False),  # an argon2 hash
    Column("disabled", Boolean, nullable=False, default=False),
    Column("failures", Integer, nullable=False, default=0),  # since the last success
    Column("locked_until", DateTime),
    Column("created", DateTime, nullable=False),
)

desk_sessions = Table(
    "desk_sessions",
    metadata,
    Column("token", String(64), primary_key=True),  # SHA-256 of what the cookie holds
    Column("operator", String(64), nullable=False, index=True),
    Column("began", DateTime, nullable=False),
    Column("seen", DateTime, nullable=False),  # the last thing the operator did
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("did", String(32), nullable=False),
    Column("what", String(120), nullable=False, default=""),  # ticket 12, operator 王芳
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
