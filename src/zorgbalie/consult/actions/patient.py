"""What a patient does: write, send, and write again in the same thread (REQ 8, 28, 30, 32).

A draft is stored at each step, so another device goes on where this one stopped. The form that sends names the revision
it showed; a form of a follow-up carries a token. Pressed twice, either is one question.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.scope import deed
from zorgbalie.audit.types import AuditAction
from zorgbalie.consult.actions.attachments import drop_rows
from zorgbalie.consult.actions.follow_ups import note_patient_wrote
from zorgbalie.consult.actions.messages import add_message, check_text
from zorgbalie.consult.models import Consult, ConsultAnswer, ConsultMessage
from zorgbalie.consult.queries.attachments import unsent_rows
from zorgbalie.consult.queries.drafts import addressees, find_draft_row
from zorgbalie.consult.queries.patient import open_consults, own_rows
from zorgbalie.consult.queries.places import check_may_begin, get_asking, place_of
from zorgbalie.consult.queries.promises import door_of, promise_for
from zorgbalie.consult.rules import takes_replies
from zorgbalie.consult.types import (
    LONGEST_SUBJECT,
    About,
    AuthorKind,
    ConsultChanged,
    ConsultClosed,
    ConsultState,
    DeskClosed,
    OtherTextStored,
    TextMissing,
    TooManyWait,
    UnknownAddressee,
    mark_of,
)
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import AccountId, ConsultId, EmployeeId, PracticeId
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.types import ItemKind

_DRAFT = "consult.draft"
_WAITS = (ConsultState.SENT, ConsultState.WITH_DOCTOR)
_MOST_WAITING = 20
"""Questions of one patient that wait at one practice."""
_MOST_IN_A_ROW = 50
"""Texts of a patient in one thread since the practice wrote in it."""


def start_draft(
    *, viewer: Viewer, about: About | None, now: datetime, practice_id: PracticeId | None = None
) -> ConsultId:
    """Begin to write, or go on with what was begun about the same thing: one draft per writer, thing and practice.

    Without `practice_id` at the first place that takes such questions. Raises NotVisible, also for what is not asked
    there. Audit: `consult.draft`.
    """
    offered = get_asking(viewer=viewer, now=now).places_for(about.kind if about else None)
    fitting = [one.practice_id for one in offered]
    if practice_id is None:
        practice_id = next(iter(fitting), None)
    grant = open_consults(
        viewer=viewer, use=Use.CHANGE, event=_DRAFT, now=now, object_type="consult", practice_id=practice_id
    )
    check_may_begin(viewer=viewer, grant=grant, event=_DRAFT, now=now)
    if grant.practice_id not in fitting:
        raise NotVisible(DataKind.CONSULTS)
    row, _is_new = Consult.objects.get_or_create(
        patient_id=grant.patient_id,
        practice_id=grant.practice_id,
        asked_by_id=viewer.person_id,
        about_kind=about.kind if about else "",
        about_id=about.about_id if about else 0,
        state=ConsultState.DRAFT,
        defaults={
            "about_title": about.title if about else "",
            "about_date": about.day if about else None,
            "changed_at": now,
            "changed_by_name": viewer.name[:160],
        },
    )
    return ConsultId(row.pk)


@transaction.atomic
def save_addressee(*, viewer: Viewer, consult_id: ConsultId, key: str, now: datetime) -> None:
    """To whom. Raises NotVisible, UnknownAddressee. Audit: `consult.draft`. Source: REQ 30."""
    grant, row = _draft(viewer, consult_id, now)
    chosen = next((one for one in addressees(grant=grant) if one.key == key), None)
    if chosen is None:
        raise UnknownAddressee(_("Kies aan wie u de vraag stelt."), field="addressee")
    row.addressed_account_id, row.addressed_group_id = chosen.account_id, chosen.group_id
    row.addressed_name = chosen.name
    _save(row, now)


@transaction.atomic
def save_subject(*, viewer: Viewer, consult_id: ConsultId, subject: str, keeps_about: bool, now: datetime) -> None:
    """What it is about: in own words, and whether it still is about the part of the record it began with.

    Raises NotVisible, TextMissing, ConsultChanged (another draft without such a part waits). Audit: `consult.draft`.
    """
    _grant, row = _draft(viewer, consult_id, now)
    row.subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    if not keeps_about:
        row.about_kind, row.about_id, row.about_title, row.about_date = "", 0, "", None
    if not row.subject and not row.about_kind:
        raise TextMissing(_("Vul in waar uw vraag over gaat."), field="subject")
    try:
        with transaction.atomic():
            _save(row, now)
    except IntegrityError:
        raise ConsultChanged(
            _("U heeft nog een vraag die u niet heeft verstuurd. Verstuur die eerst, of gooi die weg."), field="about"
        ) from None


@transaction.atomic
def save_text(*, viewer: Viewer, consult_id: ConsultId, text: str, now: datetime, seen: str | None = None) -> str:
    """The question itself; returns its mark. `seen` is the mark of what the page showed; None compares nothing.

    Raises NotVisible, TextMissing, OtherTextStored (another device stored another text since). Audit: `consult.draft`.
    Source: REQ 32.
    """
    _grant, row = _draft(viewer, consult_id, now)
    clean = check_text(text, field="text")
    if seen is not None and row.draft_text not in ("", clean) and mark_of(row.draft_text) != seen:
        raise OtherTextStored(
            _("Op een ander apparaat is een andere tekst bewaard. Die staat hieronder. Uw tekst is nog niet bewaard."),
            field="text",
        )
    row.draft_text = clean
    _save(row, now)
    return mark_of(clean)


@transaction.atomic
def drop_draft(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> None:
    """Throw away what was written; nothing of it is kept. Raises NotVisible. Audit: `consult.draft`."""
    _grant, row = _draft(viewer, consult_id, now)
    drop_rows(rows=unsent_rows(viewer=viewer, consult_id=row.pk))
    row.draft_text = row.subject = row.addressed_name = row.reason_name = ""
    row.addressed_account_id = row.addressed_group_id = row.reason_id = None
    ConsultAnswer.objects.filter(consult=row).delete()
    _save(row, now)


@deed()
@transaction.atomic
def send(*, viewer: Viewer, consult_id: ConsultId, revision: int, now: datetime) -> datetime:
    """Send a draft; returns by when the answer comes. Twice is once.

    Raises NotVisible, ConsultChanged (it was changed on another device since), TextMissing, UnknownAddressee,
    DeskClosed (outside hours, where the practice chose that, or while it takes no questions; the draft stays),
    TooManyWait.
    Audit: `consult.send`. Source: REQ 28; ux 12.
    """
    grant = open_consults(
        viewer=viewer,
        use=Use.CHANGE,
        event="consult.send",
        now=now,
        action=AuditAction.CREATE,
        object_type="consult",
        object_id=consult_id,
        practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now),
    )
    check_may_begin(viewer=viewer, grant=grant, event="consult.send", now=now)
    row = own_rows(grant).select_for_update().filter(pk=consult_id, asked_by_id=viewer.person_id).first()
    if row is None:
        raise NotVisible(DataKind.CONSULTS)
    if row.state != ConsultState.DRAFT and row.answer_by is not None:
        return row.answer_by
    _check_complete(row, grant, revision)
    if not door_of(practice_id=grant.practice_id, now=now).is_open:
        raise DeskClosed(_("U kunt deze vraag nu niet versturen. De praktijk neemt nu geen nieuwe vragen aan."))
    if own_rows(grant).filter(state__in=_WAITS).count() >= _MOST_WAITING:
        raise TooManyWait(_("Er wachten al veel vragen op antwoord. Wacht op dat antwoord, of bel de praktijk."))
    text, row.draft_text = row.draft_text, ""
    promised = promise_for(grant=grant, row=row, now=now, lock=True).moment
    row.state, row.sent_at, row.answer_by = ConsultState.SENT, now, promised
    _save(row, now)
    add_message(row=row, viewer=viewer, kind=AuthorKind.PATIENT, text=text, token=uuid4(), now=now)
    _put_in_inbox(row)
    return promised


@deed()
@transaction.atomic
def follow_up(*, viewer: Viewer, consult_id: ConsultId, text: str, token: UUID, now: datetime) -> None:
    """Write again in a thread that is not closed. The same form twice is one message.

    After an answer it waits for the practice again, with a new promise; before it the promise stays.
    Raises NotVisible, ConsultClosed, TextMissing, SentAlready, TooManyWait. Audit: `consult.follow_up`.
    """
    grant = open_consults(
        viewer=viewer,
        use=Use.CHANGE,
        event="consult.follow_up",
        now=now,
        object_type="consult",
        object_id=consult_id,
        practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now),
    )
    rows = own_rows(grant).exclude(state=ConsultState.DRAFT).filter(pk=consult_id)
    if not rows.exists():
        raise NotVisible(DataKind.CONSULTS)
    if _was_sent(viewer, consult_id, text, token):
        # Sent again because no answer came: that the thread ended meanwhile takes nothing back.
        return
    # A closed thread cannot be locked by the portal: its wall keeps it as it is.
    row = rows.select_for_update().exclude(state=ConsultState.CLOSED).first()
    if row is None:
        raise ConsultClosed(_("De praktijk heeft deze vraag afgerond. Stel een nieuwe vraag."), field="text")
    if not takes_replies(allowed=row.takes_replies, until=row.reply_until, today=local_date(now)):
        raise ConsultClosed(
            _("U kunt bij dit bericht niet (meer) terugschrijven. Stel een nieuwe vraag."), field="text"
        )
    if _in_a_row(row) >= _MOST_IN_A_ROW:
        raise TooManyWait(_("U schreef hier al veel. Wacht op het antwoord, of bel de praktijk."), field="text")
    is_new = add_message(
        row=row,
        viewer=viewer,
        kind=AuthorKind.PATIENT,
        text=check_text(text, field="text"),
        token=token,
        now=now,
    )
    if not is_new:
        return
    asked_by = note_patient_wrote(viewer=viewer, row=row, now=now)
    if row.state == ConsultState.ANSWERED:
        row.state, row.answer_by = ConsultState.SENT, promise_for(grant=grant, row=row, now=now, lock=True).moment
        _put_in_inbox(row, asked_by)
    row.changed_by_name = viewer.name[:160]
    _save(row, now)


def open_draft(*, viewer: Viewer, consult_id: ConsultId, now: datetime) -> tuple[Grant, Consult]:
    """A draft, locked, for the steps of this app that stand in a file of their own. Audit: `consult.draft`."""
    return _draft(viewer, consult_id, now)


def store(row: Consult, now: datetime, *, keeps_revision: bool = False) -> None:
    """The same for what they changed; a draft whose revision stays 0 was not addressed to anybody yet."""
    if keeps_revision:
        row.revision -= 1
    _save(row, now)


def _draft(viewer: Viewer, consult_id: ConsultId, now: datetime) -> tuple[Grant, Consult]:
    grant = open_consults(
        viewer=viewer,
        use=Use.CHANGE,
        event=_DRAFT,
        now=now,
        object_type="consult",
        object_id=consult_id,
        practice_id=place_of(viewer=viewer, consult_id=consult_id, now=now),
    )
    check_may_begin(viewer=viewer, grant=grant, event=_DRAFT, now=now)
    return grant, find_draft_row(viewer=viewer, grant=grant, consult_id=consult_id, lock=True)


def _was_sent(viewer: Viewer, consult_id: ConsultId, text: str, token: UUID) -> bool:
    """Whether this very form, of this writer and with this text, is a message already."""
    clean = text.replace("\r\n", "\n").strip()
    known = ConsultMessage.objects.filter(consult_id=consult_id, token=token, author_person_id=viewer.person_id)
    return known.filter(text=clean).exists()


def _in_a_row(row: Consult) -> int:
    rows = ConsultMessage.objects.filter(consult=row)
    latest = rows.filter(author_kind=AuthorKind.STAFF).aggregate(latest=Max("pk"))["latest"] or 0
    return rows.filter(author_kind=AuthorKind.PATIENT, pk__gt=latest).count()


def _save(row: Consult, now: datetime) -> None:
    """Store what the portal may store of a thread; the wall knows the same list."""
    row.revision += 1
    row.changed_at = now
    row.save(
        update_fields=[
            "addressed_account", "addressed_group", "addressed_name", "about_kind", "about_id", "about_title",
            "about_date", "subject", "draft_text", "state", "revision", "changed_by_name", "changed_at", "sent_at",
            "answer_by", "reason", "reason_name",
        ]
    )  # fmt: skip


def _check_complete(row: Consult, grant: Grant, revision: int) -> None:
    if row.revision != revision:
        raise ConsultChanged(
            _("Uw vraag is intussen veranderd, misschien op een ander apparaat. Kijk hem nog eens na.")
        )
    check_text(row.draft_text, field="text")
    if row.reason_name and ConsultAnswer.objects.filter(consult=row, is_answered=False).exists():
        raise TextMissing(_("U heeft nog niet alle vragen beantwoord."), field="reason")
    if not row.subject and not row.about_kind:
        raise TextMissing(_("Vul in waar uw vraag over gaat."), field="subject")
    offered = addressees(grant=grant)
    is_known = any(
        (one.account_id, one.group_id) == (row.addressed_account_id, row.addressed_group_id) for one in offered
    )
    if not is_known:
        raise UnknownAddressee(_("Aan wie u schreef, kunt u nu niet kiezen. Kies opnieuw."), field="addressee")


def _put_in_inbox(row: Consult, employee_id: EmployeeId | None = None) -> None:
    """In the inbox of the practice, late when the promise is broken (REQ 41; ux 47); with who asked for it (REQ 33)."""
    account = row.with_account_id or row.addressed_account_id
    worklist.add_item(
        practice_id=row.practice_id,  # type: ignore[arg-type]  # a plain number in the table
        kind=ItemKind.CONSULT,
        about_id=row.pk,
        person_id=row.patient_id,  # type: ignore[arg-type]  # the column is a PersonId
        for_right=StaffRight.ANSWER_CONSULTS,
        account_id=AccountId(account) if account else None,
        employee_id=employee_id,
        due_at=row.answer_by,
    )
