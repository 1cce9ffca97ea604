"""What a practice decides about sources and about its own links. Each says the wanted end, so twice is once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.integrations.knowledge import AddressFault, AddressRefused, check_template
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.knowledge.models import KnowledgeChoice, KnowledgeLink, KnowledgeSource
from zorgbalie.knowledge.queries.links import source_rows
from zorgbalie.knowledge.types import ItemKind, KnowledgeLinkId, KnowledgeSourceId, LinkState, SourceRefused

_MOST_SOURCES = 20


@transaction.atomic
def switch_source(*, viewer: Viewer, source_id: KnowledgeSourceId, is_on: bool) -> None:
    """Give a source to the own patients, or no longer.

    Raises NotAllowed, NotVisible. Audit: `knowledge.source_switched`.
    """
    event = "knowledge.source_switched"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    row = _source(practice_id, source_id)
    _choose(practice_id, source_id, is_on=is_on, place=row.own_place)
    _log(viewer, event, AuditAction.UPDATE, "knowledge_source", source_id, {"on": is_on})


@transaction.atomic
def place_source(*, viewer: Viewer, source_id: KnowledgeSourceId, place: int) -> None:
    """Put a source in a place (from 1) among those of its kind; the others close up.

    Raises NotAllowed, NotVisible. Audit: `knowledge.source_placed`.
    """
    event = "knowledge.source_placed"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    moved = _source(practice_id, source_id)
    rows = list(source_rows(practice_id=practice_id).filter(kind=moved.kind).order_by("own_place", "pk"))
    rest = [row for row in rows if row.pk != source_id]
    rest.insert(max(0, min(place - 1, len(rest))), moved)
    for number, row in enumerate(rest, start=1):
        _choose(practice_id, KnowledgeSourceId(row.pk), is_on=row.own_is_on, place=number)
    _log(viewer, event, AuditAction.UPDATE, "knowledge_source", source_id, {"place": place})


@transaction.atomic
def add_source(*, viewer: Viewer, name: str, kind: ItemKind, about: str, template: str) -> KnowledgeSourceId:
    """A search page of the own choice, last in its kind. The same one again is the same one.

    Raises NotAllowed, SourceRefused. Audit: `knowledge.source_added`. Source: security rows 26, 31.
    """
    event = "knowledge.source_added"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    try:
        check_template(template)
    except AddressRefused as error:
        raise SourceRefused(_address_words(error.fault), field="template") from None
    rows = source_rows(practice_id=practice_id)
    if rows.filter(practice_id=practice_id).count() >= _MOST_SOURCES:
        raise SourceRefused(_("U heeft al 20 eigen websites. Haal er eerst een weg."), field="name")
    latest = max((row.own_place for row in rows.filter(kind=kind)), default=0)
    row, _new = KnowledgeSource.objects.get_or_create(
        practice_id=practice_id, kind=kind, template=template,
        defaults={"name": name, "about": about, "place": latest + 1},
    )  # fmt: skip
    _log(viewer, event, AuditAction.CREATE, "knowledge_source", row.pk, {"name": name})
    return KnowledgeSourceId(row.pk)


@transaction.atomic
def remove_source(*, viewer: Viewer, source_id: KnowledgeSourceId) -> None:
    """Take away an own source; one of all practices can be switched off only.

    Raises NotAllowed, NotVisible. Audit: `knowledge.source_removed`.
    """
    event = "knowledge.source_removed"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    row = KnowledgeSource.objects.filter(practice_id=practice_id, pk=source_id).first()
    if row is None:
        raise NotVisible("knowledge_source")
    row.delete()
    _log(viewer, event, AuditAction.DELETE, "knowledge_source", source_id, {"name": row.name})


@transaction.atomic
def mark_link(*, viewer: Viewer, link_id: KnowledgeLinkId, state: LinkState, now: datetime) -> None:
    """Say by hand that a page of the own practice is gone, or there again; the check then leaves it alone.

    Raises NotAllowed, NotVisible. Audit: `knowledge.link_marked`.
    """
    event = "knowledge.link_marked"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    by_hand = viewer.employee_id if state is LinkState.DEAD else None
    found = KnowledgeLink.objects.filter(practice_id=practice_id, pk=link_id)
    if not found.update(state=state, state_by_id=by_hand, checked_at=now):
        raise NotVisible("knowledge_link")
    _log(viewer, event, AuditAction.UPDATE, "knowledge_link", link_id, {"state": str(state)})


@transaction.atomic
def remove_link(*, viewer: Viewer, link_id: KnowledgeLinkId) -> None:
    """Take away a link of the own practice.

    Raises NotAllowed, NotVisible. Audit: `knowledge.link_removed`, with its code and address.
    """
    event = "knowledge.link_removed"
    practice_id = gate.check_manager(viewer=viewer, event=event)
    row = KnowledgeLink.objects.filter(practice_id=practice_id, pk=link_id).first()
    if row is None:
        raise NotVisible("knowledge_link")
    row.delete()
    detail: dict[str, str | int | bool | list[int]] = {"code": f"{row.code_system} {row.code}", "address": row.url}
    _log(viewer, event, AuditAction.DELETE, "knowledge_link", link_id, detail)


def _source(practice_id: PracticeId, source_id: KnowledgeSourceId) -> Any:
    row = source_rows(practice_id=practice_id).filter(pk=source_id).first()
    if row is None:
        raise NotVisible("knowledge_source")
    return row


def _choose(practice_id: PracticeId, source_id: KnowledgeSourceId, *, is_on: bool, place: int) -> None:
    KnowledgeChoice.objects.update_or_create(
        practice_id=practice_id, source_id=source_id, defaults={"is_on": is_on, "place": place}
    )


def _log(
    viewer: Viewer,
    event: str,
    action: AuditAction,
    object_type: str,
    object_id: int,
    detail: dict[str, str | int | bool | list[int]],
) -> None:
    gate.log_change(
        viewer=viewer, event=event, action=action, object_type=object_type, object_id=object_id, detail=detail
    )


def _address_words(fault: AddressFault) -> str:
    if fault is AddressFault.NOT_HTTPS:
        return _("Het adres moet beginnen met https://.")
    if fault is AddressFault.TERM:
        return _("Zet één keer {term} in het adres, op de plek van het zoekwoord.")
    return _("Dit is geen adres van een openbare website.")
