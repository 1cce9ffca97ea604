"""Questions as a patient saves them: one as a document, all for the file of the record (REQ 10, 22)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Use
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.answers import answer_lines, asked_of_many
from zorgbalie.consult.queries.patient import get_thread
from zorgbalie.consult.queries.places import place_of
from zorgbalie.consult.queries.rows import about_of
from zorgbalie.consult.types import (
    AuthorKind,
    ConsultState,
    SavedQuestions,
    SavedText,
    SavedThread,
    ThreadFile,
)
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices

DOWNLOAD = "consult.download"


def get_thread_file(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> ThreadFile:
    """A thread for a document. Raises NotVisible. Audit: `consult.download`."""
    thread = get_thread(viewer=viewer, consult_id=consult_id, event=DOWNLOAD, now=now)
    patient_id = check_subject(viewer)
    name = people.list_names(person_ids=[patient_id])[patient_id]
    card = practices.get_practice_card(practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now))
    return ThreadFile(thread=thread, patient_name=name.full_name, practice=card)


def read_all_questions(
    *, viewer: Viewer, practice_ids: Iterable[PracticeId], event: str, now: datetime
) -> tuple[SavedQuestions, ...]:
    """Every sent question of a patient to those practices where they may be read now, in three queries per practice.

    What is off is left out (R14). Audit: `event`, a line per practice.
    """
    patient_id = check_subject(viewer)
    found = []
    for practice_id in dict.fromkeys(practice_ids):
        if not _is_open(viewer, practice_id, now):
            continue
        gate.open_patient(
            viewer=viewer,
            patient_id=patient_id,
            practice_id=practice_id,
            kind=DataKind.CONSULTS,
            use=Use.READ,
            event=event,
            now=now,
        )
        card = practices.get_practice_card(practice_id=practice_id)
        found.append(SavedQuestions(practice=card, threads=_threads(patient_id, practice_id)))
    return tuple(found)


def _is_open(viewer: Viewer, practice_id: PracticeId, now: datetime) -> bool:
    return gate.may_open_patient(
        viewer=viewer,
        patient_id=check_subject(viewer),
        practice_id=practice_id,
        kind=DataKind.CONSULTS,
        use=Use.READ,
        now=now,
    )


def _threads(patient_id: PersonId, practice_id: PracticeId) -> tuple[SavedThread, ...]:
    rows = list(
        Consult.objects.filter(patient_id=patient_id, practice_id=practice_id)
        .exclude(state=ConsultState.DRAFT)
        .order_by("-sent_at", "-pk")
    )
    texts = defaultdict(list)
    for one in ConsultMessage.objects.filter(consult_id__in=[row.pk for row in rows]).order_by("pk"):
        texts[one.consult_id].append(
            SavedText(
                message_id=one.pk,
                author_kind=AuthorKind(one.author_kind),
                author_name=one.author_name,
                author_role=one.author_role,
                text=one.text,
                sent_at=one.sent_at,
            )
        )
    answers = asked_of_many(rows)
    return tuple(_thread(row, tuple(texts[row.pk]), answer_lines(answers=answers.get(row.pk, ()))) for row in rows)


def _thread(row: Consult, texts: tuple[SavedText, ...], answers: tuple[str, ...]) -> SavedThread:
    return SavedThread(
        consult_id=ConsultId(row.pk),
        about=about_of(row),
        subject=row.subject,
        state=ConsultState(row.state),
        sent_at=row.sent_at or row.changed_at,
        texts=texts,
        answers=answers,
    )
