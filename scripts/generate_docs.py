"""Writes `docs/who-may-see-what.md` from the policy table. `tests/docs` fails when the page differs."""

import sys
from pathlib import Path

from zorgbalie.access.policy import TABLE, Row
from zorgbalie.access.types import Audience, DataKind, Use

PAGE = Path(__file__).resolve().parents[1] / "docs" / "who-may-see-what.md"
_INTRO = """# Who may see what

Generated from `src/zorgbalie/access/policy/` by `scripts/generate_docs.py`; do not edit. No row means no: what is
not listed here is refused, with the same answer as "does not exist". Each grant and each refusal is a line in the
access log. Behind this table stands a second wall in the database itself (`config/database/walls.py`).

The audience is seen from the patient: `other_practice` is staff without a treatment relation.
"""


def page() -> str:
    """The page as it must be."""
    parts = [_INTRO, _grid()]
    for kind in DataKind:
        rows = [row for row in TABLE.values() if row.kind is kind]
        parts.append(f"## {kind.value}\n")
        parts.append(_table(rows) if rows else "Nobody: no row yet. This kind has no page in this version.\n")
    return "\n".join(parts)


def _grid() -> str:
    """Everything at one glance: r may read, w may change."""
    lines = ["| | " + " | ".join(audience.value for audience in Audience) + " |", "|---" * (len(Audience) + 1) + "|"]
    for kind in DataKind:
        cells = ["".join(_letter(kind, use, audience) for use in Use) for audience in Audience]
        lines.append(f"| {kind.value} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _letter(kind: DataKind, use: Use, audience: Audience) -> str:
    return {Use.READ: "r", Use.CHANGE: "w"}[use] if (kind, use, audience) in TABLE else ""


def _table(rows: list[Row]) -> str:
    lines = ["| Audience | Use | Conditions | Ground | Source |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.audience.value} | {row.use.value} | {'; '.join(need.value for need in row.needs) or 'none'} "
        f"| {row.basis} | {row.source} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page())
    sys.exit(0)
