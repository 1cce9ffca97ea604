"""`zorgbalie demo`: Run the demo practice on this machine."""

import argparse

HELP = "Run the demo practice on this machine."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Under construction."""


def run(arguments: argparse.Namespace) -> int:
    """Under construction."""
    raise SystemExit("not yet")
