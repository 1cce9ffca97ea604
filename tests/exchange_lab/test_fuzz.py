"""Hostile and damaged messages: 10,000 through the reader, 300 through the whole import (security row 32)."""

import random
from datetime import UTC, datetime

import pytest

from tests.factories.lab import hl7, medlab, medvri
from zorgbalie.exchange.lab.files import cut_file
from zorgbalie.exchange.lab.outcome import Outcome
from zorgbalie.exchange.lab.reading import digest_of, read_message
from zorgbalie.exchange.lab.reports import to_reports
from zorgbalie.exchange.lab.types import BrokenMessage
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.record.models import LabReport, LabResult
from zorgbalie.worklist.models import WorkItem

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
_SIGNS = b"'+:?|^~\\&\r\n\0 .,-<>*09AZaz\x80\xff\xe9\x1c\x0b"
_PIECES = [
    b"UNH+1+MEDLAB:1'", b"UNT+3+1'", b"PID|", b"MSH|^~\\&|", b"OBX|", b"BEP:1:1:1+", b"NUB:1'", b"\\X41\\", b"??",
    b"UNA:+.? '", "\u202eé€".encode(), b"9" * 300, b"2026", b"DET+99:99:99'", b"\\.br\\", b"^" * 40, b"FHS|\r",
    b"BTS|1\r",
]  # fmt: skip


def seeds() -> list[bytes]:
    return [
        medlab(), medlab(counters=False, wrap=""), medlab(wrap="\r\n") + medlab("999990020"), hl7(), hl7(wrap="\n"),
        hl7(charset="UTF-8", encoding="utf-8") + hl7(), medvri(),
    ]  # fmt: skip


def mutated(source: random.Random, data: bytes) -> bytes:
    """A message with a few things wrong: signs, pieces, lines lost, doubled or swapped, an end that is cut off."""
    for _ in range(source.randint(1, 4)):
        place = source.randrange(len(data) + 1)
        kind = source.randrange(7)
        if kind == 0:
            data = data[:place] + bytes([source.choice(_SIGNS)]) + data[place + 1 :]
        elif kind == 1:
            data = data[:place] + data[place + source.randint(1, 30) :]
        elif kind == 2:
            data = data[:place] + source.choice(_PIECES) + data[place:]
        elif kind == 3:
            data = data[:place] + bytes(source.randrange(256) for _ in range(3)) + data[place:]
        elif kind == 4:
            end = b"\r" if b"\r" in data else b"'"
            lines = data.split(end)
            source.shuffle(lines) if source.random() < 0.2 else lines.insert(0, lines[source.randrange(len(lines))])
            data = end.join(lines)
        elif kind == 5:
            end = b"\r" if b"\r" in data else b"'"
            lines = data.split(end)
            del lines[source.randrange(len(lines))]
            data = end.join(lines)
        else:
            data = data[:place] if source.random() < 0.3 else data.replace(b"+", b"++", 1)
    return data


def test_ten_thousand_damaged_messages_are_read_or_refused():
    source, read, refused = random.Random(20261124), 0, 0  # noqa: S311 (repeatable)
    places = []
    originals = seeds()
    for _ in range(10_000):
        for raw in cut_file(data=mutated(source, source.choice(originals))):
            assert len(digest_of(raw=raw)) == 64
            try:
                reports = to_reports(message=read_message(raw=raw), now=NOW)
            except BrokenMessage as error:
                refused += 1
                places.append((len(error.segment) <= 3, error.line >= 0, len(error.detail) <= 80))
                continue
            read += 1
            assert all(report.results and len(report.report_number) <= 80 for report in reports)
    assert set(places) == {(True, True, True)}
    assert read > 1_000, read
    assert refused > 1_000, refused


@pytest.mark.django_db
def test_three_hundred_damaged_messages_are_stored_whole_or_listed_whole(place, run_import):
    """Each message of a file is in one record with all its results, or on the list with its own bytes."""
    patient, practice = place
    source = random.Random(7)  # noqa: S311 (repeatable)
    values = {"bsn": patient.bsn, "birth": "1970:05:04"}
    originals = [
        medlab(**values), medlab(**values, counters=False, wrap=""), hl7(patient.bsn), hl7(patient.bsn, wrap="\n"),
    ]  # fmt: skip
    contents = [mutated(source, source.choice(originals)) or b"x" for _ in range(300)]
    report = run_import(*contents)
    assert not report.count(Outcome.FAILED), [one for one in report.messages if one.outcome is Outcome.FAILED]
    assert len(report.messages) + len(report.refused_files) >= 300
    assert report.count(Outcome.STORED) > 20
    assert report.count(Outcome.LISTED) > 20
    assert report.count(Outcome.STORED) == ReceivedMessage.objects.filter(state="stored", patient=patient).count()
    assert sum(one.reports for one in report.messages) >= LabReport.objects.count() > 0
    assert sum(one.results for one in report.messages) >= LabResult.objects.count()
    for stored in LabReport.objects.all():
        assert LabResult.objects.filter(report=stored).exists()
    waiting = ReceivedMessage.objects.filter(practice=practice, state="waiting")
    assert WorkItem.objects.filter(kind="lab_unmatched", state="open").count() == waiting.count()
    again = run_import(*contents)
    assert again.count(Outcome.STORED) == again.count(Outcome.LISTED) == again.count(Outcome.FAILED) == 0
