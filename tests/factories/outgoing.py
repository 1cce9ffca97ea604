"""What the practice begins, for tests, made as the owner of the tables."""

from datetime import date
from uuid import uuid4

from tests.factories import consult, world
from zorgbalie.consult.models import Consult, Mailing, MailingObjection, MailingRecipient, PlannedFollowUp


def make_begun(patient, practice, employee, text="Komt u prikken?", **values):
    """A thread that the practice began, unanswered."""
    defaults = {
        "asked_by": patient, "subject": "Controle", "state": "answered", "revision": 1, "changed_at": world.MOMENT,
        "sent_at": world.MOMENT, "started_by": employee,
    }  # fmt: skip
    row = Consult.objects.create(patient=patient, practice=practice, **{**defaults, **values})
    consult.add_text(row, text, employee)
    return row


def make_plan(row, employee, **values) -> PlannedFollowUp:
    defaults = {
        "ask_on": date(2026, 11, 9),
        "wait_days": 5,
        "text": "Hoe gaat het?",
        "created_at": world.MOMENT,
        "planned_by_name": employee.name,
    }
    values = {**defaults, **values}
    return PlannedFollowUp.objects.create(
        consult=row, practice=row.practice, patient=row.patient, planned_by=employee,
        **{"due_on": values["ask_on"], **values},
    )  # fmt: skip


def make_mailing(practice, employee, **values) -> Mailing:
    defaults = {
        "title": "Oproep", "criteria": {"icpc": ["T90"]}, "state": "choosing", "subject": "Controle",
        "text": "{aanhef}, komt u prikken?", "token": uuid4(), "created_at": world.MOMENT,
    }  # fmt: skip
    return Mailing.objects.create(
        practice=practice, made_by=employee, made_by_name=employee.name, **{**defaults, **values}
    )


def add_recipient(mailing, patient, state="chosen", **values) -> MailingRecipient:
    return MailingRecipient.objects.create(
        mailing=mailing, practice=mailing.practice, patient=patient, state=state, **values
    )


def fill_for_walk(patient, practice, employee, text) -> list[int]:
    """A thread with a planned follow-up, and mailings, with `text` in every text; returns the mailings' numbers."""
    mailing = make_mailing(practice, employee, title=text, subject=text, text=text, state="done")
    row = make_begun(patient, practice, employee, text, subject=text, mailing=mailing)
    add_recipient(mailing, patient, "sent", consult=row)
    choosing = make_mailing(practice, employee, title=text, subject=text, text=text)
    add_recipient(choosing, patient)
    make_plan(row, employee, text=text, planned_by_name=text)
    MailingObjection.objects.create(practice=practice, patient=patient)
    return [mailing.pk, choosing.pk]
