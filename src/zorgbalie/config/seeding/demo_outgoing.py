"""What the practice of the demo began: a message, a planned follow-up, and a message to a group that was sent."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert, insert_one
from zorgbalie.kernel.clock import local_date

_RESULT = (
    "Beste {naam},\n\nUw plas is schoon: er zit geen ontsteking in. U hoeft niets te doen.\n\nHeeft u nog klachten?"
    " Schrijf het hieronder.\n\nMet vriendelijke groet,\nHuisartsenpraktijk De Linde"
)
_ASK = (
    "Beste {naam},\n\nHoe gaat het nu met het hoesten? Wilt u dat hier opschrijven?\n\nMet vriendelijke groet,\n"
    "Huisartsenpraktijk De Linde"
)
_CALL = (
    "Beste {naam},\n\nElk jaar kijken wij hoe het gaat met uw suikerziekte. Wilt u bloed laten prikken? Bel ons voor"
    " een afspraak: 020 555 01 23.\n\nMet vriendelijke groet,\nHuisartsenpraktijk De Linde"
)


def add_outgoing(link: Connection[Any], place: Place, main: int, other: int, third: int) -> None:
    """A follow-up for `main`, a message to `other` that was not read yet, and one to a group of `other` and `third`."""
    _begun(link, place, other, "Uw plas is schoon", _RESULT, days_ago=0)
    _plan(link, place, main)
    _mailing(link, place, [other, third])


def _begun(
    link: Connection[Any], place: Place, person: int, subject: str, text: str, *, days_ago: int, **values: Any
) -> int:
    sent = _moment(place, days_ago)
    thread = insert_one(
        link, "consult_consult", practice_id=place.practice, patient_id=person, asked_by_id=person, addressed_name="",
        about_kind="", about_id=0, about_title="", subject=subject, draft_text="", state="answered", revision=1,
        changed_by_name="dr. J. de Wit", changed_at=sent, sent_at=sent, started_by_id=place.doctor,
        reply_until=local_date(place.now) + timedelta(days=28), **values,
    )  # fmt: skip
    insert_one(
        link, "consult_consultmessage", consult_id=thread, practice_id=place.practice, patient_id=person,
        author_kind="staff", author_employee_id=place.doctor, author_name="dr. J. de Wit",
        text=text.replace("{naam}", _name(link, person)), token=uuid4(), sent_at=sent,
    )  # fmt: skip
    return thread


def _plan(link: Connection[Any], place: Place, person: int) -> None:
    """On the thread about the cough, in two weeks."""
    found = link.execute(
        "SELECT id FROM consult_consult WHERE patient_id = %s AND state = 'answered' AND started_by_id IS NULL"
        " ORDER BY id LIMIT 1",
        [person],
    ).fetchone()
    if found is None:
        return
    day = local_date(place.now) + timedelta(days=14)
    while day.weekday() > 4:
        day += timedelta(days=1)
    insert_one(
        link, "consult_plannedfollowup", consult_id=found[0], practice_id=place.practice, patient_id=person,
        planned_by_id=place.doctor, planned_by_name="dr. J. de Wit", ask_on=day, due_on=day, wait_days=5,
        text=_ASK.replace("{naam}", _name(link, person)), state="planned", reason="", revision=1,
        created_at=_moment(place, 4),
    )  # fmt: skip


def _mailing(link: Connection[Any], place: Place, people: list[int]) -> None:
    sent = _moment(place, 9)
    mailing = insert_one(
        link, "consult_mailing", practice_id=place.practice, made_by_id=place.doctor, made_by_name="dr. J. de Wit",
        title="Jaarcontrole diabetes", criteria={"icpc": ["T90"], "age_from": 18}, state="done",
        subject="Jaarlijkse controle", text=_CALL.replace("Beste {naam}", "{aanhef}"), takes_replies=True,
        unread_days=7, departed=1, token=uuid4(), revision=4, created_at=sent - timedelta(hours=1), confirmed_at=sent,
        ended_at=sent,
    )  # fmt: skip
    rows = [
        {
            "mailing_id": mailing, "practice_id": place.practice, "patient_id": person, "state": "sent", "reason": "",
            "uses_portal": True, "handled_at": sent,
            "consult_id": _begun(
                link, place, person, "Jaarlijkse controle", _CALL, days_ago=9, mailing_id=mailing
            ),
        }
        for person in people
    ]  # fmt: skip
    insert(link, "consult_mailingrecipient", rows)


def _moment(place: Place, days_ago: int) -> datetime:
    return place.now - timedelta(days=days_ago, hours=2)


def _name(link: Connection[Any], person: int) -> str:
    row = link.execute(
        "SELECT concat_ws(' ', given_name, nullif(name_prefix, ''), family_name) FROM people_person WHERE id = %s",
        [person],
    ).fetchone()
    return str(row[0]) if row else ""
