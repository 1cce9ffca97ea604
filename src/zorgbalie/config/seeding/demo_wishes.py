"""Rules per kind of result of the demo's practice, and the wish of one of its patients."""

from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from zorgbalie.config.seeding.demo_lab import Place, add_waiting_report
from zorgbalie.config.seeding.rows import insert, insert_one

# name, words, whether by the portal, days to wait, told first, can frighten
_KINDS = (
    ("Bloedonderzoek: nieren en suiker", ("kalium", "kreatinine", "nierfunctie", "glucose"), True, 0, "online", False),
    ("Bloedonderzoek: cholesterol", ("cholesterol", "ldl", "hdl"), True, 0, "online", False),
    ("Foto, echo of scan", ("röntgen", "echo", "mri", "scan"), True, 3, "online", False),
    ("Test op soa", ("soa", "chlamydia", "hiv"), True, 0, "call", True),
    ("Onderzoek van weefsel", ("pathologie", "biopt", "weefsel"), True, 0, "visit", True),
    ("Erfelijk onderzoek", ("dna", "erfelijk"), False, 0, "online", True),
)


def add_result_rules(link: Connection[Any], place: Place, careful: int) -> None:
    """The rules, the wish of `careful` to be called first, and a report about which that wish matters."""
    add_waiting_report(link, place, careful)
    insert(
        link,
        "record_resultkind",
        [
            {
                "practice_id": place.practice, "name": name, "words": Jsonb(list(words)), "codes": Jsonb([]),
                "position": position, "uses_portal": uses_portal, "wait_days": wait, "first": first,
                "is_upsetting": upsetting, "is_rest": False, "revision": 1,
            }
            for position, (name, words, uses_portal, wait, first, upsetting) in enumerate(_KINDS)
        ],
    )  # fmt: skip
    insert_one(
        link, "record_resultwish", practice_id=place.practice, patient_id=careful, hear_by="call",
        changed_at=place.now,
    )  # fmt: skip
