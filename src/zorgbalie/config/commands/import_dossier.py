"""`zorgbalie import-dossier`: import the dossier of one patient, FHIR STU3 in the Nictiz GP profiles.

Exit codes: 0 all well, 1 some resources were refused, 2 nothing was stored.
"""

import argparse
import json
from pathlib import Path

HELP = "Import the dossier of one patient in FHIR STU3 (JSON or XML; a Bundle, loose files or a folder)."
SETTINGS = "zorgbalie.config.settings.worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, into which record."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="file or folder; all of one patient")
    parser.add_argument("--practice", required=True, help="AGB code or id of the practice that keeps the record")
    parser.add_argument("--patient", help="BSN or id of the patient; needed where the BSN in the dossier is masked")
    parser.add_argument("--dry-run", action="store_true", help="do everything but store it")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print the whole report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Import and print the report; runs as the worker's role, so the walls hold."""
    from zorgbalie.config.database.startup import check_database_role
    from zorgbalie.exchange import report as words
    from zorgbalie.exchange.actions.importing import import_files
    from zorgbalie.exchange.types import DossierRefused
    from zorgbalie.kernel.clock import current_moment

    check_database_role()
    try:
        report = import_files(
            paths=arguments.files,
            practice=arguments.practice,
            patient=arguments.patient,
            dry_run=arguments.dry_run,
            now=current_moment(),
        )
    except DossierRefused as error:
        print(json.dumps(words.refusal_json(error=error)) if arguments.as_json else words.refusal_text(error=error))
        return 2
    print(json.dumps(words.report_json(report=report)) if arguments.as_json else words.report_text(report=report))
    return words.exit_code(report=report)
