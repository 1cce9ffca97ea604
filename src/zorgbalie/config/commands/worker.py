"""`zorgbalie worker`: runs tasks (notices, sealing the log, clearing what expired)."""

import argparse

HELP = "Run the task worker."
SETTINGS = "zorgbalie.config.settings.worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many tasks at once."""
    parser.add_argument("--concurrency", type=int, default=2)


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped."""
    from django.core.management import call_command

    from zorgbalie.config.database.startup import check_database_role

    check_database_role()
    call_command("procrastinate", "worker", concurrency=arguments.concurrency)
    return 0
