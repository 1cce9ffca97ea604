"""`zorgbalie verify-log`: Check the chain of the access log."""

import argparse

HELP = "Check the chain of the access log."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Under construction."""


def run(arguments: argparse.Namespace) -> int:
    """Under construction."""
    raise SystemExit("not yet")
