"""`zorgbalie verify-log`: walk the chain of the access log and name what was altered, removed or cut off."""

import argparse
from pathlib import Path

HELP = "Check the chain of the access log. Exit code 1: the chain is broken; 2: intact, but lines wait for a seal."
SETTINGS = "zorgbalie.config.settings.worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Against which anchors, and whether to seal first."""
    parser.add_argument("--anchor", type=Path, help="anchor file (default: AUDIT_ANCHOR_FILE)")
    parser.add_argument("--seal", action="store_true", help="first seal the lines that wait")
    parser.add_argument("--waiting-minutes", type=int, default=10, help="how long a line may wait for its seal")


def run(arguments: argparse.Namespace) -> int:
    """Print each fault as it is found; the last line is the summary."""
    from django.conf import settings

    from zorgbalie.audit import sealing, verification
    from zorgbalie.audit.types import WalkCount
    from zorgbalie.kernel.clock import current_moment

    file = arguments.anchor or (Path(settings.AUDIT_ANCHOR_FILE) if settings.AUDIT_ANCHOR_FILE else None)
    if arguments.seal:
        sealing.seal_waiting(everywhere=True)
    if file is not None and not file.exists():
        print(f"verify-log: no anchor file at {file}")
        return 1
    count, faults = WalkCount(), 0
    anchors = verification.read_anchors(file) if file else ()
    for finding in verification.walk_chain(anchors=anchors, count=count):
        faults += 1
        print(_text(finding))
    waiting = verification.find_waiting(now=current_moment(), minutes=arguments.waiting_minutes)
    if waiting is not None:
        print(_text(waiting))
    against = f" against {file}" if file else ", without anchors: a cut tail would not show"
    print(f"verify-log: {count.lines} lines checked{against}; {faults} faults")
    return 1 if faults else 2 if waiting else 0


def _text(finding: object) -> str:
    from zorgbalie.audit.types import Finding

    assert isinstance(finding, Finding)  # noqa: S101  (for the type checker; the import waits for the settings)
    place = f" number {finding.number}" if finding.number is not None else ""
    line = f" (event {finding.event_id})" if finding.event_id is not None else ""
    return f"{finding.fault}:{place}{line}{' ' + finding.detail if finding.detail else ''}"
