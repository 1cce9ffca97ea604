"""`zorgbalie migrate`: bring the database to this version, with its walls. Runs as the owner (OWNER_DATABASE_URL)."""

import argparse

HELP = "Bring the database to this version and (re)build its walls."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate, make the shared cache's table, apply the walls, and offer the general agreement."""
    from django.core.management import call_command

    from zorgbalie.access.default_text import ensure_default_text

    call_command("migrate", interactive=False, verbosity=1)
    call_command("createcachetable", verbosity=0)
    apply_walls()
    ensure_default_text()
    return 0


def apply_walls() -> None:
    """Functions, privileges and policies of `config.database.walls`, all or nothing."""
    from django.db import connection, transaction

    from zorgbalie.config.database.walls import statements

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)
