"""A message to a selection, as staff make it: ask, tick, write, confirm, stop, drop (REQ 34; ux 50; row 48)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from zorgbalie.access import gate
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.actions.outgoing_texts import check_message
from zorgbalie.consult.models import Mailing, MailingRecipient
from zorgbalie.consult.queries.mailings import check_criteria, check_may_select, find_mailing
from zorgbalie.consult.queries.outgoing import get_message_rules
from zorgbalie.consult.rules.criteria import values_of
from zorgbalie.consult.types import (
    LONGEST_TITLE,
    CountDiffers,
    Criteria,
    MailingChanged,
    MailingRefused,
    MailingState,
    MessagesOff,
    NewMessage,
    RecipientState,
    SentAlready,
    TextMissing,
    TooWide,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import MailingId
from zorgbalie.kernel.viewer import Viewer

SELECT_TASK = "consult.select_patients"
SEND_TASK = "consult.send_mailing"
QUEUE = "mailings"
_BEHIND_NOTICES = -5  # priority: a single answer does not wait for a group
_EARLY = (MailingState.ASKED, MailingState.CHOOSING)


@transaction.atomic
def ask_selection(*, viewer: Viewer, title: str, wanted: Criteria, token: UUID, now: datetime) -> MailingId:
    """Ask who fits; the worker looks, and stores ids alone. The same form twice is one selection.

    Raises NotAllowed, NotVisible, MessagesOff, TextMissing, TooWide. Audit: `mailing.ask` with the criteria.
    """
    practice_id = check_may_select(viewer=viewer, event="mailing.ask")
    check_criteria(viewer=viewer, wanted=wanted, event="mailing.ask")
    if not get_message_rules(practice_id=practice_id).is_on:
        raise MessagesOff(_("De praktijk heeft zelf berichten sturen uitgezet."))
    clean = " ".join(title.split())
    if not clean or len(clean) > LONGEST_TITLE:
        raise TextMissing(_("Geef de selectie een naam van hoogstens 80 tekens."), field="title")
    values = values_of(wanted=wanted)
    if not values:
        raise TooWide(_("Kies minstens één kenmerk. Een bericht aan alle patiënten kan hier niet."))
    try:
        with transaction.atomic():
            row = Mailing.objects.create(
                practice_id=practice_id,
                made_by_id=viewer.employee_id or 0,
                made_by_name=viewer.name[:160],
                title=clean,
                criteria=values,
                token=token,
                created_at=now,
            )
    except IntegrityError:
        known = Mailing.objects.filter(practice_id=practice_id, token=token).first()
        if known is None or known.criteria != values or known.title != clean:
            raise SentAlready(_("Dit formulier is al gebruikt. Open een nieuw formulier.")) from None
        return MailingId(known.pk)
    _log(viewer, row, "mailing.ask", AuditAction.CREATE, {"criteria": _as_text(values)})
    task = app.configure_task(SELECT_TASK, queue=QUEUE, priority=_BEHIND_NOTICES)
    task.defer(mailing_id=row.pk, practice_id=int(practice_id))
    return MailingId(row.pk)


@transaction.atomic
def tick(*, viewer: Viewer, mailing_id: MailingId, ticks: Mapping[int, bool], now: datetime) -> None:
    """Who gets the message, or does not; `ticks` names only the patients whose tick this employee changed.

    So a colleague with an older page undoes nothing. Who cannot get it stays out, whoever ticks.
    Raises NotAllowed, NotVisible, MailingRefused. Audit: `mailing.tick` with the numbers.
    """
    row = _lock_choosing(viewer, mailing_id, "mailing.tick")
    rows = MailingRecipient.objects.filter(mailing=row)
    wanted = {is_on: [patient for patient, chosen in ticks.items() if chosen is is_on] for is_on in (True, False)}
    on = rows.filter(state=RecipientState.UNTICKED, patient_id__in=wanted[True]).update(state=RecipientState.CHOSEN)
    off = rows.filter(state=RecipientState.CHOSEN, patient_id__in=wanted[False]).update(state=RecipientState.UNTICKED)
    if on or off:
        _step(row)
        _log(viewer, row, "mailing.tick", AuditAction.UPDATE, {"on": on, "off": off})


@transaction.atomic
def write(
    *, viewer: Viewer, mailing_id: MailingId, message: NewMessage, unread_days: int, revision: int, now: datetime
) -> None:
    """Store the text with its fields. Raises NotAllowed, NotVisible, MailingRefused, MailingChanged, TextMissing.

    Audit: `mailing.write`.
    """
    row = _lock_choosing(viewer, mailing_id, "mailing.write")
    wanted = check_message(message=message, now=now)
    stored = NewMessage(
        subject=row.subject, text=row.text, takes_replies=row.takes_replies, reply_until=row.reply_until
    )
    if stored == wanted and row.unread_days == unread_days:
        return
    _check_current(row, revision)
    row.subject, row.text, row.unread_days = wanted.subject, wanted.text, unread_days
    row.takes_replies, row.reply_until = wanted.takes_replies, wanted.reply_until
    row.save(update_fields=["subject", "text", "unread_days", "takes_replies", "reply_until"])
    _step(row)
    _log(viewer, row, "mailing.write", AuditAction.UPDATE, {})


@transaction.atomic
def confirm(*, viewer: Viewer, mailing_id: MailingId, typed: int, revision: int, now: datetime) -> None:
    """Let the worker send it to each who is chosen; `typed` is how many that are, by who confirms. Twice is once.

    Raises NotAllowed, NotVisible, MessagesOff, MailingRefused, MailingChanged, CountDiffers.
    Audit: `mailing.confirm` with the number. Source: ux 50; security rows 48, 62.
    """
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event="mailing.confirm", lock=True)
    if row.state in (MailingState.SENDING, MailingState.DONE):
        return
    if row.state != MailingState.CHOOSING:
        raise MailingRefused(_("Dit bericht kan niet meer verstuurd worden."))
    if not get_message_rules(practice_id=viewer.practice_id or row.practice_id).is_on:  # type: ignore[arg-type]  # both are of the practice
        raise MessagesOff(_("De praktijk heeft zelf berichten sturen uitgezet."))
    _check_current(row, revision)
    message = NewMessage(
        subject=row.subject, text=row.text, takes_replies=row.takes_replies, reply_until=row.reply_until
    )
    check_message(message=message, now=now)
    count = MailingRecipient.objects.filter(mailing=row, state=RecipientState.CHOSEN).count()
    if not count:
        raise MailingRefused(_("Er is niemand gekozen."))
    if typed != count:
        text = _("Dat klopt niet: %(count)s patiënten krijgen dit bericht. Kijk het na en vul het aantal in.")
        raise CountDiffers(text % {"count": count}, field="typed")
    row.state, row.confirmed_at, row.made_by_id = MailingState.SENDING, now, viewer.employee_id or row.made_by_id
    row.made_by_name = viewer.name[:160]
    row.save(update_fields=["state", "confirmed_at", "made_by", "made_by_name"])
    _step(row)
    _log(viewer, row, "mailing.confirm", AuditAction.EXECUTE, {"count": count})
    task = app.configure_task(SEND_TASK, queue=QUEUE, priority=_BEHIND_NOTICES)
    task.defer(mailing_id=row.pk, practice_id=int(row.practice_id))


@transaction.atomic
def stop(*, viewer: Viewer, mailing_id: MailingId, now: datetime) -> None:
    """Send it to nobody else; what was sent stays. Twice is once.

    Raises NotAllowed, NotVisible. Audit: `mailing.stop`.
    """
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event="mailing.stop", lock=True)
    if row.state != MailingState.SENDING:
        return
    row.state, row.ended_at = MailingState.STOPPED, now
    row.save(update_fields=["state", "ended_at"])
    _step(row)
    _log(viewer, row, "mailing.stop", AuditAction.EXECUTE, {})


@transaction.atomic
def drop(*, viewer: Viewer, mailing_id: MailingId, now: datetime) -> None:
    """Throw a selection away that was not sent; who was in it is forgotten.

    Raises NotAllowed, NotVisible, MailingRefused. Audit: `mailing.drop`.
    """
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event="mailing.drop", lock=True)
    if row.state not in _EARLY:
        raise MailingRefused(_("Dit bericht is al verstuurd of wordt nu verstuurd."))
    MailingRecipient.objects.filter(mailing=row).delete()
    row.state, row.ended_at = MailingState.DROPPED, now
    row.save(update_fields=["state", "ended_at"])
    _log(viewer, row, "mailing.drop", AuditAction.DELETE, {})


def _lock_choosing(viewer: Viewer, mailing_id: MailingId, event: str) -> Mailing:
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event=event, lock=True)
    if row.state != MailingState.CHOOSING:
        raise MailingRefused(_("Dit bericht kan nu niet worden gewijzigd."))
    return row


def _check_current(row: Mailing, revision: int) -> None:
    if row.revision != revision:
        raise MailingChanged(_("Dit is net gewijzigd, misschien door een collega. Kijk wat er nu staat."))


def _step(row: Mailing) -> None:
    row.revision += 1
    row.save(update_fields=["revision"])


def _as_text(values: dict[str, object]) -> str:
    return "; ".join(f"{name}={value}" for name, value in sorted(values.items()))


def _log(
    viewer: Viewer, row: Mailing, event: str, action: AuditAction, detail: dict[str, str | int | bool | list[int]]
) -> None:
    if viewer.practice_id is None:
        raise NotVisible("mailing")
    gate.log_change(viewer=viewer, event=event, action=action, object_type="mailing", object_id=row.pk, detail=detail)
