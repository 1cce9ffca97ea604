"""Questions that are being written: of their writer alone, on whatever device (REQ 30, 32; ux 8)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet

from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.consult.models import Consult
from zorgbalie.consult.queries.answers import asked_of
from zorgbalie.consult.queries.asking import get_ask_rules
from zorgbalie.consult.queries.attachments import unsent_of
from zorgbalie.consult.queries.patient import open_consults, open_everywhere, own_rows
from zorgbalie.consult.queries.places import list_open, place_of
from zorgbalie.consult.queries.reasons import has_reasons
from zorgbalie.consult.queries.rows import about_of
from zorgbalie.consult.queries.settings import get_rules, signs_for
from zorgbalie.consult.types import (
    About,
    AboutKind,
    Addressee,
    AddresseeKind,
    ConsultState,
    DoctorChoice,
    Draft,
    UrgentSigns,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import ConsultId, DocumentId, EpisodeId, LabReportId, ObservationId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind
from zorgbalie.record.queries import patient_documents, patient_record, patient_results
from zorgbalie.record.queries.correction_items import find_item
from zorgbalie.record.types.corrections import ItemFound, RecordItem

_MOST_DRAFTS = 10
_ITEM_OF = {
    AboutKind.MEDICINE: RecordItem.MEDICINE,
    AboutKind.CONTACT: RecordItem.CONTACT,
    AboutKind.LINE: RecordItem.LINE,
}


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
    if kind in _ITEM_OF:
        item = find_item(viewer=viewer, kind=_ITEM_OF[kind], item_id=about_id, now=now)
        return About(kind=kind, about_id=about_id, title=item.title[:255], day=_day_of(item))
    episode, _contacts = patient_record.get_episode(viewer=viewer, episode_id=EpisodeId(about_id), now=now, page=1)
    return About(kind=kind, about_id=about_id, title=episode.title[:255])


def list_drafts(*, viewer: Viewer, now: datetime) -> tuple[Draft, ...]:
    """What the one who looks began to write and did not send, the latest first. Audit: `consult.list`."""
    places = [grant.practice_id for grant in open_everywhere(viewer=viewer, event="consult.list", now=now)]
    rows = _written(viewer, places).order_by("-changed_at", "-pk")[:_MOST_DRAFTS]
    return tuple(draft_of(row) for row in rows)


def has_unsent(*, viewer: Viewer, now: datetime) -> bool:
    """Whether the one who looks has a question to send still; for the first page. Shows no data, logs nothing."""
    places = [card.practice_id for card in list_open(viewer=viewer, now=now)]
    return bool(places) and _written(viewer, places).exists()


def get_draft(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> Draft:
    """One of them, with its files. Raises NotVisible, also once it was sent. Audit: `consult.draft_read`."""
    grant = open_consults(
        viewer=viewer,
        use=Use.READ,
        event="consult.draft_read",
        now=now,
        object_type="consult",
        object_id=consult_id,
        practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now),
    )
    row = find_draft_row(viewer=viewer, grant=grant, consult_id=consult_id)
    return replace(
        draft_of(row),
        files=unsent_of(viewer=viewer, consult_id=consult_id),
        answers=asked_of(row),
        offers_reasons=not row.about_kind and has_reasons(grant=grant, now=now),
        is_pharmacy=_is_pharmacy(grant),
    )


def find_draft_row(*, viewer: Viewer, grant: Grant, consult_id: ConsultId, lock: bool = False) -> Consult:
    """The row of a draft, for this app's actions. Raises NotVisible."""
    rows = own_rows(grant).select_for_update() if lock else own_rows(grant)
    row = rows.filter(pk=consult_id, state=ConsultState.DRAFT, asked_by_id=viewer.person_id).first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    return row


def list_addressees(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> tuple[Addressee, ...]:
    """To whom the patient can write: the practice, doctors as it chose, and each function that is shown (REQ 30).

    Raises NotVisible. Audit: `consult.start`.
    """
    place = place_of(viewer=viewer, consult_id=consult_id, now=now)
    grant = open_consults(viewer=viewer, use=Use.READ, event="consult.start", now=now, practice_id=place)
    return addressees(grant=grant)


def addressees(*, grant: Grant) -> tuple[Addressee, ...]:
    """The same within a grant, for this app's actions."""
    groups = [
        Addressee(kind=AddresseeKind.GROUP, name=group.name, description=group.description, group_id=group.group_id)
        for group in practices.list_groups(practice_id=grant.practice_id, patients_only=True)
    ]
    # A pharmacy is named, for the patient calls the GP practice "the practice".
    whole = practices.get_practice_card(practice_id=grant.practice_id).name if _is_pharmacy(grant) else ""
    return (Addressee(kind=AddresseeKind.PRACTICE, name=whole), *_doctors(grant), *groups)


def _written(viewer: Viewer, places: Iterable[PracticeId]) -> "QuerySet[Consult]":
    """The viewer's own drafts with at least a word in them."""
    mine = Consult.objects.filter(patient_id=check_subject(viewer), practice_id__in=list(places))
    rows = mine.filter(state=ConsultState.DRAFT, asked_by_id=viewer.person_id)
    return rows.exclude(draft_text="", subject="")


def _doctors(grant: Grant) -> list[Addressee]:
    """The accounts that can be named here: none, the own doctor, or all; without those that are not shown."""
    chosen = get_ask_rules(practice_id=grant.practice_id)
    if chosen.doctors is DoctorChoice.NONE:
        return []
    own = practices.find_enrolment_account(person_id=grant.patient_id, practice_id=grant.practice_id)
    found = [(own.account_id, own.name)] if own else []
    if chosen.doctors is DoctorChoice.ALL:
        accounts = practices.list_accounts(practice_id=grant.practice_id)
        found += [
            (one.account_id, one.name) for one in accounts if one.is_active and (one.account_id, one.name) not in found
        ]
    return [
        Addressee(
            kind=AddresseeKind.ACCOUNT,
            name=name,
            account_id=account_id,
            is_own=own is not None and account_id == own.account_id,
        )
        for account_id, name in found
        if account_id not in chosen.hidden_accounts
    ]


def _is_pharmacy(grant: Grant) -> bool:
    return practices.find_practice_kind(practice_id=grant.practice_id) is PracticeKind.PHARMACY


def _day_of(item: ItemFound) -> date | None:
    """The day of a contact; a medicine is named by its title alone."""
    return item.contact.day if item.contact is not None else None


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
        reason_name=row.reason_name,
    )


def _key_of(row: Consult) -> str:
    if row.addressed_account_id:
        return f"{AddresseeKind.ACCOUNT.value}-{row.addressed_account_id}"
    if row.addressed_group_id:
        return f"{AddresseeKind.GROUP.value}-{row.addressed_group_id}"
    return f"{AddresseeKind.PRACTICE.value}-0" if row.revision else ""
