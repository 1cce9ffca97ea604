"""Questions of the demo: one that is new, one that was answered, and one about a laboratory result."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert_one
from zorgbalie.kernel.clock import AMSTERDAM, local_date

_FRIDAY = 4
_COUGH = (
    "Ik hoest nu twee weken. Ik heb geen koorts en ik ben niet benauwd. 's Nachts is het erger. Moet ik langskomen?",
    "Langskomen hoeft nu niet. Hoesten na een verkoudheid kan drie tot vier weken duren. Drink genoeg en probeer honing"
    " in warm water. Bel ons als u koorts krijgt, benauwd wordt of bloed ophoest.",
)
_KALIUM = "Mijn kalium is een klein beetje hoog. Moet ik nu anders eten?"
_SPORT = "Ik begin met hardlopen. Heb ik daar iets voor nodig van de dokter, omdat ik medicijnen gebruik?"


def add_consults(link: Connection[Any], place: Place, main: int, other: int) -> None:
    """Two questions of `main` (answered; about a result, with her doctor) and a new one of `other`."""
    answered = _thread(link, place, main, "Lang hoesten", days_ago=5, state="answered")
    _message(link, place, main, answered, _COUGH[0], days_ago=5)
    _message(link, place, main, answered, _COUGH[1], days_ago=4, by_staff=True)
    report = link.execute(
        "SELECT id, sampled_at FROM record_labreport WHERE patient_id = %s AND state = 'published' LIMIT 1", [main]
    ).fetchone()
    if report is not None:
        about = {"about_kind": "lab_report", "about_id": report[0], "about_date": local_date(report[1])}
        on_list = _thread(
            link, place, main, "", days_ago=1, state="with_doctor", with_account_id=place.account, **about
        )
        _message(link, place, main, on_list, _KALIUM, days_ago=1)
        _inbox(link, place, main, on_list, days_ago=1, account=place.account)
    new = _thread(link, place, other, "Hardlopen", days_ago=0, state="sent")
    _message(link, place, other, new, _SPORT, days_ago=0)
    _inbox(link, place, other, new, days_ago=0, account=None)


def _moment(place: Place, days_ago: int) -> datetime:
    return place.now - timedelta(days=days_ago, hours=1)


def _promised(sent: datetime) -> datetime:
    """Two days later, on a day on which the practice is there."""
    day = sent.astimezone(AMSTERDAM) + timedelta(days=2)
    weekend = 7 - day.weekday() if day.weekday() > _FRIDAY else 0
    return (day + timedelta(days=weekend)).replace(hour=12, minute=0, second=0, microsecond=0)


def _thread(
    link: Connection[Any], place: Place, person: int, subject: str, *, days_ago: int, state: str, **values: Any
) -> int:
    sent = _moment(place, days_ago)
    return insert_one(
        link, "consult_consult", practice_id=place.practice, patient_id=person, asked_by_id=person, addressed_name="",
        subject=subject, draft_text="", state=state, revision=4, changed_by_name="", changed_at=sent, sent_at=sent,
        answer_by=_promised(sent),
        **{"about_kind": "", "about_id": 0, "about_title": "", "about_date": None, "with_account_id": None, **values},
    )  # fmt: skip


def _message(
    link: Connection[Any], place: Place, person: int, thread: int, text: str, *, days_ago: int, by_staff: bool = False
) -> None:
    name = link.execute(
        "SELECT name FROM practice_employee WHERE id = %s"
        if by_staff
        else "SELECT concat_ws(' ', given_name, nullif(name_prefix, ''), family_name) FROM people_person WHERE id = %s",
        [place.doctor if by_staff else person],
    ).fetchone()
    insert_one(
        link, "consult_consultmessage", consult_id=thread, practice_id=place.practice, patient_id=person,
        author_kind="staff" if by_staff else "patient", author_person_id=None if by_staff else person,
        author_employee_id=place.doctor if by_staff else None, author_name=name[0] if name else "", text=text,
        token=uuid4(), sent_at=_moment(place, days_ago),
    )  # fmt: skip


def _inbox(
    link: Connection[Any], place: Place, person: int, thread: int, *, days_ago: int, account: int | None
) -> None:
    sent = _moment(place, days_ago)
    insert_one(
        link, "worklist_workitem", practice_id=place.practice, person_id=person, account_id=account, kind="consult",
        about_id=thread, for_right="answer_consults", state="open", is_urgent=False, created_at=sent,
        due_at=_promised(sent),
    )  # fmt: skip


# For other topics of the demo that need a question with texts.
add_thread, add_message = _thread, _message
