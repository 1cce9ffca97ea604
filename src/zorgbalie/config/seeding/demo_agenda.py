"""Agendas of the demo: what De Linde and Aan de Gracht open, and what stands in it (REQ 36 to 40, 72 to 74)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from zorgbalie.config.seeding.demo_appointments import AgendaScene, DemoAppointments
from zorgbalie.config.seeding.rows import insert, insert_one
from zorgbalie.kernel.clock import local_date

_MANY_DAYS = 42
_GP, _CALL, _ASSISTANT, _NURSE = (480, 720), (780, 840), (510, 720), (540, 960)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kind:
    key: str
    name: str
    description: str
    with_whom: str
    minutes: int
    mode: str = "practice"
    room: str = ""
    bring: str = ""
    how: str = ""
    is_online: bool = True
    max_age: int | None = None
    min_age: int = 0


_KINDS = (
    _Kind(
        key="one", name="1 klacht", description="U heeft één klacht of vraag.", with_whom="de huisarts", minutes=10,
        bring="Uw legitimatiebewijs als u voor het eerst komt.",
    ),
    _Kind(
        key="two", name="2 klachten of een lang gesprek", description="U heeft meer te bespreken.",
        with_whom="de huisarts", minutes=20,
    ),
    _Kind(
        key="call", name="Bellen met de huisarts", description="Voor een korte vraag. U hoeft niet te komen.",
        with_whom="de huisarts", minutes=10, mode="phone",
        how="De huisarts belt u op het nummer dat bij ons bekend is. Houd uw telefoon bij u.",
    ),
    _Kind(
        key="video", name="Beeldbellen met de huisarts", description="U ziet de huisarts op uw telefoon of computer.",
        with_whom="de huisarts", minutes=10, mode="video", min_age=16,
        how="U krijgt de link een dag vooraf van de praktijk.", is_online=False,
    ),
    _Kind(
        key="ears", name="Oren uitspuiten", description="De assistente maakt uw oren schoon met water.",
        with_whom="de assistente", minutes=15, room="Kamer 3",
        bring="Druppel 3 dagen vooraf elke avond olie in uw oor.",
    ),
    _Kind(
        key="pressure", name="Bloeddruk meten", description="De assistente meet uw bloeddruk.",
        with_whom="de assistente", minutes=15, room="Kamer 3", bring="Draag een shirt met korte mouwen.", min_age=16,
    ),
    _Kind(
        key="wart", name="Wrat behandelen", description="De assistente bevriest uw wrat.", with_whom="de assistente",
        minutes=15, room="Kamer 3",
    ),
    _Kind(
        key="sugar", name="Controle bij diabetes", description="Voor wie suikerziekte heeft en hier onder controle is.",
        with_whom="de praktijkverpleegkundige", minutes=20, room="Kamer 5", min_age=18,
        bring="Uw boekje en uw meter.",
    ),
)  # fmt: skip
_QUESTIONS: tuple[tuple[str, str, str, list[str], bool], ...] = (
    ("Waar wilt u over praten?", "long", "In uw eigen woorden.", [], False),
    ("Hoe lang heeft u er al last van?", "choice", "", ["Korter dan een week", "1 tot 4 weken", "Langer"], True),
)


def add_agenda(link: Connection[Any], scene: AgendaScene) -> None:
    """Four agendas of De Linde with weeks, and some weeks of appointments around today."""
    kinds = _kinds(link, scene.practice)
    insert_one(
        link, "agenda_agendasettings", practice_id=scene.practice, confirm_text="Meld u aan de balie als u er bent.",
        intro_text="Weet u niet welke afspraak u nodig heeft? Bel ons, of stel eerst een vraag.",
        route_text="Wij zitten naast de bibliotheek. Achter het gebouw kunt u gratis parkeren.", reminders_on=True,
        earlier_on=True, item_for_bookings=False, item_for_changes=True, offer_hours=4, quiet_from=1260,
        quiet_until=480, feeds_on=True, revision=1,
    )  # fmt: skip
    agendas = _agendas(link, scene)
    since = local_date(scene.now) - timedelta(days=60)
    for name, weekdays, (starts, ends), step, fitting in (
        ("wit", range(5), _GP, 10, ("one", "two", "video")),
        ("wit", range(5), _CALL, 10, ("call",)),
        ("wit", (0, 1, 3), (840, 1020), 10, ("one", "two", "video")),
        ("yilmaz", (0, 1, 3, 4), _GP, 10, ("one", "two", "video")),
        ("yilmaz", (0, 1, 3, 4), _CALL, 10, ("call",)),
        ("bakker", range(5), _ASSISTANT, 15, ("ears", "pressure", "wart")),
        ("willems", (1, 3), _NURSE, 20, ("sugar",)),
    ):
        for weekday in weekdays:
            block = insert_one(
                link, "agenda_weekblock", practice_id=scene.practice, agenda_id=agendas[name], weekday=weekday,
                starts=starts, ends=ends, step=step, valid_from=since, valid_until=None, every_weeks=1, is_online=True,
            )  # fmt: skip
            members = [{"weekblock_id": block, "appointmentkind_id": kinds[one][0]} for one in fitting]
            insert(link, "agenda_weekblock_kinds", members)
    DemoAppointments(link, scene, agendas, kinds).fill()


def add_other_agenda(link: Connection[Any], practice: int, account: int, now: datetime) -> None:
    """One agenda of Aan de Gracht, which opens nothing online yet."""
    kinds = _kinds(link, practice, "one", "call")
    agenda = _agenda(link, practice, "dr. A. Gracht", "huisarts", account, None, 5, "all", 0)
    for weekday in range(5):
        block = insert_one(
            link, "agenda_weekblock", practice_id=practice, agenda_id=agenda, weekday=weekday, starts=480, ends=720,
            step=10, valid_from=local_date(now), valid_until=None, every_weeks=1, is_online=False,
        )  # fmt: skip
        for number, _minutes, _mode in kinds.values():
            insert(link, "agenda_weekblock_kinds", [{"weekblock_id": block, "appointmentkind_id": number}])


def _kinds(link: Connection[Any], practice: int, *keys: str) -> dict[str, tuple[int, int, str]]:
    """Kinds by key: number, minutes and mode."""
    found = {}
    for place, one in enumerate(one for one in _KINDS if not keys or one.key in keys):
        number = insert_one(
            link, "agenda_appointmentkind", practice_id=practice, name=one.name, description=one.description,
            with_whom=one.with_whom, minutes=one.minutes, mode=one.mode, room=one.room, bring=one.bring, how=one.how,
            is_online=one.is_online, hours_before=2, days_ahead=_MANY_DAYS, cancel_hours=24, most_per_patient=2,
            min_age=one.min_age, max_age=one.max_age, position=place, is_active=True, revision=1,
        )  # fmt: skip
        found[one.key] = (number, one.minutes, one.mode)
        if one.key == "two":
            for order, (label, kind, help_text, choices, is_optional) in enumerate(_QUESTIONS, start=1):
                insert_one(
                    link, "agenda_appointmentkindquestion", practice_id=practice, kind_of_id=number, place=order,
                    label=label, kind=kind, help_text=help_text, choices=choices, unit="", is_optional=is_optional,
                    may_be_unknown=True,
                )  # fmt: skip
    return found


def _agendas(link: Connection[Any], scene: AgendaScene) -> dict[str, int]:
    first, second = scene.accounts[0], scene.accounts[1]
    rows = (
        ("wit", "dr. J. de Wit", "huisarts", first, 5, "staggered"),
        ("yilmaz", "dr. S. Yilmaz", "huisarts", second, 5, "all"),
        ("bakker", "Samira Bakker", "assistente", None, 2, "all"),
        ("willems", "Tom Willems", "praktijkverpleegkundige", None, 1, "all"),
    )
    return {
        key: _agenda(
            link, scene.practice, name, function, account, scene.employees.get(key), reserve, plan, place
        )
        for place, (key, name, function, account, reserve, plan) in enumerate(rows)
    }  # fmt: skip


def _agenda(
    link: Connection[Any], practice: int, name: str, function: str, account: int | None, employee: int | None,
    reserve: int, plan: str, place: int,
) -> int:  # fmt: skip
    return insert_one(
        link, "agenda_agenda", practice_id=practice, name=name, function=function, account_id=account,
        employee_id=employee, urgent_reserve=reserve, release_plan=plan, days_ahead=_MANY_DAYS, position=place,
        is_active=True, revision=1,
    )  # fmt: skip
