"""Questions of the demo that stand in a record: one in the asker's own, one that was about the asker's child (R12)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from psycopg import Connection
from psycopg.types.json import Jsonb

from zorgbalie.config.seeding.demo_consult import add_message, add_thread
from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert_one
from zorgbalie.kernel.clock import local_date

_SPACE = UUID("5a6f7267-6261-4c69-9564-656d6f303031")
_RASH = (
    "Sem heeft sinds drie dagen rode, droge plekjes in zijn ellebogen. Hij krabt veel. Wat kan ik smeren?",
    "Dat past bij eczeem. Smeer twee keer per dag een vette zalf, ook als het beter gaat. Is het over twee weken niet"
    " minder, of wordt het nat of geel? Maak dan een afspraak.",
)


def add_reported(link: Connection[Any], place: Place, main: int, parent: int, child: int) -> None:
    """The answered question of `main` in her journal, and a question of `parent` that was moved to `child`."""
    known = link.execute(
        "SELECT id FROM consult_consult WHERE patient_id = %s AND subject = 'Lang hoesten'", [main]
    ).fetchone()
    if known is not None:
        hoest = {"title": "Hoesten", "icpc": "R05"}
        lines = (
            ("S", "Hoest twee weken, geen koorts, niet benauwd."),
            ("P", "Uitleg beloop. Bel bij koorts of bloed."),
        )
        _report(link, place, known[0], main, main, lines, hoest, days_ago=4)
    moved = add_thread(link, place, parent, "Plekjes bij Sem", days_ago=2, state="answered", concerns_id=child)
    add_message(link, place, parent, moved, _RASH[0], days_ago=2)
    add_message(link, place, parent, moved, _RASH[1], days_ago=1, by_staff=True)
    insert_one(
        link, "consult_consultmove", consult_id=moved, practice_id=place.practice, patient_id=parent,
        from_person_id=parent, to_person_id=child, moved_by_id=place.doctor, moved_by_name="dr. J. de Wit",
        moved_at=_moment(place, 1),
    )  # fmt: skip
    eczema = {"title": "Constitutioneel eczeem", "icpc": "S87"}
    rash = (("S", _RASH[0]), ("E", "Past bij eczeem."), ("P", _RASH[1]))
    _report(link, place, moved, parent, child, rash, eczema, days_ago=1)


def _report(
    link: Connection[Any], place: Place, thread: int, asker: int, patient: int, lines: tuple[tuple[str, str], ...],
    episode: dict[str, str], *, days_ago: int,
) -> None:  # fmt: skip
    key = uuid5(_SPACE, str(thread))
    name, day = f"zorgbalie-{key}", local_date(_moment(place, days_ago))
    base = {
        "patient_id": patient, "practice_id": place.practice, "author_name": "dr. J. de Wit",
        "author_role": "huisarts", "visible_to_patient": True, "hidden_reason": "",
    }  # fmt: skip
    made = insert_one(
        link, "record_episode", **base, source_id=f"{name}-episode", icpc_code=episode["icpc"], title=episode["title"],
        start_date=day, end_date=None, has_attention=False,
    )  # fmt: skip
    contact = insert_one(
        link, "record_encounter", **base, source_id=name, episode_id=made, started_on=day, kind_code="",
        kind_title="E-consult", reason="",
    )  # fmt: skip
    for number, (kind, text) in enumerate(lines, start=1):
        insert_one(
            link, "record_journalentry", **base, source_id=f"{name}-{number}", encounter_id=contact, episode_id=made,
            soep=kind, text=text, icpc_code=episode["icpc"] if kind == "E" else "", icpc_title="", recorded_on=day,
        )  # fmt: skip
    names = [f"{name}-episode", name, *(f"{name}-{number}" for number in range(1, len(lines) + 1))]
    latest = link.execute("SELECT max(id) FROM consult_consultmessage WHERE consult_id = %s", [thread]).fetchone()
    insert_one(
        link, "consult_consultcopy", consult_id=thread, practice_id=place.practice, patient_id=asker, token=key,
        is_automatic=False, up_to=latest[0] if latest else 0, line_kinds="".join(kind for kind, _text in lines),
        rows=Jsonb(names), documents=Jsonb([]),
        written_by_id=place.doctor, written_by_name="dr. J. de Wit", written_at=_moment(place, days_ago),
    )  # fmt: skip


def _moment(place: Place, days_ago: int) -> datetime:
    return place.now - timedelta(days=days_ago, minutes=30)
