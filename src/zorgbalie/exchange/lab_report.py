"""The outcome of importing laboratory messages in words and as JSON. Ids, places, counts: no BSN, nothing of care."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from zorgbalie.exchange.lab.outcome import LabImportReport, MessageOutcome, Outcome
from zorgbalie.exchange.lab.types import Reason

_SHOWN = 20
_WORDS = {
    Reason.UNKNOWN_FORMAT: "neither EDIFACT nor HL7 v2",
    Reason.CHARACTERS: "characters that cannot be read in the character set of the message",
    Reason.TOO_LARGE: "too large",
    Reason.SEPARATORS: "the separators in the header are not usable",
    Reason.NO_SEGMENT: "not a segment",
    Reason.NOT_CLOSED: "the message is cut off",
    Reason.COUNT_DIFFERS: "the number of segments differs from what UNT says",
    Reason.MISSING_SEGMENT: "this segment is missing",
    Reason.OUT_OF_PLACE: "this segment stands where it cannot stand",
    Reason.MISSING_FIELD: "a mandatory field is empty",
    Reason.BAD_DATE: "not a date or moment",
    Reason.BAD_STATUS: "no known status of a result",
    Reason.TOO_LONG: "a text is too long",
    Reason.TWO_PATIENTS: "more than one patient in one message",
    Reason.TWO_NUMBERS: "more than one BSN for one patient",
    Reason.NO_RESULTS: "no results",
    Reason.OTHER_KIND: "another kind of message than MEDLAB or ORU^R01",
    Reason.FREE_TEXT: "free text (MEDVRI): not supported yet",
    Reason.NO_BSN: "no BSN",
    Reason.INVALID_BSN: "the BSN fails the eleven-test",
    Reason.NO_BIRTH_DATE: "no birth date",
    Reason.NOT_FOUND: "no patient of this practice with this BSN",
    Reason.BIRTH_DATE_DIFFERS: "the birth date is not that of the patient with this BSN",
}


def report_text(*, report: LabImportReport) -> str:
    """The report for an operator."""
    return "\n".join(_clean(line) for line in _lines(report))


def report_json(*, report: LabImportReport) -> dict[str, Any]:
    """The report for a program; everything is in it."""
    counts = {outcome.value: report.count(outcome) for outcome in Outcome}
    return {**asdict(report), "counts": counts, "original_only": _originals(report), "refused_as_a_whole": False}


def exit_code(*, report: LabImportReport) -> int:
    """0 all in a record, 1 some on the list or refused, 2 nothing is in a record."""
    accepted = report.count(Outcome.STORED) + report.count(Outcome.UNCHANGED)
    if not accepted:
        return 2
    # One that waited already and still does is in no record either.
    waiting = any(message.reason for message in report.messages)
    return 1 if waiting or report.refused_files or accepted != len(report.messages) else 0


def _lines(report: LabImportReport) -> Iterator[str]:
    what = "Dry run, nothing was stored:" if report.dry_run else "Imported:"
    yield f"{what} practice {report.practice_id}, {len(report.files)} file(s), {len(report.messages)} message(s)"
    reports = sum(message.reports for message in report.messages)
    results = sum(message.results for message in report.messages)
    letters = sum(message.letters for message in report.messages)
    also = f", {letters} letter(s)" if letters else ""
    yield f"  stored {report.count(Outcome.STORED)} ({reports} report(s), {results} result(s){also})"
    yield f"  unchanged {report.count(Outcome.UNCHANGED)}"
    yield f"  on the list to be solved {report.count(Outcome.LISTED)}"
    yield f"  failed {report.count(Outcome.FAILED)}, files refused {len(report.refused_files)}"
    for file in report.refused_files:
        yield f"Refused: {file.file}: {file.reason}"
    unsolved = [message for message in report.messages if message.reason or message.outcome is Outcome.FAILED]
    yield from (_unsolved(message) for message in unsolved[:_SHOWN])
    if len(unsolved) > _SHOWN:
        yield f"and {len(unsolved) - _SHOWN} more; --json names all"
    totals = _originals(report)
    if totals:
        named = ", ".join(f"{name} {count}" for name, count in totals.items())
        yield f"Kept in the original only (segment and field, how often): {named}"


def _unsolved(message: MessageOutcome) -> str:
    why = _WORDS[Reason(message.reason)] if message.reason else message.detail
    place = f", segment {message.segment}" if message.segment else ""
    place += f", line {message.message_line} of the message" if message.message_line else ""
    detail = f" ({message.detail})" if message.reason and message.detail else ""
    return f"{message.file}: message at line {message.line}{place}: {why}{detail}"


def _originals(report: LabImportReport) -> dict[str, int]:
    totals: dict[str, int] = {}
    for message in report.messages:
        for name, count in message.original_only.items():
            totals[name] = totals.get(name, 0) + count
    return dict(sorted(totals.items()))


def _clean(line: str) -> str:
    """Text of a file or its name must not steer the terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in line[:2000])
