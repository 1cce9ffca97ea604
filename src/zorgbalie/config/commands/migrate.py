"""`zorgbalie migrate`: bring the database to this version, with its walls. Runs as the owner (OWNER_DATABASE_URL)."""

import argparse

HELP = "Bring the database to this version and (re)build its walls."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate, make the shared cache's table, apply the walls, and offer the general agreement.

    What is in place already is left alone, so that a start without news is quick.
    """
    from django.core.management import call_command

    from zorgbalie.access.default_text import ensure_default_text
    from zorgbalie.config.database.apply import apply_walls

    if _is_behind():
        call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable", verbosity=0)
    apply_walls()
    ensure_default_text()
    return 0


def _is_behind() -> bool:
    """Whether a migration of this version has yet to run, by the database's own list."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
