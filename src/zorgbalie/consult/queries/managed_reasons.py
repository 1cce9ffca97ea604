"""Reasons as the practice manages them (REQ 28, 30; ux 51)."""

from typing import Any

from django.db.models import QuerySet

from zorgbalie.access import gate
from zorgbalie.consult.models import ConsultReason
from zorgbalie.consult.queries.answers import question_of
from zorgbalie.consult.queries.reasons import care_links
from zorgbalie.consult.types import Addressee, AddresseeKind, CareLink, ForWhom, Reason
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId, ReasonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.knowledge.types import InfoLink
from zorgbalie.practice import queries as practices
from zorgbalie.practice.types import PracticeKind

_READ = "consult.reasons_read"


def list_managed(*, viewer: Viewer) -> tuple[Reason, ...]:
    """All reasons of the own practice in the order in which patients see them. Raises NotAllowed."""
    rows = own_reasons(practice_id=gate.check_manager(viewer=viewer, event=_READ))
    return tuple(reason_of(row) for row in rows.prefetch_related("questions").order_by("position", "pk"))


def get_managed(*, viewer: Viewer, reason_id: ReasonId) -> Reason:
    """One of them. Raises NotAllowed, NotVisible."""
    rows = own_reasons(practice_id=gate.check_manager(viewer=viewer, event=_READ))
    row = rows.prefetch_related("questions").filter(pk=reason_id).first()
    if row is None:
        raise NotVisible("consult_reason")
    return reason_of(row)


def list_receivers(*, viewer: Viewer) -> tuple[Addressee, ...]:
    """To whom a reason can go by default: an account in use or a function. Raises NotAllowed."""
    return receivers(practice_id=gate.check_manager(viewer=viewer, event=_READ))


def preview_links(*, viewer: Viewer, wanted: Reason) -> tuple[InfoLink, ...]:
    """What patients get of the self-care information that is filled in. Raises NotAllowed."""
    return care_links(
        practice_id=gate.check_manager(viewer=viewer, event=_READ),
        chosen=tuple((one.title, one.address) for one in wanted.care_links),
        term=wanted.care_term,
        code=wanted.care_code,
    )


def is_pharmacy(*, viewer: Viewer) -> bool:
    """Whether the own practice is a pharmacy, which gets other examples. Raises NotAllowed."""
    kind = practices.find_practice_kind(practice_id=gate.check_manager(viewer=viewer, event=_READ))
    return kind is PracticeKind.PHARMACY


def receivers(*, practice_id: PracticeId) -> tuple[Addressee, ...]:
    """The same for this app's actions."""
    accounts = [
        Addressee(kind=AddresseeKind.ACCOUNT, name=one.name, account_id=one.account_id)
        for one in practices.list_accounts(practice_id=practice_id)
        if one.is_active
    ]
    groups = [
        Addressee(kind=AddresseeKind.GROUP, name=one.name, group_id=one.group_id)
        for one in practices.list_groups(practice_id=practice_id)
    ]
    return (*accounts, *groups)


def own_reasons(*, practice_id: PracticeId) -> "QuerySet[ConsultReason]":
    """The rows of a practice; for this app."""
    return ConsultReason.objects.filter(practice_id=practice_id)


def reason_of(row: Any) -> Reason:
    """A row with its questions as the manager receives it. Typed loosely: the questions were read along."""
    goes_to = ""
    if row.to_account_id:
        goes_to = f"{AddresseeKind.ACCOUNT.value}-{row.to_account_id}"
    elif row.to_group_id:
        goes_to = f"{AddresseeKind.GROUP.value}-{row.to_group_id}"
    return Reason(
        reason_id=ReasonId(row.pk),
        name=row.name,
        description=row.description,
        for_whom=ForWhom(row.for_whom),
        goes_to=goes_to,
        care_term=row.care_term,
        care_code=row.care_code,
        care_links=tuple(CareLink(title=title, address=address) for title, address in row.care_links),
        questions=tuple(question_of(one) for one in sorted(row.questions.all(), key=lambda one: one.place)),
        is_on=row.is_on,
        revision=row.revision,
    )
