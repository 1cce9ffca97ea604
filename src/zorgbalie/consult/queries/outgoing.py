"""What the practice begins itself: who can be written to, and how such a thread stands (REQ 27, 33, 34)."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from zorgbalie.access import facts as facts_of
from zorgbalie.access import gate
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.readers import first_reads, has_used_portal
from zorgbalie.consult import rules
from zorgbalie.consult.models import Consult, ConsultMessage, MailingObjection, MessageSettings, PlannedFollowUp
from zorgbalie.consult.queries.default_messages import default_message_rules
from zorgbalie.consult.queries.rows import CONSULT_READ, texts_of
from zorgbalie.consult.types import (
    AuthorKind,
    Candidate,
    FollowUp,
    FollowUpState,
    MessageRules,
    Outgoing,
    Reachable,
    StartPlace,
    WhyEnded,
)
from zorgbalie.kernel.ages import AgeGroup, age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import FollowUpId, PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.people.representatives import has_parent
from zorgbalie.people.types import PersonName
from zorgbalie.practice import queries as practices
from zorgbalie.practice.calendars import get_calendar
from zorgbalie.practice.types import Facility

RUNNING = (FollowUpState.PLANNED, FollowUpState.ASKED)


def get_message_rules(*, practice_id: PracticeId) -> MessageRules:
    """What holds at a practice: its own choice, or what is sound for any. No patient data."""
    row = MessageSettings.objects.filter(practice_id=practice_id).first()
    if row is None:
        with override("nl"):  # patients read it, whatever the language of who begins
            return default_message_rules()
    return MessageRules(
        is_on=row.is_on,
        start_text=row.start_text,
        follow_up_text=row.follow_up_text,
        reply_days=row.reply_days,
        silent_days=row.silent_days,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        revision=row.revision,
    )


def get_managed_message_rules(*, viewer: Viewer) -> MessageRules:
    """The same for the settings page of the own practice. Raises NotAllowed."""
    return get_message_rules(practice_id=gate.check_manager(viewer=viewer, event="consult.messages_read"))


def preview_text(*, viewer: Viewer, text: str) -> str:
    """A text as a made-up patient of the own practice reads it, for the settings. Raises NotAllowed."""
    practice_id = gate.check_manager(viewer=viewer, event="consult.messages_read")
    card = practices.get_practice_card(practice_id=practice_id)
    made_up = {"aanhef": _("Beste %(name)s") % {"name": "Anna de Vries"}, "naam": "Anna de Vries", "arts": viewer.name}
    return rules.fill(text=text, fields={**made_up, "praktijk": card.name, "telefoon": card.phone})


def may_begin(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> bool:
    """Whether to show the way to the form of a message. Shows no data, logs nothing, asks no query of its own.

    Whether the practice switched it off is said by the form: this stands on every page about a patient.
    """
    return viewer.practice_id is not None and gate.may_open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        now=now,
    )


def get_start_place(*, viewer: Viewer, patient_id: PersonId, now: datetime) -> StartPlace:
    """What the form of a message to one patient needs. Raises NotAllowed, NotVisible. Audit: `consult.begin_form`."""
    if viewer.practice_id is None:
        raise NotVisible(DataKind.CONSULTS)
    grant = gate.open_patient(
        viewer=viewer,
        patient_id=patient_id,
        practice_id=viewer.practice_id,
        kind=DataKind.CONSULTS,
        use=Use.CHANGE,
        event="consult.begin_form",
        now=now,
    )
    name = people.list_names(person_ids=[patient_id])[patient_id]
    return StartPlace(
        patient_id=patient_id,
        full_name=name.full_name,
        birth_date=name.birth_date,
        reachable=reachable_now(viewer=viewer, patient_id=patient_id, practice_id=grant.practice_id, now=now),
        rules=get_message_rules(practice_id=grant.practice_id),
        fields=fields_of(name=name, practice_id=grant.practice_id, now=now),
    )


def reachable_now(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> Reachable:
    """Whether a patient can read a message of this practice today, for this app within a grant."""
    found = candidate_of(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    return rules.reachable(found=found, today=local_date(now))


def candidate_of(*, viewer: Viewer, patient_id: PersonId, practice_id: PracticeId, now: datetime) -> Candidate:
    """One patient as the selection gives many. Whether the patient objected is known to a task alone."""
    today = local_date(now)
    facts = facts_of.collect(viewer=viewer, patient_id=patient_id, practice_id=practice_id, now=now)
    profile = people.find_profile(person_id=patient_id)
    return Candidate(
        patient_id=patient_id,
        is_enrolled=facts.enrolled and profile is not None,
        is_served=Facility.E_CONSULT in facts.facilities,
        online_access=facts.online_access,
        birth_date=profile.birth_date if profile else today,
        is_known=profile is not None and profile.bsn_verified_at is not None,
        has_parent=has_parent(patient_id=patient_id, today=today),
        uses_portal=has_used_portal(patient_id=patient_id, practice_id=practice_id),
        has_objected=False,
    )


def fields_of(*, name: PersonName, practice_id: PracticeId, now: datetime) -> dict[str, str]:
    """The words of one patient for the fields of a text."""
    card = practices.get_practice_card(practice_id=practice_id)
    account = practices.find_enrolment_account(person_id=name.person_id, practice_id=practice_id)
    return fill_fields(name=name, doctor=account.name if account else "", practice=card.name, phone=card.phone, now=now)


def fill_fields(*, name: PersonName, doctor: str, practice: str, phone: str, now: datetime) -> dict[str, str]:
    """The same from what was read for many at once."""
    is_young = age_group_on(name.birth_date, local_date(now)) is not AgeGroup.FROM_16
    with override("nl"):
        greeting = _("Beste %(name)s") % {"name": name.full_name.split(" ")[0] if is_young else name.full_name}
        return {
            "aanhef": greeting,
            "naam": name.full_name,
            "arts": doctor or _("uw huisarts"),
            "praktijk": practice,
            "telefoon": phone,
        }


def outgoing_of(*, row: Consult, now: datetime, for_desk: bool) -> Outgoing:
    """How a thread stands on the practice's side, for this app within a grant."""
    latest = _latest_of_staff(row) if for_desk else None
    reads = first_reads(patient_ids=[row.patient_id], event=CONSULT_READ, object_ids=[latest.pk]) if latest else {}
    is_to_group = row.mailing_id is not None
    return Outgoing(
        is_begun_here=row.started_by_id is not None,
        is_to_group=is_to_group,
        has_objected=is_to_group and not for_desk and _has_objected(row),
        is_open=rules.takes_replies(allowed=row.takes_replies, until=row.reply_until, today=local_date(now)),
        takes_replies=row.takes_replies,
        reply_until=row.reply_until,
        follow_up=_follow_up(row),
        latest_at=latest.sent_at if latest else None,
        read_at=reads.get(latest.pk) if latest else None,
    )


def follow_up_of(row: PlannedFollowUp) -> FollowUp:
    """A row as others receive it."""
    state = FollowUpState(row.state)
    return FollowUp(
        follow_up_id=FollowUpId(row.pk),
        revision=row.revision,
        state=state,
        ask_on=_asked_on(row) if state is FollowUpState.PLANNED else row.ask_on,
        silent_on=row.due_on if state in (FollowUpState.ASKED, FollowUpState.SILENT) else None,
        text=row.text,
        planned_by_name=row.planned_by_name,
        reason=WhyEnded(row.reason) if row.reason else None,
    )


def _asked_on(row: PlannedFollowUp) -> date:
    """The planned day, or the first working day after it where the practice closed that day since."""
    calendar = get_calendar(practice_id=PracticeId(row.practice_id), since=row.ask_on)
    return rules.next_open_day(day=row.ask_on, calendar=calendar)


def _latest_of_staff(row: Consult) -> ConsultMessage | None:
    return next((one for one in reversed(texts_of(row.pk)) if one.author_kind == AuthorKind.STAFF), None)


def _follow_up(row: Consult) -> FollowUp | None:
    found = PlannedFollowUp.objects.filter(consult=row).order_by("-pk").first()
    return follow_up_of(found) if found else None


def _has_objected(row: Consult) -> bool:
    return MailingObjection.objects.filter(practice_id=row.practice_id, patient_id=row.patient_id).exists()
