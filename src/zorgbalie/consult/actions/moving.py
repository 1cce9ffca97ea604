"""A question turns out to be about somebody else: record and attachments move, the answer stays (REQ 44; R12).

The thread stays with its patient, who reads the answer; `concerns` says in whose record it belongs. Who is named in it
sees nothing of the thread: no wall and no rule of the portal looks at that field. What was put in the one record goes
to the other. Each file is told in its own log, in words that say nothing about the other.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.access.wall import set_subject
from zorgbalie.billing.actions.entries import move_source
from zorgbalie.billing.types import SourceKind
from zorgbalie.consult.models import Consult, ConsultCopy, ConsultMove
from zorgbalie.consult.queries.moving import check_may_move_to, is_patient_here, open_other
from zorgbalie.consult.queries.reporting import concerned_id
from zorgbalie.consult.types import ConsultChanged, ConsultState, NotToBeMoved
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.record.actions.journal_moves import lift, place
from zorgbalie.record.queries.journal import may_write_journal
from zorgbalie.record.types.journal import Written


@transaction.atomic
def move_question(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    consult_id: ConsultId,
    to_patient_id: PersonId,
    revision: int,
    now: datetime,
) -> bool:
    """Say in whose record a question belongs: another patient of this practice, or its sender's own again.

    Returns whether that is new: pressed twice is once. Raises NotAllowed, NotVisible (also for whoever is no patient
    here), ConsultChanged (a colleague was first), NotToBeMoved (what stands in a record cannot be taken along).
    Audit: `consult.moved` for the sender, `consult.moved_here` and `consult.moved_away` for others; `journal.…` where
    something stood in a record. Source: REQ 44; R12.
    """
    check_may_move_to(viewer=viewer, to_patient_id=to_patient_id, now=now)
    practice_id = _check_may_move(viewer, patient_id, consult_id, now)
    row = _lock(practice_id, patient_id, consult_id)
    before = concerned_id(row)
    if before == to_patient_id:
        return False
    if row.revision != revision:
        raise ConsultChanged(
            _("%(name)s heeft hier net iets gewijzigd. Kijk wat er nu staat.")
            % {"name": row.changed_by_name or _("Iemand anders")}
        )
    copies = list(ConsultCopy.objects.filter(consult=row))
    _check_records(viewer, practice_id, copies, (before, to_patient_id), now)
    _store(viewer, row, before, to_patient_id, now)
    _move_along(viewer=viewer, row=row, copies=copies, before=before, after=to_patient_id, now=now)
    _tell_others(viewer, row, before, to_patient_id, now)
    return True


def _check_may_move(viewer: Viewer, patient_id: PersonId, consult_id: ConsultId, now: datetime) -> PracticeId:
    """Raises NotAllowed, NotVisible, with the gate's line; nothing is noted where it may go on."""
    if viewer.practice_id is None:
        raise NotVisible(DataKind.CONSULTS)
    may = gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        now=now,
    )
    if not may:
        open_other(viewer=viewer, patient_id=patient_id, consult_id=consult_id, event="consult.moved", now=now)
    return viewer.practice_id


def _lock(practice_id: PracticeId, patient_id: PersonId, consult_id: ConsultId) -> Consult:
    rows = Consult.objects.filter(pk=consult_id, patient_id=patient_id, practice_id=practice_id)
    row = rows.exclude(state=ConsultState.DRAFT).select_for_update().first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    return row


def _check_records(
    viewer: Viewer, practice_id: PracticeId, copies: list[ConsultCopy], persons: tuple[PersonId, ...], now: datetime
) -> None:
    """That what stands in the one record can be taken out and put in the other. Raises NotToBeMoved."""
    if not all(is_patient_here(person_id=one, practice_id=practice_id) for one in persons):
        raise NotToBeMoved(_("Een van de twee is hier geen patiënt meer. De vraag blijft waar hij is."))
    if copies and not all(may_write_journal(viewer=viewer, patient_id=one, now=now) for one in persons):
        raise NotToBeMoved(
            _("Deze vraag staat al in het dossier. Vraag een collega die in het journaal mag schrijven, dit te doen.")
        )


def _store(viewer: Viewer, row: Consult, before: PersonId, after: PersonId, now: datetime) -> None:
    patient_id = PersonId(row.patient_id)
    if viewer.employee_id is None:
        raise NotVisible(DataKind.CONSULTS)
    open_other(viewer=viewer, patient_id=patient_id, consult_id=row.pk, event="consult.moved", now=now)
    row.concerns_id = None if after == patient_id else after
    row.changed_at, row.changed_by_name = now, viewer.name[:160]
    row.revision += 1
    row.save(update_fields=["concerns", "revision", "changed_by_name", "changed_at"])
    ConsultMove.objects.create(
        consult=row,
        practice_id=row.practice_id,
        patient_id=row.patient_id,
        from_person_id=before,
        to_person_id=after,
        moved_by_id=viewer.employee_id,
        moved_by_name=viewer.name[:160],
        moved_at=now,
    )


def _move_along(
    *, viewer: Viewer, row: Consult, copies: list[ConsultCopy], before: PersonId, after: PersonId, now: datetime
) -> None:
    """All that belongs to a question and stands elsewhere goes along, in this transaction.

    Here, and here alone, other rooms hear of a move: what billing keeps under this question moves here too (R12).
    """
    if copies:
        written = Written(
            rows=tuple(name for one in copies for name in one.rows),
            documents=tuple(key for one in copies for key in one.documents),
        )
        lifted = lift(viewer=viewer, patient_id=before, written=written, consult_id=row.pk, now=now)
        place(viewer=viewer, patient_id=after, lifted=lifted, written=written, consult_id=row.pk, now=now)
    move_source(
        viewer=viewer,
        source_kind=SourceKind.CONSULT,
        source_id=row.pk,
        from_patient_id=before,
        to_patient_id=after,
        practice_id=PracticeId(row.practice_id),
        now=now,
    )


def _tell_others(viewer: Viewer, row: Consult, before: PersonId, after: PersonId, now: datetime) -> None:
    """A line in the file of whom it concerned and of whom it concerns, beside the sender's."""
    for person_id, event in ((before, "consult.moved_away"), (after, "consult.moved_here")):
        if person_id != row.patient_id:
            open_other(viewer=viewer, patient_id=person_id, consult_id=row.pk, event=event, now=now)
    set_subject(PersonId(row.patient_id))
