"""Run by Alembic: every step inside the one transaction that the caller has begun."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=True)
context.run_migrations()
