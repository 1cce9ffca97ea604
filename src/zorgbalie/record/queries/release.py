"""The release page: what there is to tick, and exactly what the patient would see (REQ 54 to 58, ux 50)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from zorgbalie.access import facts, gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.kernel.ages import age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PersonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.record.queries import preview, shown
from zorgbalie.record.queries.candidates import list_items
from zorgbalie.record.rules.choice import digest_of, is_hidden, with_choice, within
from zorgbalie.record.types import Hidden, RecordCounts
from zorgbalie.record.types.desk import Choice, ChoiceCounts, ChoiceItem, Cockpit, ItemKind, PatientCard

NO_CHOICE = Choice()


def get_cockpit(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    choice: Choice,
    now: datetime,
    contact_page: int = 1,
    value_page: int = 1,
) -> Cockpit:
    """All ticks of a record with a choice laid over them, and the page that the patient would then see.

    Raises NotAllowed, NotVisible. Audit: `release.preview`. Source: REQ 55; ux 50.
    """
    if viewer.practice_id is None:
        raise NotVisible(DataKind.RELEASE)
    grant = gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.RELEASE,
        use=Use.READ,
        event="release.preview",
        now=now,
    )
    stored = preview.stored_hidden(grant=grant)
    everything = preview.scope_for_release(grant=grant, hidden=Hidden(), now=now)
    known = list_items(scope=everything, hidden=stored)
    kept = within(choice=choice, known=(item.ref for item in known))
    hidden = with_choice(stored=stored, choice=kept)
    items = tuple(_ticked(item, hidden) for item in known)
    page = shown.get_counted_record(
        scope=preview.scope_for_release(grant=grant, hidden=hidden, now=now),
        contact_page=contact_page,
        value_page=value_page,
    )
    served = bool(everything.kinds)
    return Cockpit(
        patient=patient_card(patient_id=grant.patient_id, now=now),
        items=items,
        preview=page,
        counts=_counts(items, page.counts),
        choice=kept,
        was_cut=kept != Choice(hide=choice.hide, show=choice.show - choice.hide),
        digest=digest_of(items=items, served=served),
        is_released=facts.is_released(patient_id=grant.patient_id, practice_id=grant.practice_id),
        is_served=served,
        is_pharmacy=preview.is_kept_by_pharmacy(grant=grant),
    )


def patient_card(*, patient_id: PersonId, now: datetime) -> PatientCard:
    """Who the patient is, for the top of a page; the caller holds a grant."""
    name = people.list_names(person_ids=[patient_id])[patient_id]
    return PatientCard(
        patient_id=patient_id,
        full_name=name.full_name,
        birth_date=name.birth_date,
        age_group=age_group_on(name.birth_date, local_date(now)),
    )


def may_release(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the menu entry."""
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.RELEASE,
        use=Use.CHANGE,
        now=now,
    )


def _ticked(item: ChoiceItem, hidden: Hidden) -> ChoiceItem:
    ticked = not is_hidden(ref=item.ref, hidden=hidden)
    return item if item.ticked is ticked else replace(item, ticked=ticked)


def _counts(items: Collection[ChoiceItem], seen: RecordCounts) -> ChoiceCounts:
    hidden = {kind: sum(1 for item in items if item.ref.kind is kind and not item.ticked) for kind in ItemKind}
    return ChoiceCounts(
        shown=seen,
        hidden=hidden,
        newly_hidden=sum(1 for item in items if item.stored and not item.ticked),
        newly_shown=sum(1 for item in items if item.ticked and not item.stored),
    )
