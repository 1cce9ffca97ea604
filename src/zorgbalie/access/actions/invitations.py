"""Inviting a patient, and accepting the invitation (REQ 4, 6).

Who the patient is follows from the BSN that DigiD gives and from nothing else (A7, A17, security row 64). The code of a
letter only shows that the letter arrived; with it nobody signs in, and for somebody else it is worth nothing.
"""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from zorgbalie.access import gate
from zorgbalie.access.actions.agreements import prepare_agreement
from zorgbalie.access.models import Invitation
from zorgbalie.access.queries.agreements import open_agreement
from zorgbalie.access.rules import (
    INVITATION_RUNS,
    code_digest,
    invitation_state,
    is_code,
    new_code,
    written_code,
)
from zorgbalie.access.types import (
    Acceptance,
    DataKind,
    InvitationChannel,
    InvitationRefused,
    InvitationState,
    Invited,
    Use,
)
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.kernel.ages import AgeGroup, age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import InvitationId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer, ViewerKind
from zorgbalie.messaging import actions as messaging
from zorgbalie.people import queries as people
from zorgbalie.people.types import PersonName, PostalAddress
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeCard

_OUTCOME = {
    InvitationState.EXPIRED: Acceptance.EXPIRED,
    InvitationState.BLOCKED: Acceptance.BLOCKED,
}


def digest_of_code(*, code: str) -> str:
    """What is kept of a code; for worlds to look at, whose code is known."""
    return code_digest(code=code)


@deed()
def invite_patient(*, viewer: Viewer, patient_id: PersonId, channel: InvitationChannel, now: datetime) -> Invited:
    """Invite by letter (the PDF is returned, once) or by e-mail; an earlier open invitation lapses.

    Who may sign for the practice signs by inviting. Raises NotVisible, NotAllowed, NoAgreementText, InvitationRefused
    (no checked e-mail address; a colleague invited in this same second). Audit: `invitation.create`.
    """
    practice_id = viewer.practice_id
    if practice_id is None or viewer.employee_id is None:
        raise NotVisible(DataKind.INVITATION)
    _open(viewer, patient_id, practice_id, channel, now)
    person = people.list_names(person_ids=[patient_id])[patient_id]
    if channel is InvitationChannel.EMAIL and not (person.email and person.email_verified):
        raise InvitationRefused(
            _("Er is geen gecontroleerd e-mailadres. Vul het in bij de gegevens, of maak een brief."), field="channel"
        )
    prepare_agreement(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    code = new_code() if channel is InvitationChannel.LETTER else ""
    row = _replace(viewer, patient_id, practice_id, channel, code, now)
    invitation_id = InvitationId(row.pk)
    if channel is InvitationChannel.EMAIL:
        messaging.send_invitation(
            viewer=viewer, person_id=patient_id, practice_id=practice_id, invitation_id=invitation_id, now=now
        )
        return Invited(invitation_id=invitation_id, channel=channel)
    letter = _letter(practices.get_practice_card(practice_id=practice_id), person, code, row.expires_at, now)
    return Invited(invitation_id=invitation_id, channel=channel, letter=letter)


def revoke_invitation(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Take an open invitation back; its code is worth nothing from then on.

    Raises NotVisible, NotAllowed. Audit: `invitation.revoke`.
    """
    practice_id = viewer.practice_id
    if practice_id is None:
        raise NotVisible(DataKind.INVITATION)
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.INVITATION,
        use=Use.CHANGE,
        event="invitation.revoke",
        now=now,
    )
    return _revoke_open(patient_id, practice_id, now) > 0


def accept_invitation(*, viewer: Viewer, practice_id: PracticeId, code: str, now: datetime) -> Acceptance:
    """The signed-in patient, or who acts for the patient, takes up the invitation; once accepted it stays accepted.

    A wrong code counts, and after five the invitation is blocked: the outcome is a value, so that the count is kept.
    Raises NotVisible. Audit: `invitation.accept`.
    """
    if viewer.kind is not ViewerKind.PATIENT or viewer.subject_id is None:
        raise NotVisible(DataKind.AGREEMENT)
    open_agreement(
        viewer=viewer,
        patient_id=viewer.subject_id,
        practice_id=practice_id,
        use=Use.CHANGE,
        now=now,
        event="invitation.accept",
    )
    row = (
        Invitation.objects.filter(person_id=viewer.subject_id, practice_id=practice_id, revoked_at__isnull=True)
        .order_by("-created_at", "-pk")
        .first()
    )
    return _accept(row, code, now) if row else Acceptance.NOT_INVITED


def _accept(row: Invitation, code: str, now: datetime) -> Acceptance:
    state = invitation_state(
        accepted_at=row.accepted_at,
        revoked_at=row.revoked_at,
        expires_at=row.expires_at,
        failed_attempts=row.failed_attempts,
        now=now,
    )
    if state is InvitationState.ACCEPTED:
        return Acceptance.ACCEPTED
    if state is not InvitationState.OPEN:
        return _OUTCOME.get(state, Acceptance.NOT_INVITED)
    open_row = Invitation.objects.filter(pk=row.pk, accepted_at__isnull=True, revoked_at__isnull=True)
    # The attempt is counted before the code is compared: many guesses at once wait for one another on this row.
    if row.channel == InvitationChannel.LETTER:
        counted = open_row.filter(failed_attempts=row.failed_attempts)
        if counted.update(failed_attempts=F("failed_attempts") + 1) != 1 or not is_code(
            typed=code, digest=row.code_digest
        ):
            return Acceptance.WRONG_CODE
    accepted = open_row.update(accepted_at=now) == 1
    return Acceptance.ACCEPTED if accepted else Acceptance.NOT_INVITED


def _open(
    viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, channel: InvitationChannel, now: datetime
) -> None:
    gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=practice_id,
        kind=DataKind.INVITATION,
        use=Use.CHANGE,
        event="invitation.create",
        now=now,
        action=AuditAction.CREATE,
        object_type="invitation",
        detail={"channel": channel},
    )


def _replace(
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    channel: InvitationChannel,
    code: str,
    now: datetime,
) -> Invitation:
    _revoke_open(patient_id, practice_id, now)
    try:
        with transaction.atomic():
            return Invitation.objects.create(
                practice_id=practice_id,
                person_id=patient_id,
                channel=channel,
                code_digest=code_digest(code=code) if code else "",
                invited_by_id=viewer.employee_id or 0,
                created_at=now,
                expires_at=now + INVITATION_RUNS,
            )
    except IntegrityError as error:
        raise InvitationRefused(_("Een collega heeft deze patiënt net uitgenodigd.")) from error


def _revoke_open(patient_id: PersonId, practice_id: PracticeId, now: datetime) -> int:
    return Invitation.objects.filter(
        practice_id=practice_id, person_id=patient_id, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)


def _letter(practice: PracticeCard, person: PersonName, code: str, expires_at: datetime, now: datetime) -> bytes:
    """The letter, in Dutch: it goes with the agreement, whose text is Dutch."""
    with override("nl"):
        return render_pdf(
            template="access/invitation_letter", data=_letter_data(practice, person, code, expires_at, now), now=now
        )


def _letter_data(
    practice: PracticeCard, person: PersonName, code: str, expires_at: datetime, now: datetime
) -> dict[str, object]:
    address = people.get_postal_address(person_id=person.person_id)
    is_young = age_group_on(person.birth_date, local_date(now)) is AgeGroup.UNDER_12
    until = formats.date_format(local_date(expires_at), "j F Y")
    return {
        "language": "nl",
        "title": _("Uw dossier online bekijken"),
        "sender": practice.name,
        "sender_lines": "\n".join(line for line in (practice.address, practice.phone) if line),
        "address_lines": _address_lines(person, address, is_young=is_young),
        "date": formats.date_format(local_date(now), "j F Y"),
        "page_words": [_("Pagina"), _("van")],
        "greeting": _("Beste lezer,"),
        "paragraphs": [
            _("Wij nodigen u uit om mee te doen met ons patiëntenportaal. Daarin regelt u zaken met onze praktijk."),
            _("U kunt daar ook vragen om uw dossier te lezen. Meedoen is uw eigen keuze en kost niets."),
        ],
        "steps_title": _("Zo doet u mee"),
        "steps": [
            _("Ga naar %(address)s") % {"address": settings.PORTAL_URL},
            _("Log in met uw eigen DigiD."),
            _("Kies Toegang tot mijn dossier en vul de code uit deze brief in."),
            _("Lees de afspraken en onderteken ze."),
        ],
        "code_label": _("Uw code"),
        "code": written_code(code=code),
        "code_note": _("De code werkt één keer en is geldig tot en met %(day)s.") % {"day": until},
        "closing": [
            _("Met de code alleen kan niemand inloggen. Geef hem toch aan niemand anders."),
            _("Heeft u een vraag, of lukt het niet? Bel ons: %(phone)s.") % {"phone": practice.phone},
        ],
        "regards": _("Met vriendelijke groet,"),
    }


def _address_lines(person: PersonName, address: PostalAddress, *, is_young: bool) -> str:
    to = _("Aan de ouders of verzorgers van") if is_young else ""
    street = f"{address.street} {address.house_number}".strip()
    place = f"{address.postcode} {address.city}".strip()
    return "\n".join(line for line in (to, person.full_name, street, place) if line)
