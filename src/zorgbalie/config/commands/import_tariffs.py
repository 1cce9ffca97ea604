"""`zorgbalie import-tariffs`: load tariffs of performances, for all practices or for one (docs/formats/tariffs.md).

Exit codes: 0 every line was loaded, 1 some lines were refused, 2 nothing was loaded.
"""

import argparse
from pathlib import Path

HELP = "Load tariffs (CSV: code; description; minutes from; minutes to; cents; valid from; valid until; source)."
SETTINGS = "zorgbalie.config.settings.worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and for whom."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="CSV, separated by ; or a comma")
    parser.add_argument("--practice", help="AGB code or id of one practice; without it for all practices")


def run(arguments: argparse.Namespace) -> int:
    """Load each file and print its report; runs as the worker's role, so the walls hold."""
    from zorgbalie.config.database.startup import check_database_role
    from zorgbalie.practice.lookup import find_practice_ids

    check_database_role()
    found = []
    if arguments.practice is not None:
        digits = arguments.practice.isascii() and arguments.practice.isdigit() and len(arguments.practice) < 19
        found = find_practice_ids(text=arguments.practice) if digits else []
        if len(found) != 1:
            print("Nothing was loaded: this AGB code or id does not name exactly one practice.")
            return 2
    return max(_load(path, found[0] if found else None) for path in arguments.files)


def _load(path: Path, practice: int | None) -> int:
    from zorgbalie.access.unit_of_work import unit_of_work
    from zorgbalie.billing.actions.loading import load_tariffs
    from zorgbalie.billing.types import LARGEST_FILE, TariffFileRefused
    from zorgbalie.kernel.clock import current_moment
    from zorgbalie.kernel.ids import PracticeId
    from zorgbalie.kernel.viewer import system_viewer

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        print(f"{path.name}: nothing was loaded: the file cannot be read ({error.strerror}).")
        return 2
    viewer = system_viewer(task="import-tariffs", practice_id=PracticeId(practice) if practice else None)
    try:
        with unit_of_work(viewer):
            report = load_tariffs(viewer=viewer, practice_id=viewer.practice_id, data=data, now=current_moment())
    except TariffFileRefused:
        print(f"{path.name}: nothing was loaded: it is no CSV text, is larger than 500 kB, or holds no line.")
        return 2
    counts = f"new {len(report.new)}, changed {len(report.changed)}, unchanged {report.unchanged}"
    print(f"{path.name}: {counts}, refused {len(report.refused)}")
    for line in report.refused:
        print(f"line {line.number}: {line.fault.value}: {line.text}")
    return 1 if report.refused else 0
