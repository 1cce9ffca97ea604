"""Reads of how a patient wants to hear results (ux 32)."""

from datetime import datetime

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.kernel.ids import PersonId, PracticeId, ResultKindId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice import queries as practices
from zorgbalie.record.models import ResultWish
from zorgbalie.record.queries.patient_home import check_record_practice
from zorgbalie.record.queries.result_kinds import list_rules
from zorgbalie.record.types.result_kinds import HearBy, KindChoice, Wishes, WishPage


def get_wish_page(*, viewer: Viewer, now: datetime) -> WishPage:
    """The patient's own wishes at the GP practice, and the kinds of that practice. Raises NotVisible.

    Audit: `wishes.read`.
    """
    practice_id = check_record_practice(viewer=viewer)
    grant = open_wishes(
        viewer=viewer, patient_id=check_subject(viewer), practice_id=practice_id, use=Use.READ, event="wishes.read",
        now=now,
    )  # fmt: skip
    wishes = read_wishes(grant=grant)
    *kinds, rest = list_rules(practice_id=practice_id)
    card = practices.get_practice_card(practice_id=practice_id)
    return WishPage(
        practice_name=card.name,
        practice_phone=card.phone,
        general=wishes.general,
        rest=rest,
        kinds=tuple(
            KindChoice(rule=rule, wish=wishes.per_kind.get(rule.kind_id) if rule.kind_id else None) for rule in kinds
        ),
        changed_at=wishes.changed_at,
    )


def may_wish(*, viewer: Viewer, now: datetime) -> bool:
    """Whether the page of wishes is there for who looks, for a link to it. Shows no data, logs nothing."""
    return any(
        gate.may_open_patient(
            viewer=viewer,
            patient_id=check_subject(viewer),
            practice_id=card.practice_id,
            kind=DataKind.RESULT_WISHES,
            use=Use.CHANGE,
            now=now,
        )
        for card in practices.list_enrolled_practices(person_id=check_subject(viewer))
    )


def list_wishes(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> Wishes:
    """The wishes, before a result is published. Raises NotAllowed, NotVisible. Audit: `wishes.read`."""
    grant = open_wishes(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, use=Use.READ, event="wishes.read", now=now
    )
    return read_wishes(grant=grant)


def open_wishes(
    *,
    viewer: Viewer,
    patient_id: PersonId,
    practice_id: PracticeId,
    use: Use,
    event: str,
    now: datetime,
    detail: dict[str, str | int | bool | list[int]] | None = None,
) -> Grant:
    """Leave to read or change the wishes, for this app. Raises NotAllowed, NotVisible. Audit: `event`."""
    return gate.open_patient(
        viewer=viewer, patient_id=patient_id, practice_id=practice_id, kind=DataKind.RESULT_WISHES, use=use,
        event=event, now=now, detail=detail,
    )  # fmt: skip


def read_wishes(*, grant: Grant) -> Wishes:
    """What is stored, within a grant, in one query."""
    rows = list(ResultWish.objects.filter(patient_id=grant.patient_id, practice_id=grant.practice_id))
    given = [row for row in rows if row.hear_by]
    return Wishes(
        general=next((HearBy(row.hear_by) for row in given if row.kind_id is None), None),
        per_kind={ResultKindId(row.kind_id): HearBy(row.hear_by) for row in given if row.kind_id is not None},
        changed_at=max((row.changed_at for row in rows), default=None),
    )
