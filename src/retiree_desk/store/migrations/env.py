"""Alembic's entry: always online, always on the connection that `migrate.py` hands in."""

from alembic import context

from retiree_desk.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
