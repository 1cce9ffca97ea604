"""Time, tariffs and declarations for tests, made as the owner of the tables."""

from datetime import date
from uuid import uuid4

from tests.factories import world
from zorgbalie.billing.models import (
    BillingSettings,
    BillingTariff,
    Declaration,
    DeclarationEvent,
    ExportBatch,
    ExportBatchContent,
    TimeEntry,
)

DAY = date(2025, 11, 24)
TARIFFS_2025 = (("12010", 0, 5, 621), ("12011", 5, 20, 1243), ("12001", 20, None, 2485))


def switch_on(practice, **values) -> BillingSettings:
    """Billing as a practice switches it on."""
    return BillingSettings.objects.create(practice=practice, **{"is_on": True, **values})


def make_tariffs(practice=None, year=2025, amounts=TARIFFS_2025, **values) -> None:
    """The three consults of a year; those of all practices may be there already."""
    for code, low, high, cents in amounts:
        BillingTariff.objects.update_or_create(
            practice=practice, code=code, valid_from=date(year, 1, 1),
            defaults={"description": f"Consult {code}", "minutes_from": low, "minutes_to": high, "amount_cents": cents,
                      "valid_until": date(year, 12, 31), "source": "NZa", **values},
        )  # fmt: skip


def make_entry(patient, practice, employee, source_id, seconds=360, **values) -> TimeEntry:
    defaults = {"source_kind": "consult", "day": DAY, "token": uuid4(), "employee_name": employee.name}
    return TimeEntry.objects.create(
        patient=patient, practice=practice, employee=employee, source_id=source_id, seconds=seconds,
        **{**defaults, **values},
    )  # fmt: skip


def make_declaration(patient, practice, **values) -> Declaration:
    """A proposal of six minutes, with the beginning of its trail."""
    defaults = {
        "source_kind": "consult", "source_id": world.next_number(), "day": DAY, "seconds": 360, "code": "12011",
        "description": "Consult van 5 tot 20 minuten", "amount_cents": 1243, "patient_name": f"Anna {patient.pk}",
        "birth_date": patient.birth_date, "bsn": patient.bsn or "", "performer_name": "Samira Bakker",
        "proposed_at": world.MOMENT,
    }  # fmt: skip
    row = Declaration.objects.create(patient=patient, practice=practice, **{**defaults, **values})
    DeclarationEvent.objects.create(
        declaration=row, practice=practice, patient=patient, step="proposed", by_name="Samira Bakker", code=row.code,
        seconds=row.seconds, amount_cents=row.amount_cents,
    )  # fmt: skip
    return row


def make_batch(practice, employee, content=b"x", **values) -> ExportBatch:
    defaults = {
        "number": world.next_number(), "made_by_name": employee.name, "made_at": world.MOMENT, "lines": 1,
        "amount_cents": 1243, "sha256": "0" * 64, "token": uuid4(),
    }  # fmt: skip
    batch = ExportBatch.objects.create(practice=practice, made_by=employee, **{**defaults, **values})
    ExportBatchContent.objects.create(batch=batch, practice=practice, content=content)
    return batch


def fill_for_walk(patient, practice, employee, text) -> list[int]:
    """Time and a line in each state, and a file, with `text` in every text; returns the numbers of the files."""
    switch_on(practice, patient_text=text[:300])
    make_tariffs(practice, description=text, source=text)
    names = {"patient_name": text, "description": text, "performer_name": text}
    make_entry(patient, practice, employee, 1, employee_name=text)
    for state, more in (
        ("proposed", {}), ("refused", {"reason": "no_advice"}), ("confirmed", {"confirmed_by_name": text}),
    ):  # fmt: skip
        make_declaration(patient, practice, state=state, **names, **more)
    batch = make_batch(practice, employee, content=text.encode(), made_by_name=text)
    make_declaration(patient, practice, state="exported", batch=batch, **names)
    return [batch.pk]


def forget_names(practice) -> None:
    """Take the texts of `fill_for_walk` that who bills may read out of lines and files."""
    Declaration.objects.filter(practice=practice).update(
        patient_name="Anna Bos", description="Consult", performer_name="Samira", confirmed_by_name="Samira"
    )
    ExportBatchContent.objects.filter(practice=practice).update(content=b"x")
    ExportBatch.objects.filter(practice=practice).update(made_by_name="Samira")
    BillingTariff.objects.filter(practice=practice).update(description="Consult", source="NZa")
    BillingSettings.objects.filter(practice=practice).update(patient_text="")
