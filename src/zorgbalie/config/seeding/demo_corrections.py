"""Requests about records in the demo: one that is new, one that was answered, and one that is past its term."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert_one
from zorgbalie.kernel.clock import AMSTERDAM, local_date, months_before

_NAMESPACE = UUID("6f1b6a7e-0000-4000-8000-000000000035")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """What somebody asked, and how many days ago."""

    person: int
    wish: str
    text: str
    days_ago: int
    item_kind: str = ""
    item_id: int = 0


def add_corrections(link: Connection[Any], place: Place, main: int, late: int) -> None:
    """`main` has one that is new and one that was granted, with her own words in the record; that of `late` is late."""
    back = _episode(link, main, "Lage rugpijn zonder uitstraling")
    mood = _episode(link, main, "Down/depressief gevoel")
    open_text = "De rugpijn begon niet na tuinieren. Ik was van de trap gevallen. Wilt u dat aanpassen?"
    _open(link, place, _Asked(person=main, wish="verbeteren", text=open_text, days_ago=3, item_kind="klacht",
                              item_id=back))  # fmt: skip
    own = "Ik was verdrietig om mijn zus. Zelf noem ik dat geen somberheid, maar rouw."
    _granted(link, place, _Asked(person=main, wish="toevoegen", text=own, days_ago=20, item_kind="klacht",
                                 item_id=mood))  # fmt: skip
    late_text = "Er ontbreekt dat ik als kind aan mijn oor ben geopereerd. Wilt u dat erbij zetten?"
    _open(link, place, _Asked(person=late, wish="verbeteren", text=late_text, days_ago=40))


def _episode(link: Connection[Any], person: int, title: str) -> int:
    found = link.execute(
        "SELECT id FROM record_episode WHERE patient_id = %s AND title = %s", [person, title]
    ).fetchone()
    if found is None:
        raise RuntimeError(f"the demo's record has no episode {title!r}")
    return int(found[0])


def _open(link: Connection[Any], place: Place, asked: _Asked) -> None:
    moment = place.now - timedelta(days=asked.days_ago, hours=3)
    request = _request(link, place, asked, moment, state="sent", revision=0, answer="")
    due_on = months_before(local_date(moment), -1)
    insert_one(
        link, "worklist_workitem", practice_id=place.practice, person_id=asked.person, kind="correction",
        about_id=request, for_right="release_record", state="open", is_urgent=False, created_at=moment,
        due_at=datetime.combine(due_on, time(23, 59), tzinfo=AMSTERDAM),
    )  # fmt: skip


def _granted(link: Connection[Any], place: Place, asked: _Asked) -> None:
    moment, decided = place.now - timedelta(days=asked.days_ago), place.now - timedelta(days=1)
    answer = "Dank u wel voor uw uitleg. Wij hebben hem bij deze klacht gezet."
    request = _request(
        link, place, asked, moment, state="granted", revision=1, answer=answer, decided_at=decided,
        decided_by_id=place.doctor,
    )  # fmt: skip
    _event(link, place, asked.person, request, "decided", decided, by_employee_id=place.doctor, text=answer)
    insert_one(
        link, "record_patientstatement", practice_id=place.practice, patient_id=asked.person, request_id=request,
        kind="statement", item_kind=asked.item_kind, item_id=asked.item_id, text=asked.text,
        added_on=local_date(decided),
    )  # fmt: skip


def _request(link: Connection[Any], place: Place, asked: _Asked, moment: datetime, **values: Any) -> int:
    due_on = months_before(local_date(moment), -1)
    request = insert_one(
        link, "record_correctionrequest", practice_id=place.practice, patient_id=asked.person,
        asked_by_id=asked.person, token=uuid5(_NAMESPACE, f"{asked.person}{asked.text}").hex,
        item_kind=asked.item_kind, item_id=asked.item_id, wish=asked.wish, text=asked.text, asked_at=moment,
        due_on=due_on, extension_reason="", **values,
    )  # fmt: skip
    _event(link, place, asked.person, request, "asked", moment, by_person_id=asked.person, text="", due_on=due_on)
    return request


def _event(
    link: Connection[Any], place: Place, person: int, request: int, step: str, moment: datetime, **values: Any
) -> None:
    insert_one(
        link, "record_correctionevent", practice_id=place.practice, patient_id=person, request_id=request, step=step,
        happened_at=moment, **values,
    )  # fmt: skip
