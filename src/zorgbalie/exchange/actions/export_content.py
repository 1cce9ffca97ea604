"""The content of a file in which a patient saves the own record: read as that person, then written."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings

from zorgbalie.access.types import DataKind
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.consult.queries.saving import read_all_questions
from zorgbalie.exchange.actions.export_document import WhoseDocument, document
from zorgbalie.exchange.actions.exports import Claim, Made
from zorgbalie.exchange.export_types import ExportKind, ExportStep
from zorgbalie.exchange.rules.leaving import WhoseRecord, bundle
from zorgbalie.exchange.rules.leaving_questions import Questions
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.exact_json import dump_exact_json
from zorgbalie.people import queries as people
from zorgbalie.record.queries import glossary, whole_record
from zorgbalie.record.types.whole import ReadablePlace, RowsPlace, SavedPart

MADE = "export.make"
_Say = Callable[[ExportStep, int], None]


def make_content(*, claimed: Claim, say: _Say, now: datetime) -> Made:
    """Read all that may be read now, in one transaction; then write it, with none open.

    Raises NotVisible, PdfFailed. Audit: `export.make`, one line per kind of data and practice, in the name
    of who asked.
    """
    if claimed.kind is ExportKind.FHIR:
        return _bundle(claimed, say, now)
    return _document(claimed, say, now)


def _document(claimed: Claim, say: _Say, now: datetime) -> Made:
    with unit_of_work(claimed.viewer):
        places, held = whole_record.read_for_people(viewer=claimed.viewer, event=MADE, now=now)
        questions = _questions(claimed, places, now)
        name = people.list_names(person_ids=[claimed.patient_id])[claimed.patient_id]
        terms = glossary.list_terms(language=claimed.language)
    say(ExportStep.WRITING, 40)
    whose = WhoseDocument(
        full_name=name.full_name,
        birth_date=name.birth_date,
        asked_by="" if claimed.viewer.person_id == claimed.patient_id else claimed.viewer.name,
    )
    content = document(places=places, questions=questions, whose=whose, terms=terms, language=claimed.language, now=now)
    return Made(content=content, parts=_parts(places, questions), held=held, made_on=local_date(now))


def _bundle(claimed: Claim, say: _Say, now: datetime) -> Made:
    with unit_of_work(claimed.viewer):
        places, held = whole_record.read_for_machines(viewer=claimed.viewer, event=MADE, now=now)
        questions = _questions(claimed, places, now)
        name = people.list_names(person_ids=[claimed.patient_id])[claimed.patient_id]
    say(ExportStep.WRITING, 40)
    portal = settings.PORTAL_URL.rstrip("/")
    whose = WhoseRecord(
        name=name.full_name, birth_date=name.birth_date, base=f"{portal}/fhir/stu3", system=f"{portal}/dossier"
    )
    content = dump_exact_json(bundle(places=places, whose=whose, made_at=now, questions=questions)).encode()
    return Made(content=content, parts=_parts(places, questions), held=held, made_on=local_date(now))


def _questions(claimed: Claim, places: Iterable[ReadablePlace | RowsPlace], now: datetime) -> Questions:
    """Questions and answers at the practices of which the file holds something."""
    found = read_all_questions(
        viewer=claimed.viewer, practice_ids=[one.practice.practice_id for one in places], event=MADE, now=now
    )
    return {one.practice.practice_id: one.threads for one in found if one.threads}


def _parts(places: Iterable[ReadablePlace | RowsPlace], questions: Questions) -> tuple[SavedPart, ...]:
    asked = [SavedPart(practice_id=practice_id, kind=DataKind.CONSULTS) for practice_id in questions]
    return (*whole_record.list_parts(places=places), *asked)
