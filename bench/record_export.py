"""How long and how much memory does it take to write a very long record? `python -m bench.record_export`

Measures the writing alone (document and bundle), in a process of its own per case, from made-up values: reading is
measured by `bench.pages`. Prints seconds, peak memory of the process, and the size of the file.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
_TEXT = "Hypertensie goed ingesteld. RR 138/84, streefwaarde gehaald. Controle over drie maanden bij de assistente. "


def main() -> None:
    """Each case in a child, so that one's memory does not count for the next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000)
    parser.add_argument("--values", type=int, default=10_000)
    parser.add_argument("--case", choices=["pdf", "fhir"])
    arguments = parser.parse_args()
    if arguments.case:
        _measure(arguments.case, arguments.contacts, arguments.values)
        return
    for case in ("pdf", "fhir"):
        command = [sys.executable, "-m", "bench.record_export", "--case", case]
        command += ["--contacts", str(arguments.contacts), "--values", str(arguments.values)]
        subprocess.run(command, check=True)


def _measure(case: str, contacts: int, values: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgbalie.config.settings.test")
    import django

    django.setup()
    make = {"pdf": _document, "fhir": _bundle}[case](contacts, values)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    content = make()
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{case}: {contacts} contacts, {values} values: {seconds:.1f} s, {len(content) / 1e6:.1f} MB,"
        f" memory {before // 1024} MB before, {peak // 1024} MB at most"
    )


def _practice():
    from zorgbalie.kernel.ids import PracticeId
    from zorgbalie.practice.types import PracticeCard, PracticeKind

    return PracticeCard(
        practice_id=PracticeId(1), kind=PracticeKind.GP, name="Praktijk", phone="020 555 01 23", urgent_phone="",
        opening_hours="", out_of_hours_name="", out_of_hours_phone="", address="", brand_color="", welcome_text="",
    )  # fmt: skip


def _document(contacts: int, values: int):
    from zorgbalie.exchange.actions.export_document import WhoseDocument, document
    from zorgbalie.record.types import ShownContact, ShownLine, ShownValue
    from zorgbalie.record.types.whole import ReadablePlace, SavedDetermination

    by = {"author_name": "dr. J. de Wit", "author_role": "huisarts"}
    found = tuple(
        ShownContact(
            encounter_id=number, day=date(2026, 1, 1), kind_title="Consult", reason="", **by,
            lines=tuple(
                ShownLine(entry_id=number, soep=soep, text=_TEXT, day=date(2026, 1, 1), episode_id=1,
                          episode_title="Hypertensie", **by)
                for soep in "EP"
            ),
        )
        for number in range(contacts)
    )  # fmt: skip
    value = ShownValue(
        observation_id=1, is_laboratory=True, title="Kreatinine", number=Decimal("86.5"), comparator="", text="",
        unit="umol/L", low=Decimal(49), high=Decimal(90), reference_text="", interpretation="", is_preliminary=False,
        remark="", day=date(2026, 1, 1), date_precision="day", **by,
    )  # fmt: skip
    groups = tuple(
        SavedDetermination(title=f"Bepaling {number}", values=(value,) * 100) for number in range(values // 100)
    )
    place = ReadablePlace(
        practice=_practice(), kinds=frozenset(), episodes=(), contacts=found, reports=(), values=groups, allergies=(),
        medicines=(), journal_from=date(2020, 1, 1), results_from=date(2020, 1, 1),
    )  # fmt: skip
    whose = WhoseDocument(full_name="Anna Jansen", birth_date=date(1970, 5, 4), asked_by="")
    return lambda: document(places=(place,), whose=whose, terms={"RR": "bloeddruk"}, language="nl", now=NOW)


def _bundle(contacts: int, values: int):
    from zorgbalie.exchange.rules.leaving import WhoseRecord, bundle
    from zorgbalie.kernel.exact_json import dump_exact_json
    from zorgbalie.record.types.importing import EncounterRow, EntryRow, ObservationRow
    from zorgbalie.record.types.whole import RowsPlace

    by = {"author_name": "dr. J. de Wit", "author_role": "huisarts"}
    day = date(2026, 1, 1)
    place = RowsPlace(
        practice=_practice(), kinds=frozenset(), episodes=(), attention=frozenset(),
        encounters=tuple(
            EncounterRow(source_id=f"contact-{number}", started_on=day, kind_title="Consult", **by)
            for number in range(contacts)
        ),
        entries=tuple(
            EntryRow(source_id=f"line-{number}-{soep}", soep=soep, text=_TEXT, recorded_on=day,
                     encounter=f"contact-{number}", **by)
            for number in range(contacts) for soep in "EP"
        ),
        observations=tuple(
            ObservationRow(source_id=f"value-{number}", category="laboratory", title="Kreatinine", code="523",
                           observed_on=day - timedelta(days=number % 400), value_number=Decimal("86.500000"),
                           unit="umol/L", unit_code="umol/L", **by)
            for number in range(values)
        ),
        allergies=(), medicines=(), reports=(), report_values={},
    )  # fmt: skip
    whose = WhoseRecord(name="Anna Jansen", birth_date=date(1970, 5, 4), base="https://x/fhir", system="https://x")
    return lambda: dump_exact_json(bundle(places=(place,), whose=whose, made_at=NOW)).encode()


if __name__ == "__main__":
    main()
