"""Messages to a selection: the list, one with its numbers, who is in it, and what each gets (REQ 34; ux 50).

For who may send to a selection and answer questions. Names on a page leave a line per patient.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count

from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.readers import threads_read
from zorgbalie.audit.types import AuditAction, AuditOutcome
from zorgbalie.consult import rules
from zorgbalie.consult.models import Mailing as MailingTable
from zorgbalie.consult.models import MailingRecipient
from zorgbalie.consult.queries.outgoing import fill_fields, get_message_rules
from zorgbalie.consult.queries.rows import CONSULT_READ
from zorgbalie.consult.rules.criteria import criteria_of
from zorgbalie.consult.types import (
    Criteria,
    Mailing,
    MailingRow,
    MailingState,
    MessageRules,
    NewMessage,
    Preview,
    Recipient,
    RecipientState,
    WhyNot,
)
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.ids import AccountId, ConsultId, MailingId, PersonId, PracticeId
from zorgbalie.kernel.listing import Listing, page_bounds
from zorgbalie.kernel.viewer import StaffRight, Viewer
from zorgbalie.people import queries as people
from zorgbalie.people.representatives import list_phones
from zorgbalie.practice import enrolments
from zorgbalie.practice import queries as practices

_PAGE = 50


def may_select(*, viewer: Viewer) -> bool:
    """Whether to show the way to messages to a group. Logs nothing."""
    return viewer.has_right(StaffRight.SEND_TO_SELECTION) and gate.holds_rights(
        viewer=viewer, kind=DataKind.CONSULTS, use=Use.CHANGE
    )


def check_may_select(*, viewer: Viewer, event: str) -> PracticeId:
    """The practice of somebody who may write to a selection: with that right and the one to answer, and no manager.

    Raises NotAllowed, NotVisible. Audit: `event`, for the refusal.
    """
    gate.check_right(viewer=viewer, right=StaffRight.SEND_TO_SELECTION, event=event)
    gate.check_right(viewer=viewer, right=StaffRight.ANSWER_CONSULTS, event=event)
    if not gate.holds_rights(viewer=viewer, kind=DataKind.CONSULTS, use=Use.CHANGE):
        gate.log_change(
            viewer=viewer, event=event, action=AuditAction.EXECUTE, object_type="mailing", object_id="",
            outcome=AuditOutcome.REFUSED, detail={"reason": "no row for this role"},
        )  # fmt: skip
        raise NotAllowed(StaffRight.SEND_TO_SELECTION)
    if viewer.practice_id is None:
        raise NotVisible("mailing")
    return viewer.practice_id


def list_mailings(*, viewer: Viewer, page: int) -> Listing[MailingRow]:
    """Mailings of the practice, newest first, in a fixed number of queries. Raises NotAllowed. No patient data."""
    practice_id = check_may_select(viewer=viewer, event="mailing.overview")
    rows = MailingTable.objects.filter(practice_id=practice_id).exclude(state=MailingState.DROPPED)
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total)
    shown = list(rows.order_by("-created_at", "-pk")[bounds])
    counts = _counts(row.pk for row in shown)
    return Listing(
        rows=tuple(
            MailingRow(
                mailing_id=MailingId(row.pk),
                title=row.title,
                state=MailingState(row.state),
                made_by_name=row.made_by_name,
                created_at=row.created_at,
                sent=counts.get((row.pk, RecipientState.SENT, ""), 0),
                total=sum(
                    count
                    for (pk, state, _reason), count in counts.items()
                    if pk == row.pk and state not in (RecipientState.LEFT_OUT, RecipientState.UNTICKED)
                ),
            )
            for row in shown
        ),
        total=total,
        number=number,
    )


def get_form_place(*, viewer: Viewer) -> tuple[bool, tuple[tuple[AccountId, str], ...]]:
    """What the form of a new selection needs: whether records may be asked of, and the doctors. Raises NotAllowed."""
    practice_id = check_may_select(viewer=viewer, event="mailing.ask")
    accounts = enrolments.list_accounts(practice_id=practice_id)
    return viewer.has_right(StaffRight.READ_RECORD), tuple((one.account_id, one.name) for one in accounts)


def is_on(*, viewer: Viewer) -> bool:
    """Whether the practice begins messages at all. Raises NotAllowed."""
    practice_id = check_may_select(viewer=viewer, event="mailing.overview")
    return get_message_rules(practice_id=practice_id).is_on


def get_first_rules(*, viewer: Viewer) -> MessageRules:
    """What the practice begins a text with. Raises NotAllowed."""
    return get_message_rules(practice_id=check_may_select(viewer=viewer, event="mailing.overview"))


def get_mailing(*, viewer: Viewer, mailing_id: MailingId) -> Mailing:
    """One mailing with its numbers, in a fixed number of queries. Raises NotAllowed, NotVisible."""
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event="mailing.open")
    return mailing_of(row)


def mailing_of(row: MailingTable) -> Mailing:
    """A row as others receive it, counted."""
    counts = _counts([row.pk])
    criteria = criteria_of(values=row.criteria)
    names = practices.list_account_names(account_ids=[criteria.account_id] if criteria.account_id else [])
    silent = MailingRecipient.objects.filter(
        mailing=row, state__in=[RecipientState.CHOSEN, RecipientState.SENT], uses_portal=False
    )

    def of(state: RecipientState) -> dict[WhyNot, int]:
        return {WhyNot(reason): count for (_pk, found, reason), count in counts.items() if found == state and reason}

    def number(state: RecipientState) -> int:
        return sum(count for (_pk, found, _reason), count in counts.items() if found == state)

    return Mailing(
        mailing_id=MailingId(row.pk),
        revision=row.revision,
        title=row.title,
        state=MailingState(row.state),
        criteria=criteria,
        account_name=names.get(criteria.account_id or 0, ""),
        message=NewMessage(
            subject=row.subject, text=row.text, takes_replies=row.takes_replies, reply_until=row.reply_until
        ),
        unread_days=row.unread_days,
        made_by_name=row.made_by_name,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
        departed=row.departed,
        chosen=number(RecipientState.CHOSEN),
        unticked=number(RecipientState.UNTICKED),
        sent=number(RecipientState.SENT),
        never_signed_in=silent.count(),
        left_out=of(RecipientState.LEFT_OUT),
        refused=of(RecipientState.REFUSED),
    )


def list_recipients(
    *, viewer: Viewer, mailing_id: MailingId, states: Iterable[RecipientState], page: int
) -> Listing[Recipient]:
    """A page of who is in a mailing, in a fixed number of queries.

    Raises NotAllowed, NotVisible. Audit: `mailing.list` for each one named.
    """
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event="mailing.list")
    rows = MailingRecipient.objects.filter(mailing=row, state__in=list(states)).order_by("pk")
    total = rows.count()
    number, bounds = page_bounds(number=page, total=total, size=_PAGE)
    found = _recipients(viewer, list(rows[bounds]), "mailing.list")
    return Listing(rows=found, total=total, number=number, size=_PAGE)


def get_preview(*, viewer: Viewer, mailing_id: MailingId, number: int, now: datetime) -> Preview | None:
    """What the chosen recipient on a place gets, exactly (ux 50); None when nobody is chosen.

    Raises NotAllowed, NotVisible. Audit: `mailing.preview` for that patient.
    """
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event="mailing.preview")
    rows = MailingRecipient.objects.filter(mailing=row, state=RecipientState.CHOSEN).order_by("pk")
    total = rows.count()
    if not total:
        return None
    place = min(max(1, number), total)
    recipient = rows[place - 1]
    gate.log_listed(
        viewer=viewer, patient_ids=[recipient.patient_id], kind=DataKind.CONSULTS, event="mailing.preview",
        detail={"mailing": row.pk},
    )  # fmt: skip
    name = people.list_names(person_ids=[recipient.patient_id])[recipient.patient_id]
    account = practices.find_enrolment_account(
        person_id=PersonId(recipient.patient_id), practice_id=PracticeId(row.practice_id)
    )
    card = practices.get_practice_card(practice_id=PracticeId(row.practice_id))
    fields = fill_fields(
        name=name, doctor=account.name if account else "", practice=card.name, phone=card.phone, now=now
    )
    return Preview(
        number=place,
        total=total,
        full_name=name.full_name,
        birth_date=name.birth_date,
        subject=row.subject,
        text=rules.fill(text=row.text, fields=fields),
    )


def list_unread(*, viewer: Viewer, mailing_id: MailingId, page: int | None) -> Listing[Recipient]:
    """Who did not read it yet, with the telephone number, to phone; all at once where `page` is None.

    Raises NotAllowed, NotVisible. Audit: `mailing.unread` for each one named. Source: REQ 34, 90.
    """
    row = find_mailing(viewer=viewer, mailing_id=mailing_id, event="mailing.unread")
    rows = MailingRecipient.objects.filter(mailing=row, state=RecipientState.SENT).order_by("pk")
    sent = list(rows)
    read = threads_read(
        practice_id=PracticeId(row.practice_id), patient_ids=[one.patient_id for one in sent], event=CONSULT_READ
    )
    unread = [one for one in sent if (one.patient_id, one.consult_id) not in read]
    number, bounds = page_bounds(number=page or 1, total=len(unread), size=_PAGE)
    shown = unread if page is None else unread[bounds]
    return Listing(
        rows=_recipients(viewer, shown, "mailing.unread", with_phone=True),
        total=len(unread),
        number=number,
        size=max(_PAGE, len(unread)) if page is None else _PAGE,
    )


def phone_from(*, found: Mailing) -> date | None:
    """From which day who did not read it is to be phoned."""
    return local_date(found.confirmed_at + timedelta(days=found.unread_days)) if found.confirmed_at else None


def find_mailing(*, viewer: Viewer, mailing_id: MailingId, event: str, lock: bool = False) -> MailingTable:
    """A mailing of the own practice, for this app. Raises NotAllowed, NotVisible.

    One that asked something of records is for who may read records (a colleague's may not be looked at without).
    """
    practice_id = check_may_select(viewer=viewer, event=event)
    rows = MailingTable.objects.select_for_update() if lock else MailingTable.objects.all()
    row = rows.filter(pk=mailing_id, practice_id=practice_id).exclude(state=MailingState.DROPPED).first()
    if row is None:
        raise NotVisible("mailing")
    check_criteria(viewer=viewer, wanted=criteria_of(values=row.criteria), event=event)
    return row


def check_criteria(*, viewer: Viewer, wanted: Criteria, event: str) -> None:
    """That somebody who asks something of records may read records. Raises NotAllowed. Audit: for the refusal."""
    if wanted.is_medical:
        gate.check_right(viewer=viewer, right=StaffRight.READ_RECORD, event=event)


def _counts(mailing_ids: Iterable[int]) -> dict[tuple[int, str, str], int]:
    rows = MailingRecipient.objects.filter(mailing_id__in=set(mailing_ids)).order_by()
    found = rows.values_list("mailing_id", "state", "reason").annotate(number=Count("pk"))
    return {(mailing, state, reason): number for mailing, state, reason, number in found}


def _recipients(
    viewer: Viewer, rows: "list[MailingRecipient]", event: str, with_phone: bool = False
) -> tuple[Recipient, ...]:
    ids = [row.patient_id for row in rows]
    names = people.list_names(person_ids=ids)
    phones = list_phones(person_ids=ids) if with_phone else {}
    shown = [row for row in rows if row.patient_id in names]
    gate.log_listed(
        viewer=viewer, patient_ids=[row.patient_id for row in shown], kind=DataKind.CONSULTS, event=event,
        detail={"mailing": rows[0].mailing_id} if rows else None,
    )  # fmt: skip
    return tuple(
        Recipient(
            patient_id=PersonId(row.patient_id),
            full_name=names[row.patient_id].full_name,
            birth_date=names[row.patient_id].birth_date,
            state=RecipientState(row.state),
            why_not=WhyNot(row.reason) if row.reason else None,
            uses_portal=row.uses_portal,
            consult_id=ConsultId(row.consult_id) if row.consult_id else None,
            phone=phones.get(row.patient_id, ""),
        )
        for row in shown
    )
