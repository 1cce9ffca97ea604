"""`zorgbalie import-links`: load links to reliable information per code, for all practices or for one.

Exit codes: 0 every line was loaded, 1 some lines were refused, 2 nothing was loaded.
"""

import argparse
from pathlib import Path

HELP = "Load links to reliable information (CSV: code system; code; address; title)."
SETTINGS = "zorgbalie.config.settings.worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and for whom."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, separated by ; or a comma")
    parser.add_argument("--practice", help="AGB code or id of one practice; without it for all practices")


def run(arguments: argparse.Namespace) -> int:
    """Load and print the report; runs as the worker's role, so the walls hold."""
    from zorgbalie.access.unit_of_work import unit_of_work
    from zorgbalie.config.database.startup import check_database_role
    from zorgbalie.kernel.clock import current_moment
    from zorgbalie.kernel.viewer import system_viewer
    from zorgbalie.knowledge.actions.loading import load_links
    from zorgbalie.knowledge.types import LARGEST_FILE, FileRefused
    from zorgbalie.practice.lookup import find_practice_ids

    check_database_role()
    found = []
    if arguments.practice is not None:
        digits = arguments.practice.isascii() and arguments.practice.isdigit() and len(arguments.practice) < 19
        found = find_practice_ids(text=arguments.practice) if digits else []
        if len(found) != 1:
            print("Nothing was loaded: this AGB code or id does not name exactly one practice.")
            return 2
    try:
        with arguments.file.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        print(f"Nothing was loaded: the file cannot be read ({error.strerror}).")
        return 2
    viewer = system_viewer(task="import-links", practice_id=found[0] if found else None)
    try:
        with unit_of_work(viewer):
            report = load_links(viewer=viewer, practice_id=viewer.practice_id, data=data, now=current_moment())
    except FileRefused:
        print("Nothing was loaded: the file is no CSV text, is larger than 2 MB, or holds no line.")
        return 2
    print(
        f"stored {report.stored}, updated {report.updated}, unchanged {report.unchanged}, refused {len(report.refused)}"
    )
    for line in report.refused:
        print(f"line {line.number}: {line.fault.value}: {line.text}")
    return 1 if report.refused else 0
