"""`zorgbalie seed`: the demo world, or a large deterministic one to measure on. Runs as the owner."""

import argparse
from datetime import date

HELP = "Load the demo world, or a large deterministic world."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which world, and how large."""
    parser.add_argument("--demo", action="store_true", help="the demo world; does nothing when there is a world")
    parser.add_argument("--practices", type=int, default=0, metavar="N")
    parser.add_argument("--patients", type=int, default=2500, metavar="M", help="per practice (default 2500)")
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="DAY", help="date the large world back from here (default: today)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Load the asked world into an empty database."""
    if arguments.demo:
        return _seed_demo()
    from zorgbalie.config.seeding.large_world import load_large_world

    return load_large_world(practices=arguments.practices, patients=arguments.patients, today=arguments.today)


def _seed_demo() -> int:
    from django.db import connection, transaction

    from zorgbalie.config.seeding.demo_world import DemoWorld, is_empty
    from zorgbalie.kernel.clock import current_moment

    with transaction.atomic():
        connection.ensure_connection()
        link = connection.connection
        if not is_empty(link):
            print("There is a world already; nothing was changed.")
            return 0
        DemoWorld(link, now=current_moment()).fill()
    print("The demo world is loaded.")
    return 0
