"""Answering in the demo: five standard answers of the practice, one of the doctor, links, and who answered before."""

from typing import Any

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert_one

# title, text, of the doctor alone
_TEMPLATES = (
    (
        "Hoesten na een verkoudheid",
        "{aanhef},\n\nU hoeft nu niet langs te komen. Hoesten na een verkoudheid kan drie tot vier weken duren.\n\n"
        "Dit kunt u zelf doen:\n- Drink genoeg.\n- Neem honing in warm water.\n- Rook niet.\n\n"
        "Bel ons op {telefoon} als u koorts krijgt, benauwd wordt of bloed ophoest.\n\n"
        "Lees meer: https://www.thuisarts.nl/hoesten\n\nMet vriendelijke groet,\n{mijn_naam}, {mijn_functie}",
        False,
    ),
    (
        "Afspraak maken",
        "{aanhef},\n\nWij willen u graag zien op het spreekuur.\n\n"
        "Bel ons om een afspraak te maken: {telefoon}. Zeg erbij dat het gaat over: {onderwerp}.\n\n"
        "Wordt het erger voordat u komt? Bel ons dan meteen.\n\nMet vriendelijke groet,\n{mijn_naam}, {mijn_functie}",
        False,
    ),
    (
        "Sporten met medicijnen",
        "{aanhef},\n\nJa, u mag sporten met uw medicijnen.\n\n"
        "Begin rustig en doe elke week een beetje meer. Drink genoeg water.\n\n"
        "Krijgt u pijn op de borst of wordt u heel benauwd? Stop dan en bel 112.\n\n"
        "Heeft u nog een vraag? Bel ons: {telefoon}.\n\n"
        "Met vriendelijke groet,\n{mijn_naam}, {mijn_functie}",
        False,
    ),
    (
        "Foto is niet duidelijk",
        "{aanhef},\n\nOp de foto kunnen wij het niet goed zien.\n\n"
        "Wilt u een nieuwe foto sturen?\n- Maak de foto bij daglicht.\n- Maak één foto van dichtbij.\n"
        "- Maak één foto van verder weg.\n- Leg er een munt naast. Dan zien wij hoe groot het is.\n\n"
        "Met vriendelijke groet,\n{mijn_naam}, {praktijk}",
        False,
    ),
    (
        "Verwijzing is gemaakt",
        "{aanhef},\n\nUw verwijzing is gemaakt op {datum}.\n\n"
        "U maakt zelf een afspraak met het ziekenhuis. Vraag aan uw zorgverzekeraar of u de kosten terugkrijgt.\n\n"
        "Duurt het wachten te lang? Bel ons dan: {telefoon}.\n\nMet vriendelijke groet,\n{mijn_naam}, {praktijk}",
        False,
    ),
    (
        "Even overleggen",
        "{aanhef},\n\nIk overleg uw vraag eerst met een collega. U krijgt morgen antwoord.\n\n"
        "Met vriendelijke groet,\n{mijn_naam}",
        True,
    ),
)
_LINKS = (
    ("Hoesten", "https://www.thuisarts.nl/hoesten", "thuisarts.nl"),
    ("Sporten en bewegen", "https://www.thuisarts.nl/gezond-leven", "thuisarts.nl"),
    ("Medicijnen: hoe gebruikt u ze?", "https://www.apotheek.nl/", "apotheek.nl"),
)


def add_answering(link: Connection[Any], place: Place) -> None:
    """Standard answers and links of the practice; who answered so far gets a function beside the name."""
    for title, text, is_own in _TEMPLATES:
        insert_one(
            link, "consult_answertemplate", practice_id=place.practice,
            employee_id=place.doctor if is_own else None, title=title, text=text,
        )  # fmt: skip
    for title, url, host in _LINKS:
        insert_one(link, "consult_standardlink", practice_id=place.practice, title=title, url=url, host=host)
    link.execute(
        "UPDATE consult_consultmessage m SET author_role = e.role FROM practice_employee e"
        " WHERE e.id = m.author_employee_id AND m.practice_id = %s",
        [place.practice],
    )
