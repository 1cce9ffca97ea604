"""`zorgbalie seed`: Load a large, deterministic world."""

import argparse

HELP = "Load a large, deterministic world."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Under construction."""


def run(arguments: argparse.Namespace) -> int:
    """Under construction."""
    raise SystemExit("not yet")
