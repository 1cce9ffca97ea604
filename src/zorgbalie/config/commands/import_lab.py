"""`zorgbalie import-lab`: import laboratory messages, EDIFACT MEDLAB and HL7 v2 ORU^R01, for one practice.

Exit codes: 0 every message is in a record, 1 some are on the list to be solved or were refused, 2 nothing was stored.
"""

import argparse
import json
from pathlib import Path

HELP = "Import laboratory messages (EDIFACT MEDLAB, HL7 v2 ORU^R01); files or folders, of any number of patients."
SETTINGS = "zorgbalie.config.settings.worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, for which practice."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="file or folder")
    parser.add_argument("--practice", required=True, help="AGB code or id of the GP practice that asked for them")
    parser.add_argument("--dry-run", action="store_true", help="do everything but store it")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print the whole report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Import and print the report; runs as the worker's role, so the walls hold."""
    from zorgbalie.config.database.startup import check_database_role
    from zorgbalie.exchange import lab_report, report
    from zorgbalie.exchange.actions.lab_importing import import_lab_files
    from zorgbalie.exchange.types import DossierRefused
    from zorgbalie.kernel.clock import current_moment

    check_database_role()
    try:
        found = import_lab_files(
            paths=arguments.files, practice=arguments.practice, dry_run=arguments.dry_run, now=current_moment()
        )
    except DossierRefused as error:
        print(json.dumps(report.refusal_json(error=error)) if arguments.as_json else report.refusal_text(error=error))
        return 2
    if arguments.as_json:
        print(json.dumps(lab_report.report_json(report=found)))
    else:
        print(lab_report.report_text(report=found))
    return lab_report.exit_code(report=found)
