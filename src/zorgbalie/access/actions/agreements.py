"""Signing and ending the agreement between patient and practice (REQ 4; R7).

The desk makes the row when it invites; the patient can only sign or end it. A version of the text is published by the
practice, which is the practice's own act: who signs a newer version needs no second signature of the practice, and who
still has an older one keeps access until the newer one is signed.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from zorgbalie.access import facts
from zorgbalie.access.actions.requests import withdraw_running
from zorgbalie.access.models import Agreement, Invitation
from zorgbalie.access.queries.agreements import find_current_text, find_row, offered_text, open_agreement
from zorgbalie.access.types import (
    AgreementChanged,
    DataKind,
    InvitationNeeded,
    NoAgreementText,
    Use,
)
from zorgbalie.audit.scope import deed
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AgreementId, AgreementTextId, PersonId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer, ViewerKind
from zorgbalie.messaging import actions as messaging
from zorgbalie.messaging.types import NoticeKind
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind


@deed()
def prepare_agreement(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> None:
    """Lay the agreement ready for an invited patient; who may sign for the practice signs it by inviting.

    For this app's invitations, which asked the gate. Raises NoAgreementText.
    """
    text = find_current_text(practice_id=practice_id)
    if text is None:
        raise NoAgreementText(_("Er is nog geen tekst met afspraken. Publiceer die eerst bij de instellingen."))
    signs = viewer.has_right(StaffRight.SIGN_AGREEMENT)
    signature = {"practice_signed_at": now, "practice_signer_id": viewer.employee_id} if signs else {}
    try:
        with transaction.atomic():
            Agreement.objects.create(practice_id=practice_id, person_id=patient_id, text=text, **signature)
    except IntegrityError:  # there is a running one: the invitation is for that
        if signs:
            unsigned = Agreement.objects.filter(
                practice_id=practice_id, person_id=patient_id, ended_at__isnull=True, practice_signed_at__isnull=True
            )
            unsigned.filter(patient_signed_at__isnull=True).update(text=text, **signature)
    facts.forget()


@deed()
def sign_for_patient(*, viewer: Viewer, practice_id: PracticeId, text_id: AgreementTextId, now: datetime) -> None:
    """The patient, or who acts for the patient, signs the version that was read; signing twice is signing once.

    The level of the sign-in is kept with the signature. Where the practice has still to sign, the desk gets an item.
    Raises NotVisible, InvitationNeeded, AgreementChanged (another version is offered). Audit: `agreement.sign`.
    """
    if viewer.kind is not ViewerKind.PATIENT or viewer.subject_id is None or viewer.level is None:
        raise NotVisible(DataKind.AGREEMENT)
    patient_id = viewer.subject_id
    open_agreement(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        use=Use.CHANGE,
        now=now,
        event="agreement.sign",
        detail={"text": text_id},
    )
    row = _running(patient_id, practice_id)
    if row is None or not (row.patient_signed_at or _accepted_invitation(patient_id, practice_id)):
        raise InvitationNeeded(_("U heeft eerst een uitnodiging van uw praktijk nodig."))
    if row.patient_signed_at and row.text_id == text_id:
        return
    if offered_text(row).pk != text_id:
        raise AgreementChanged(_("De afspraken zijn net gewijzigd. Lees ze hieronder nog eens en onderteken daarna."))
    # The practice may sign in this same second; its signature on another version must not be taken over.
    changed = Agreement.objects.filter(
        Q(practice_signed_at__isnull=True) | Q(patient_signed_at__isnull=False) | Q(text_id=text_id),
        pk=row.pk,
        ended_at__isnull=True,
    ).update(
        text_id=text_id,
        patient_signed_at=now,
        patient_signer_id=viewer.person_id,
        patient_signer_level=viewer.level.name.lower(),
    )
    if changed != 1:
        raise AgreementChanged(_("De afspraken zijn net gewijzigd. Lees ze hieronder nog eens en onderteken daarna."))
    facts.forget()
    row.refresh_from_db(fields=["practice_signed_at"])
    if row.practice_signed_at is None:
        worklist.add_item(
            practice_id=practice_id,
            kind=ItemKind.AGREEMENT_TO_SIGN,
            about_id=row.pk,
            person_id=patient_id,
            for_right=StaffRight.SIGN_AGREEMENT,
        )


@deed()
def sign_for_practice(*, viewer: Viewer, agreement_id: AgreementId, now: datetime) -> None:
    """The other half: an employee with the right signs for the practice; signing twice is signing once.

    Raises NotVisible, NotAllowed, AgreementChanged (ended meanwhile). Audit: `agreement.sign`.
    """
    row = _open_row(viewer, agreement_id, "agreement.sign", now)
    if row.practice_signed_at is None:
        text = row.text if row.patient_signed_at else offered_text(row)
        changed = Agreement.objects.filter(
            pk=row.pk, ended_at__isnull=True, practice_signed_at__isnull=True, text_id=row.text_id
        ).update(text=text, practice_signed_at=now, practice_signer_id=viewer.employee_id)
        row.refresh_from_db()
        if changed == 1 and row.patient_signed_at:
            _tell_patient(viewer, row, f"agreement:{row.pk}:signed", now)
    if row.ended_at is not None:
        raise AgreementChanged(_("Deze afspraken zijn beëindigd. U kunt ze niet meer ondertekenen."))
    _finish_item(viewer, row, now)
    facts.forget()


def end_for_patient(*, viewer: Viewer, practice_id: PracticeId, now: datetime) -> bool:
    """The patient ends the agreement: the record is closed at once. False when there was nothing to end.

    Raises NotVisible. Audit: `agreement.end`.
    """
    if viewer.kind is not ViewerKind.PATIENT or viewer.subject_id is None:
        raise NotVisible(DataKind.AGREEMENT)
    patient_id = viewer.subject_id
    open_agreement(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        use=Use.CHANGE,
        now=now,
        event="agreement.end",
    )
    row = _running(patient_id, practice_id)
    return row is not None and end_row(viewer=viewer, row=row, now=now)


def end_for_practice(*, viewer: Viewer, agreement_id: AgreementId, now: datetime) -> bool:
    """The practice ends the agreement: the record is closed at once, and the patient is told.

    Raises NotVisible, NotAllowed. Audit: `agreement.end`.
    """
    row = _open_row(viewer, agreement_id, "agreement.end", now)
    if not end_row(viewer=viewer, row=row, now=now):
        return False
    _tell_patient(viewer, row, f"agreement:{row.pk}:ended", now)
    return True


def end_all(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> None:
    """Close everything online of a patient who leaves the practice, so that coming back starts afresh.

    For the care app that ends the enrolment and asked the gate for that.
    """
    row = _running(patient_id, practice_id)
    if row is not None:
        end_row(viewer=viewer, row=row, now=now)
    withdraw_running(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    Invitation.objects.filter(
        practice_id=practice_id, person_id=patient_id, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)
    facts.forget()


def end_row(*, viewer: Viewer, row: Agreement, now: datetime) -> bool:
    """End one agreement and what hangs on it: a release must not come to life again with a later agreement."""
    changed = Agreement.objects.filter(pk=row.pk, ended_at__isnull=True).update(
        ended_at=now, ended_by_patient=viewer.kind is ViewerKind.PATIENT
    )
    withdraw_running(
        viewer=viewer, patient_id=PersonId(row.person_id), practice_id=PracticeId(row.practice_id), now=now
    )
    _finish_item(viewer, row, now)
    facts.forget()
    return changed == 1


def _open_row(viewer: Viewer, agreement_id: AgreementId, event: str, now: datetime) -> Agreement:
    row = find_row(viewer=viewer, agreement_id=agreement_id)
    open_agreement(
        viewer=viewer,
        patient_id=PersonId(row.person_id),
        practice_id=PracticeId(row.practice_id),
        use=Use.CHANGE,
        now=now,
        event=event,
        object_id=row.pk,
        detail={"text": row.text_id},
    )
    return row


def _running(patient_id: PersonId, practice_id: PracticeId) -> Agreement | None:
    return (
        Agreement.objects.filter(person_id=patient_id, practice_id=practice_id, ended_at__isnull=True)
        .select_related("text")
        .first()
    )


def _accepted_invitation(patient_id: PersonId, practice_id: PracticeId) -> bool:
    """An invitation that was accepted since the latest agreement ended: an old yes does not count again."""
    ended = (
        Agreement.objects.filter(person_id=patient_id, practice_id=practice_id, ended_at__isnull=False)
        .order_by(F("ended_at").desc())
        .values_list("ended_at", flat=True)
        .first()
    )
    accepted = Invitation.objects.filter(
        person_id=patient_id, practice_id=practice_id, accepted_at__isnull=False, revoked_at__isnull=True
    )
    return (accepted.filter(accepted_at__gt=ended) if ended else accepted).exists()


def _finish_item(viewer: Viewer, row: Agreement, now: datetime) -> None:
    worklist.finish_items(
        viewer=viewer,
        practice_id=PracticeId(row.practice_id),
        kind=ItemKind.AGREEMENT_TO_SIGN,
        about_id=row.pk,
        now=now,
    )


def _tell_patient(viewer: Viewer, row: Agreement, event_key: str, now: datetime) -> None:
    messaging.notify(
        viewer=viewer,
        person_id=PersonId(row.person_id),
        practice_id=PracticeId(row.practice_id),
        kind=NoticeKind.AGREEMENT,
        event_key=event_key,
        now=now,
    )
