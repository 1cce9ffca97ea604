"""A working day in the inbox of questions: threads of every state and age, with whom they lie, notes and urgency."""

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert_one


class _Question(NamedTuple):
    """`rest`: hours until the promise, negative when late; for what is done, hours since it was."""

    subject: str
    text: str
    state: str
    rest: int
    at: str = ""
    answer: str = ""
    note: str = ""
    urgent: bool = False
    taken: bool = False


_QUESTIONS = (
    _Question("Pijn bij plassen", "Sinds gisteren heb ik pijn bij het plassen. Kan ik urine brengen?", "sent", -3),
    _Question("Herhaalrecept pil", "Mijn pil is bijna op en ik ga op vakantie. Kan het recept vandaag?", "sent", -1),
    _Question("Uitslag röntgenfoto", "Is de uitslag van mijn knie al binnen?", "with_doctor", -20, at="wit"),
    _Question(
        "Duizelig door medicijn", "Sinds de nieuwe bloeddrukpil ben ik duizelig als ik opsta. Moet ik stoppen?",
        "sent", 20, urgent=True, note="Belde ook al. Graag vandaag bellen.",
    ),
    _Question("Wond na operatie", "De wond is rood en warm. Is dat normaal na een week?", "with_doctor", 26, at="wit",
              urgent=True),
    _Question("Griepprik", "Kan ik de griepprik nog halen? Ik was ziek op de dag zelf.", "sent", 2),
    _Question("Eczeem bij de hand", "Het eczeem is terug, met jeuk. De zalf helpt niet genoeg.", "sent", 4),
    _Question("Verwijzing fysiotherapie", "Mijn schouder doet weer pijn. Mag ik terug naar de fysio?", "sent", 5,
              taken=True),
    _Question("Slecht slapen", "Ik slaap al weken slecht. Wat kan ik zelf doen?", "with_doctor", 7, at="yilmaz"),
    _Question("Reisvaccinatie", "Wij gaan naar Indonesië. Welke prikken heb ik nodig?", "sent", 22),
    _Question("Hoofdpijn", "Ik heb bijna elke dag hoofdpijn aan het eind van de dag.", "sent", 23,
              note="Is vorige week ook op het spreekuur geweest."),
    _Question("Bloedprikken nuchter", "Moet ik nuchter zijn voor het bloedprikken van maandag?", "sent", 30),
    _Question("Hielspoor", "Ik heb last van hielspoor. Helpen zooltjes?", "with_doctor", 44, at="yilmaz"),
    _Question("Metformine", "Ik krijg buikpijn van metformine. Is er iets anders?", "sent", 46),
    _Question("Verkouden kind", "Mijn zoon van 17 is verkouden en moet trainen. Mag dat?", "answered", 3,
              answer="Ja, dat mag. Rustig opbouwen en stoppen bij koorts."),
    _Question("Zwemmerseczeem", "De crème is op. Moet ik nog doorsmeren?", "answered", 6,
              answer="Smeer nog een week door nadat het weg lijkt."),
    _Question("Prikkende ogen", "Mijn ogen prikken en zijn rood.", "answered", 20, at="wit",
              answer="Koel ze met een nat washandje. Komt er pus uit, bel dan."),
    _Question("Verklaring sport", "Kunt u een verklaring schrijven voor de sportschool?", "answered", 28,
              answer="Uw eigen huisarts mag die verklaring niet geven. De sportarts wel."),
    _Question("Hooikoorts", "Mag ik twee tabletten per dag nemen?", "answered", 50, answer="Nee, één is genoeg."),
    _Question("Bloeddruk thuis", "Mijn meter zegt 150 over 90. Is dat te hoog?", "closed", 60, at="wit",
              answer="Dat is wat hoog. Meet een week elke ochtend, dan kijken wij samen."),
    _Question("Teek", "Ik vond een teek op mijn been en haalde hem eruit.", "closed", 90,
              answer="Schrijf de dag op. Krijgt u een rode kring, stuur dan een foto."),
    _Question("Antibiotica", "Ik ben een pil vergeten van de antibiotica. Wat nu?", "closed", 120,
              answer="Neem hem alsnog en ga verder met het schema."),
    _Question("Oorpijn", "Sinds het zwemmen heb ik oorpijn.", "closed", 200,
              answer="Houd het oor droog. Na drie dagen nog pijn? Bel voor een afspraak."),
    _Question("Afspraak verzetten", "Kan mijn afspraak naar volgende week?", "closed", 300,
              answer="Dat is geregeld: dinsdag om 10.20 uur."),
)  # fmt: skip


def add_inbox(link: Connection[Any], place: Place, other_account: int, assistant: int) -> None:
    """One question of each of the last patients of the practice, so that none of the named ones gets another."""
    people = link.execute(
        "SELECT p.id, concat_ws(' ', p.given_name, nullif(p.name_prefix, ''), p.family_name)"
        " FROM practice_enrolment e JOIN people_person p ON p.id = e.person_id"
        " WHERE e.practice_id = %s AND e.ended_at IS NULL ORDER BY p.id DESC LIMIT %s",
        [place.practice, len(_QUESTIONS)],
    ).fetchall()
    accounts = {"wit": place.account, "yilmaz": other_account, "": None}
    for question, (person, name) in zip(_QUESTIONS, people, strict=False):
        _add(link, place, question, (person, name), accounts[question.at], assistant)


def _add(
    link: Connection[Any], place: Place, one: _Question, who: tuple[int, str], account: int | None, assistant: int
) -> None:
    is_open = one.state in ("sent", "with_doctor")
    promise = place.now + timedelta(hours=one.rest if is_open else 24 - one.rest)
    sent = promise - timedelta(hours=50)
    changed = sent if is_open else place.now - timedelta(hours=one.rest)
    whose = {"practice_id": place.practice, "patient_id": who[0]}
    thread = insert_one(
        link, "consult_consult", **whose, asked_by_id=who[0], addressed_name="", subject=one.subject, draft_text="",
        about_kind="", about_id=0, about_title="", state=one.state, with_account_id=account, revision=4,
        changed_by_name="", changed_at=changed, sent_at=sent, answer_by=promise,
    )  # fmt: skip
    texts = [("patient", who[1], one.text, sent)]
    if one.answer:
        texts.append(("staff", "Samira Bakker", one.answer, changed))
    for kind, name, text, moment in texts:
        insert_one(
            link, "consult_consultmessage", **whose, consult_id=thread, author_kind=kind,
            author_person_id=who[0] if kind == "patient" else None,
            author_employee_id=assistant if kind == "staff" else None, author_name=name, text=text, token=uuid4(),
            sent_at=moment,
        )  # fmt: skip
    if one.note:
        insert_one(
            link, "consult_consultnote", **whose, consult_id=thread, author_id=assistant, author_name="Samira Bakker",
            text=one.note, token=uuid4(),
        )  # fmt: skip
    if is_open:
        insert_one(
            link, "worklist_workitem", practice_id=place.practice, person_id=who[0], account_id=account, kind="consult",
            about_id=thread, for_right="answer_consults", state="open", is_urgent=one.urgent, created_at=sent,
            due_at=promise, assigned_to_id=assistant if one.taken else None,
        )  # fmt: skip
