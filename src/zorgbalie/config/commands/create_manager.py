"""`zorgbalie create-manager`: Make a practice manager who can sign in."""

import argparse

HELP = "Make a practice manager who can sign in."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Under construction."""


def run(arguments: argparse.Namespace) -> int:
    """Under construction."""
    raise SystemExit("not yet")
