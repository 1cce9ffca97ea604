"""A few hundred broken dossiers: never a traceback, never half stored, and twice is always once (row 32)."""

import json
import random

import pytest

from tests.factories import dossier as made
from zorgbalie.exchange import report as words
from zorgbalie.exchange.types import DossierRefused
from zorgbalie.record import models

pytestmark = pytest.mark.django_db
TABLES = (
    models.SourceResource, models.Episode, models.Flag, models.Encounter, models.JournalEntry, models.Observation,
    models.Allergy, models.Medication,
)  # fmt: skip
JUNK = [
    None, True, False, 0, -1, 10**30, 1.5, 1e300, "", " ", "x" * 5000, "\x00", "\ud800", "\u202e", "#", "٣",
    "'; DROP TABLE x; --", "<script>alert(1)</script>", "Patient/p2", "0001-01-01T00:00:00Z", "9999-12-31",
    "2026-02-30", "Observation/line-e", "urn:uuid:x", "entered-in-error", [], {}, [[]], [None], ["a"], {"": ""},
    {"a": 1}, {"extension": [{"url": 1}]},
]  # fmt: skip


def _nodes(value, found):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found.append((value, key))
        _nodes(item, found)
    return found


def _mutate(chance, content):
    """One to four changes anywhere in the tree."""
    for _ in range(chance.randint(1, 4)):
        holder, key = chance.choice(_nodes(content, []))
        kind = chance.random()
        if kind < 0.6:
            holder[key] = json.loads(json.dumps(chance.choice(JUNK)))
        elif kind < 0.75:
            del holder[key]
        elif isinstance(holder, list):
            holder.append(json.loads(json.dumps(holder[key])))
        else:
            other, other_key = chance.choice(_nodes(content, []))
            holder[key] = json.loads(json.dumps(other[other_key]))


def _mutate_text(chance, text):
    """Cut, doubled or with other letters."""
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randint(1, 40))
    piece = chance.choice(["", text[start:end] * 2, chance.choice('{}[]<>&",:\\\x00é'), "&x;", "null", "1e999"])
    return text[:start] + piece + text[end:]


def _counts():
    return [table.objects.count() for table in TABLES]


def _check(run_import, content):
    before = _counts()
    try:
        report = run_import(content)
    except DossierRefused as error:
        refused = words.refusal_text(error=error)
        report = None
    if report is None:
        assert refused
        assert _counts() == before
        return False
    assert words.report_text(report=report)
    json.dumps(words.report_json(report=report))
    total = sum(count.found for count in report.kinds.values())
    assert total == report.accepted + len(report.refusals)
    again = run_import(content)
    assert all(count.found == count.unchanged + count.refused for count in again.kinds.values())
    return True


def test_mutated_bundles(run_import, place):
    chance = random.Random(20261124)  # noqa: S311  (repeatable, not secret)
    whole = json.dumps(made.bundle(*made.whole()))
    imported = 0
    for _ in range(300):
        content = json.loads(whole)
        _mutate(chance, content)
        imported += _check(run_import, content)
    assert 100 < imported < 300  # the run reaches both sides


@pytest.mark.parametrize("form", ["json", "xml"])
def test_mutated_texts(run_import, form):
    chance = random.Random(7)  # noqa: S311  (repeatable, not secret)
    bundle = made.bundle(*made.whole())
    text = json.dumps(bundle) if form == "json" else made.as_xml(bundle)
    for _ in range(150):
        _check(run_import, _mutate_text(chance, text).encode("utf-8", "surrogatepass"))


def test_markup_is_stored_as_text(run_import):
    """Row 26: what comes in is data; showing it safely is the page's work, and nothing is altered here."""
    evil = "<script>alert(1)</script>"
    run_import(made.bundle(made.patient(), made.episode(title=evil), made.line("E", text=evil)))
    assert models.Episode.objects.get().title == models.JournalEntry.objects.get().text == evil
