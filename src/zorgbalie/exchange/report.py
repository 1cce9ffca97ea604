"""The outcome of an import in words and as JSON. Holds ids, kinds, places and counts: no BSN, nothing of care."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from zorgbalie.exchange.types import DossierRefused, ImportReport, Note, Refusal

_SHOWN = 20
_COLUMNS = ("found", "stored", "updated", "unchanged", "refused")


def report_text(*, report: ImportReport) -> str:
    """The report for an operator."""
    return "\n".join(_clean(line) for line in _lines(report))


def report_json(*, report: ImportReport) -> dict[str, Any]:
    """The report for a program; everything is in it."""
    return {**asdict(report), "accepted": report.accepted, "refused_as_a_whole": False}


def refusal_text(*, error: DossierRefused) -> str:
    """Why nothing was stored."""
    place = f"\n  Where: {error.place}" if error.place else ""
    return "\n".join(_clean(line) for line in f"Nothing was stored: {error.message}.{place}".splitlines())


def refusal_json(*, error: DossierRefused) -> dict[str, Any]:
    """The same for a program."""
    return {"refused_as_a_whole": True, "reason": error.message, "place": error.place}


def exit_code(*, report: ImportReport) -> int:
    """0 all well, 1 some refused, 2 nothing done."""
    if not report.accepted:
        return 2
    return 1 if report.refusals else 0


def _lines(report: ImportReport) -> Iterator[str]:
    what = "Dry run, nothing was stored:" if report.dry_run else "Imported:"
    yield f"{what} patient {report.patient_id}, practice {report.practice_id}, {len(report.files)} file(s)"
    yield ""
    yield from _table("Resource", {kind: asdict(count) for kind, count in report.kinds.items()}, _COLUMNS)
    yield ""
    yield from _table("Row of the record", report.rows, ("stored", "updated", "unchanged"))
    yield from _refusals(report.refusals)
    yield from _notes("References that lead nowhere", report.dangling)
    yield from _notes("Remarks", report.notes)
    yield from _originals(report)


def _table(head: str, rows: Any, columns: tuple[str, ...]) -> Iterator[str]:
    yield f"{head:<22}" + "".join(f"{column:>11}" for column in columns)
    for name in sorted(rows):
        yield f"{name:<22}" + "".join(f"{rows[name].get(column, 0):>11}" for column in columns)
    totals = (sum(row.get(column, 0) for row in rows.values()) for column in columns)
    yield f"{'total':<22}" + "".join(f"{total:>11}" for total in totals)


def _refusals(refusals: Iterable[Refusal]) -> Iterator[str]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for refusal in refusals:
        grouped[(refusal.kind, refusal.reason)].append(f"{refusal.source_id or '(no id)'} at {refusal.place}")
    yield from _grouped("Refused", grouped)


def _notes(head: str, notes: Iterable[Note]) -> Iterator[str]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for note in notes:
        grouped[(note.kind, note.text)].append(note.source_id or note.place)
    yield from _grouped(head, grouped)


def _grouped(head: str, grouped: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    if not grouped:
        return
    yield ""
    yield f"{head}:"
    for (kind, text), names in sorted(grouped.items()):
        yield f"  {kind} ({len(names)}): {text}"
        yield from (f"    {name}" for name in names[:_SHOWN] if name)
        if len(names) > _SHOWN:
            yield f"    and {len(names) - _SHOWN} more; --json names all"


def _originals(report: ImportReport) -> Iterator[str]:
    if not report.original_only:
        return
    yield ""
    yield "Kept in the stored original only (elements, how often; narrative and meta always are):"
    for kind, elements in sorted(report.original_only.items()):
        if elements:
            named = ", ".join(f"{name} {count}" for name, count in Counter(elements).most_common())
            yield f"  {kind}: {named}"


def _clean(line: str) -> str:
    """Text of a file must not steer the terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in line[:2000])
