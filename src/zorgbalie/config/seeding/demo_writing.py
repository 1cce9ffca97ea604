"""Writing at the desk of the demo: template letters, own words of the language meter, and two actions by hand."""

from datetime import datetime, time, timedelta
from typing import Any

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert, insert_one
from zorgbalie.kernel.clock import AMSTERDAM, local_date

# title, conclusion, advice, of the doctor alone
_LETTERS = (
    (
        "Cholesterol iets te hoog",
        "Beste {naam}, er zit iets te veel vet in uw bloed. Dat is niet gevaarlijk voor nu.",
        "Eet minder vet vlees en kaas. Beweeg elke dag een half uur. Over een jaar meten we opnieuw.",
        False,
    ),
    (
        "Bel ons over de uitslag",
        "Beste {naam}, uw uitslag van {datum} is anders dan gewoon. We leggen u graag uit wat dit betekent.",
        "Bel {praktijk}: {telefoon}. Vraag naar {arts}.",
        False,
    ),
    (
        "Suiker goed",
        "De suiker in uw bloed is goed. U doet het goed zo.",
        "Ga zo door. Over 3 maanden meten we opnieuw.",
        True,
    ),
    (
        "Bloedarmoede door te weinig ijzer",
        "U heeft te weinig ijzer in uw bloed. Daardoor kunt u moe zijn.",
        "Neem elke dag 1 tablet met ijzer. Over 6 weken prikken we opnieuw.",
        True,
    ),
)
_WORDS = (
    ("eGFR", "hoe goed uw nieren werken"),
    ("HbA1c", "uw gemiddelde suiker van de laatste weken"),
    ("LDL-cholesterol", "vet in het bloed dat slecht is voor de vaten"),
    ("ketenzorg", "zorg waarbij verschillende mensen samenwerken"),
)


def add_writing(link: Connection[Any], place: Place, late: int, soon: int) -> None:
    """Letters, words, and an action about `late` that should have been done, and one about `soon`."""
    for title, conclusion, advice, is_own in _LETTERS:
        insert_one(
            link, "record_replytemplate", practice_id=place.practice, employee_id=place.doctor if is_own else None,
            title=title, conclusion=conclusion, advice=advice,
        )  # fmt: skip
    insert(
        link,
        "record_plainword",
        [{"practice_id": place.practice, "word": word, "plain": plain} for word, plain in _WORDS],
    )
    _action(link, place, late, "Bel over de uitslag van het ziekenhuis", days=-2)
    _action(link, place, soon, "Vraag of de nieuwe bloeddrukpillen bevallen", days=5)


def _action(link: Connection[Any], place: Place, person: int, text: str, *, days: int) -> None:
    note = insert_one(
        link, "worklist_actionnote", practice_id=place.practice, patient_id=person, author_id=place.doctor, text=text,
        token=f"{person:032x}", created_at=place.now - timedelta(days=4),
    )  # fmt: skip
    due_at = datetime.combine(local_date(place.now) + timedelta(days=days), time(17), tzinfo=AMSTERDAM)
    insert_one(
        link, "worklist_workitem", practice_id=place.practice, person_id=person, account_id=place.account,
        kind="action_note", about_id=note, for_right="read_record", state="open", is_urgent=False,
        created_at=place.now - timedelta(days=4), due_at=due_at,
    )  # fmt: skip
