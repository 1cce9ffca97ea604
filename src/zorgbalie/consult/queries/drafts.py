"""Questions that are being written: of their writer alone, on whatever device (REQ 30, 32; ux 8)."""

from dataclasses import replace
from datetime import datetime

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.attachments import unsent_of
from zorgbalie.consult.queries.patient import open_consults, own_rows
from zorgbalie.consult.queries.rows import about_of
from zorgbalie.consult.queries.settings import get_rules, signs_for
from zorgbalie.consult.types import (
    About,
    AboutKind,
    Addressee,
    AddresseeKind,
    ConsultState,
    Draft,
    UrgentSigns,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, DocumentId, EpisodeId, LabReportId, ObservationId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.queries import patient_documents, patient_record, patient_results

_MOST_DRAFTS = 10


def get_warning(*, viewer: Viewer, now: datetime) -> UrgentSigns:
    """When to call instead of writing (R17; ux 13). Raises NotVisible. Audit: `consult.start`."""
    grant = open_consults(viewer=viewer, use=Use.READ, event="consult.start", now=now)
    return signs_for(viewer=viewer, chosen=get_rules(practice_id=grant.practice_id), now=now)


def find_about(*, viewer: Viewer, kind: AboutKind, about_id: int, now: datetime) -> About:
    """A part of the own record to ask about, as it is named today.

    Raises NotVisible for what this viewer cannot read: nobody learns by asking that it exists. Audit: `record.read`.
    """
    if kind is AboutKind.LAB_REPORT:
        card = patient_results.get_card(viewer=viewer, report_id=LabReportId(about_id), now=now)
        return About(kind=kind, about_id=about_id, day=card.day)
    if kind is AboutKind.VALUE:
        history = patient_record.get_value_history(
            viewer=viewer, observation_id=ObservationId(about_id), now=now, page=1
        )
        return About(kind=kind, about_id=about_id, title=history.title[:255], day=history.latest.day)
    if kind is AboutKind.LETTER:
        letter = patient_documents.get_letter_of_request(viewer=viewer, document_id=DocumentId(about_id), now=now)
        return About(kind=kind, about_id=about_id, title=letter.title[:255], day=letter.document_date)
    episode, _contacts = patient_record.get_episode(viewer=viewer, episode_id=EpisodeId(about_id), now=now, page=1)
    return About(kind=kind, about_id=about_id, title=episode.title[:255])


def list_drafts(*, viewer: Viewer, now: datetime) -> tuple[Draft, ...]:
    """What the one who looks began to write and did not send, the latest first. Audit: `consult.list`."""
    grant = open_consults(viewer=viewer, use=Use.READ, event="consult.list", now=now)
    rows = own_rows(grant).filter(state=ConsultState.DRAFT, asked_by_id=viewer.person_id)
    written = rows.exclude(draft_text="", subject="").order_by("-changed_at", "-pk")[:_MOST_DRAFTS]
    return tuple(draft_of(row) for row in written)


def get_draft(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> Draft:
    """One of them, with its files. Raises NotVisible, also once it was sent. Audit: `consult.draft_read`."""
    grant = open_consults(
        viewer=viewer, use=Use.READ, event="consult.draft_read", now=now, object_type="consult", object_id=consult_id
    )
    found = draft_of(find_draft_row(viewer=viewer, grant=grant, consult_id=consult_id))
    return replace(found, files=unsent_of(viewer=viewer, consult_id=consult_id))


def find_draft_row(*, viewer: Viewer, grant: Grant, consult_id: ConsultId, lock: bool = False) -> Consult:
    """The row of a draft, for this app's actions. Raises NotVisible."""
    rows = own_rows(grant).select_for_update() if lock else own_rows(grant)
    row = rows.filter(pk=consult_id, state=ConsultState.DRAFT, asked_by_id=viewer.person_id).first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    return row


def list_addressees(*, viewer: Viewer, now: datetime) -> tuple[Addressee, ...]:
    """To whom the patient can write: the practice, the own doctor, and each function that is shown (REQ 30).

    Raises NotVisible. Audit: `consult.start`.
    """
    grant = open_consults(viewer=viewer, use=Use.READ, event="consult.start", now=now)
    return addressees(grant=grant)


def addressees(*, grant: Grant) -> tuple[Addressee, ...]:
    """The same within a grant, for this app's actions."""
    account = practices.find_enrolment_account(person_id=grant.patient_id, practice_id=grant.practice_id)
    doctors = (
        [Addressee(kind=AddresseeKind.ACCOUNT, name=account.name, account_id=account.account_id)] if account else []
    )
    groups = [
        Addressee(kind=AddresseeKind.GROUP, name=group.name, description=group.description, group_id=group.group_id)
        for group in practices.list_groups(practice_id=grant.practice_id, patients_only=True)
    ]
    return (Addressee(kind=AddresseeKind.PRACTICE), *doctors, *groups)


def draft_of(row: Consult) -> Draft:
    """A row as its writer receives it."""
    return Draft(
        consult_id=ConsultId(row.pk),
        revision=row.revision,
        about=about_of(row),
        subject=row.subject,
        text=row.draft_text,
        addressee_key=_key_of(row),
        addressee_name=row.addressed_name,
        changed_at=row.changed_at,
    )


def _key_of(row: Consult) -> str:
    if row.addressed_account_id:
        return f"{AddresseeKind.ACCOUNT.value}-{row.addressed_account_id}"
    if row.addressed_group_id:
        return f"{AddresseeKind.GROUP.value}-{row.addressed_group_id}"
    return f"{AddresseeKind.PRACTICE.value}-0" if row.revision else ""
