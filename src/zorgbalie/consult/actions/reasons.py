"""What the manager of a practice does with reasons: make, change, order, switch off (REQ 28, 30; ux 51).

What a patient was asked was copied to the thread: no change here touches it.
"""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult import rules
from zorgbalie.consult.models import ConsultReason, ConsultReasonQuestion
from zorgbalie.consult.queries.answers import columns_of
from zorgbalie.consult.queries.managed_reasons import own_reasons, receivers
from zorgbalie.consult.types import (
    MOST_QUESTIONS,
    MOST_REASONS,
    Reason,
    ReasonFault,
    ReasonNotRight,
    ReasonRefused,
)
from zorgbalie.integrations.knowledge import AddressRefused, check_address
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import PracticeId, ReasonId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.practice.types import ChangedMeanwhile

_Detail = dict[str, str | int | bool | list[int]]


@transaction.atomic
def save_reason(*, viewer: Viewer, reason: Reason) -> ReasonId:
    """Store a new reason, or other values of one; `revision` is of the form that was opened.

    Raises NotAllowed, NotVisible, ReasonRefused, ChangedMeanwhile. Audit: `consult.reason_saved`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.reason_saved")
    _check(reason)
    row = _lock(practice_id, reason) if reason.reason_id else _new(practice_id)
    row.name, row.description, row.for_whom = reason.name, reason.description, reason.for_whom.value
    row.care_term, row.care_code, row.is_on = reason.care_term, reason.care_code, reason.is_on
    row.care_links = [[one.title, one.address] for one in reason.care_links]
    row.to_account_id, row.to_group_id = _receiver(practice_id, reason.goes_to)
    row.revision += 1
    _store(row)
    row.questions.all().delete()
    ConsultReasonQuestion.objects.bulk_create(
        ConsultReasonQuestion(practice_id=practice_id, reason=row, place=place, **columns_of(question))
        for place, question in enumerate(reason.questions, start=1)
    )
    detail: _Detail = {"name": row.name, "is_on": row.is_on, "questions": len(reason.questions)}
    _log(viewer, "consult.reason_saved", row, AuditAction.UPDATE if reason.reason_id else AuditAction.CREATE, detail)
    return ReasonId(row.pk)


@transaction.atomic
def move_reason(*, viewer: Viewer, reason_id: ReasonId, up: bool) -> None:
    """Put a reason one place higher or lower. Raises NotAllowed, NotVisible. Audit: `consult.reason_moved`."""
    practice_id = gate.check_manager(viewer=viewer, event="consult.reason_moved")
    rows = list(own_reasons(practice_id=practice_id).select_for_update().order_by("position", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == reason_id), None)
    if place is None:
        raise NotVisible("consult_reason")
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        row.position = number
    ConsultReason.objects.bulk_update(rows, ["position"])
    _log(viewer, "consult.reason_moved", rows[other], AuditAction.UPDATE, {"place": other + 1})


@transaction.atomic
def switch_reason(*, viewer: Viewer, reason_id: ReasonId, is_on: bool) -> None:
    """Offer a reason, or no longer; threads that were begun with it keep it. Twice is once.

    Raises NotAllowed, NotVisible. Audit: `consult.reason_saved`.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.reason_saved")
    row = own_reasons(practice_id=practice_id).select_for_update().filter(pk=reason_id).first()
    if row is None:
        raise NotVisible("consult_reason")
    if row.is_on == is_on:
        return
    row.is_on = is_on
    row.revision += 1
    row.save(update_fields=["is_on", "revision"])
    _log(viewer, "consult.reason_saved", row, AuditAction.UPDATE, {"name": row.name, "is_on": is_on})


@transaction.atomic
def add_examples(*, viewer: Viewer, examples: Iterable[Reason]) -> int:
    """Add those examples of which the practice has no reason with that name; returns how many. Twice is once.

    Raises NotAllowed, ReasonRefused. Audit: `consult.reason_saved` for each.
    """
    practice_id = gate.check_manager(viewer=viewer, event="consult.reason_saved")
    known = set(own_reasons(practice_id=practice_id).values_list("name", flat=True))
    added = [one for one in examples if one.name not in known]
    for one in added:
        save_reason(viewer=viewer, reason=one)
    return len(added)


def _check(reason: Reason) -> None:
    try:
        rules.check_reason(reason=reason)
        for link in reason.care_links:
            check_address(link.address)
    except ReasonNotRight as fault:
        raise ReasonRefused(
            _sentence(fault.fault), field="name" if fault.fault is ReasonFault.NO_NAME else ""
        ) from None
    except AddressRefused:
        raise ReasonRefused(_("Een link moet beginnen met https:// en naar een openbare website gaan.")) from None


def _lock(practice_id: PracticeId, reason: Reason) -> ConsultReason:
    row = own_reasons(practice_id=practice_id).select_for_update().filter(pk=reason.reason_id or 0).first()
    if row is None:
        raise NotVisible("consult_reason")
    if row.revision != reason.revision:
        raise ChangedMeanwhile(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er nu staat.")
        )
    return row


def _new(practice_id: PracticeId) -> ConsultReason:
    rows = own_reasons(practice_id=practice_id)
    if rows.count() >= MOST_REASONS:
        raise ReasonRefused(_("U hebt het grootste aantal redenen. Gebruik er een opnieuw die uit staat."))
    latest = rows.order_by("-position").values_list("position", flat=True).first()
    return ConsultReason(practice_id=practice_id, position=0 if latest is None else latest + 1)


def _receiver(practice_id: PracticeId, key: str) -> tuple[int | None, int | None]:
    if not key:
        return None, None
    chosen = next((one for one in receivers(practice_id=practice_id) if one.key == key), None)
    if chosen is None:
        raise ReasonRefused(_("Kies iemand van deze praktijk."), field="goes_to")
    return chosen.account_id, chosen.group_id


def _store(row: ConsultReason) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ReasonRefused(_("Er is al een reden met deze naam."), field="name") from None


def _sentence(fault: ReasonFault) -> str:
    return {
        ReasonFault.NO_NAME: _("Vul een naam in."),
        ReasonFault.TOO_MANY_QUESTIONS: _("Een reden heeft hoogstens %(most)s vragen.") % {"most": MOST_QUESTIONS},
        ReasonFault.NO_LABEL: _("Vul bij elke vraag een tekst in."),
        ReasonFault.CHOICES: _("Geef een keuzevraag 2 tot 10 verschillende antwoorden van hoogstens 60 tekens."),
        ReasonFault.TOO_LONG: _("Een tekst is te lang."),
        ReasonFault.LINKS: _("Zet er hoogstens 3 links bij, elk met een titel."),
    }[fault]


def _log(viewer: Viewer, event: str, row: ConsultReason, action: AuditAction, detail: _Detail) -> None:
    gate.log_change(
        viewer=viewer, event=event, action=action, object_type="consult_reason", object_id=row.pk, detail=detail
    )
