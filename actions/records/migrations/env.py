"""Run by alembic: migrations on the connection that the records hand over."""

from __future__ import annotations

from alembic import context

from actions.records.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
