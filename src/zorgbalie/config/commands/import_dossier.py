"""`zorgbalie import-dossier`: Import GP dossiers in FHIR STU3."""

import argparse

HELP = "Import GP dossiers in FHIR STU3."
SETTINGS = "zorgbalie.config.settings.migrate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Under construction."""


def run(arguments: argparse.Namespace) -> int:
    """Under construction."""
    raise SystemExit("not yet")
