"""Documents of the demo: one that the patient reads with an explanation, some that wait, one that never goes out."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from psycopg import Connection

from zorgbalie.config.seeding.demo_lab import Place
from zorgbalie.config.seeding.rows import insert, insert_one
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.kernel.clock import local_date
from zorgbalie.record.types.documents import SHAREABLE
from zorgbalie.ui.formats import day_date

_HOSPITAL = "Ziekenhuis Lindeland"
# key, title, category, direction, who, days ago, lines
_LETTERS: tuple[tuple[str, str, str, str, str, int, tuple[str, ...]], ...] = (
    (
        "cardio", "Brief van de cardioloog", "specialist_in", "in", f"Cardiologie, {_HOSPITAL}", 20,
        (
            "Geachte collega,", "Bovengenoemde patiënt zag ik op mijn spreekuur in verband met hartkloppingen.",
            "Het ECG en de echo van het hart zijn niet afwijkend. De bloeddruk was 138/82 mmHg.",
            "Conclusie: onschuldige extrasystolen. Controle is niet nodig.",
        ),
    ),
    (
        "foto", "Verslag van de foto van de knie", "radiology", "in", f"Radiologie, {_HOSPITAL}", 6,
        ("X-knie links: geringe mediale artrose. Geen fractuur. Geen hydrops.",),
    ),
    (
        "verwijzing", "Verwijzing naar de cardioloog", "specialist_out", "out", "dr. J. de Wit", 62,
        ("Geachte collega,", "Graag uw beoordeling in verband met hartkloppingen sinds twee maanden.",),
    ),
    (
        "epd", "EPD-overdrachtsbericht", "epd_transfer", "in", "Huisartsen aan de Gracht", 400,
        ("Overdracht van het volledige dossier bij verhuizing.", "Alleen voor de ontvangende praktijk.",),
    ),
    (
        "ontslag", "Ontslagbrief van de afdeling chirurgie", "discharge", "in", f"Chirurgie, {_HOSPITAL}", 700,
        ("Opname wegens appendicitis acuta. Ongecompliceerd beloop.",),
    ),
)  # fmt: skip
_EXPLANATION = (
    "De cardioloog heeft uw hart onderzocht. Uw hart is gezond. De hartkloppingen zijn niet gevaarlijk.\n"
    "U hoeft niet terug naar de cardioloog. Krijgt u pijn op de borst? Bel ons dan meteen."
)


def add_documents(link: Connection[Any], place: Place, main: int, other: int) -> None:
    """The letters of `main`, of which one is shared and one was withdrawn; and one of `other` that waits."""
    insert(
        link,
        "record_documentsharing",
        [
            {"practice_id": place.practice, "category": one.value, "starts_on": _day(place, 365)}
            for one in SHAREABLE
            if one.value not in {"form", "other"}
        ],
    )
    for letter in _LETTERS:
        state = {"cardio": "shared", "ontslag": "withdrawn"}.get(letter[0], "private")
        document = _add(link, place, main, letter, state)
        if letter[0] == "foto":
            _inbox(link, place, main, document)
    _inbox(link, place, other, _add(link, place, other, _LETTERS[0], "private"))


def _day(place: Place, days_ago: int) -> date:
    return local_date(place.now) - timedelta(days=days_ago)


def _add(link: Connection[Any], place: Place, person: int, letter: tuple[Any, ...], state: str) -> int:
    key, title, category, direction, author, days_ago, lines = letter
    day, was_shared = _day(place, days_ago), state != "private"
    content = render_pdf(
        template="record/demo_letter",
        data={
            "language": "nl", "title": title, "sender": author, "date": day_date(value=day), "paragraphs": list(lines),
            "page_words": ["Pagina", "van"], "note": "Verzonnen brief voor de demonstratie.",
        },
        now=place.now,
    )  # fmt: skip
    document = insert_one(
        link, "record_document", practice_id=place.practice, patient_id=person, title=title, category=category,
        direction=direction, author_name=author, document_date=day, received_at=place.now - timedelta(days=1),
        file_name=f"{key}.pdf", media_type="application/pdf", size=len(content), sha256=sha256(content).hexdigest(),
        source="upload", source_key=f"demo:{person}:{key}", virus_state="unchecked", state=state,
        explanation=_EXPLANATION if state == "shared" else "", revision=int(was_shared),
        published_at=place.now - timedelta(hours=20) if was_shared else None,
        published_by_id=place.doctor if was_shared else None,
    )  # fmt: skip
    insert(
        link,
        "record_documentcontent",
        [{"practice_id": place.practice, "patient_id": person, "document_id": document, "content": content}],
    )
    return document


def _inbox(link: Connection[Any], place: Place, person: int, document: int) -> None:
    insert_one(
        link, "worklist_workitem", practice_id=place.practice, person_id=person, kind="document",
        about_id=document, for_right="publish_results", state="open", is_urgent=False, created_at=place.now,
    )  # fmt: skip
