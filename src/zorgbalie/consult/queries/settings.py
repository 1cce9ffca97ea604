"""What a practice tells its patients about urgency (R17; ux 13, 51)."""

from datetime import datetime

from django.utils.translation import override

from zorgbalie.access import gate
from zorgbalie.access.queries.online_state import check_subject
from zorgbalie.consult import rules
from zorgbalie.consult.models import ConsultSettings
from zorgbalie.consult.queries.default_rules import default_rules
from zorgbalie.consult.types import ConsultRules, PracticeNow, UrgentSigns
from zorgbalie.kernel.ages import AgeGroup, age_group_on
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.people import queries as people
from zorgbalie.practice.calendars import get_calendar
from zorgbalie.record.queries.patient_home import check_record_practice


def get_rules(*, practice_id: PracticeId) -> ConsultRules:
    """What holds at a practice: its own choice, or what is sound for any. No patient data; for this app's use."""
    row = ConsultSettings.objects.filter(practice_id=practice_id).first()
    return rules_of(row) if row else default_rules()


def get_managed_rules(*, viewer: Viewer) -> ConsultRules:
    """The same for the settings page of the own practice. Raises NotAllowed."""
    practice_id = gate.check_manager(viewer=viewer, event="consult.settings_read")
    with override("nl"):  # what is stored is read by all patients, whatever the language of who manages
        return get_rules(practice_id=practice_id)


def get_signs(*, viewer: Viewer, now: datetime) -> UrgentSigns:
    """When to call and not to wait, for who wants something else of the practice than an answer: an appointment.

    It holds where no questions can be asked online too (R17). Raises NotVisible for who may not act for this patient.
    Audit: none, it is of the practice; what is asked for there writes its own line.
    """
    practice_id = check_record_practice(viewer=viewer)
    return signs_for(viewer=viewer, chosen=get_rules(practice_id=practice_id), now=now)


def get_phone_now(*, viewer: Viewer, now: datetime) -> PracticeNow:
    """Whether the practice can be phoned now, for the same pages as `get_signs`. Raises NotVisible. Audit: none."""
    practice_id = check_record_practice(viewer=viewer)
    return rules.practice_now(calendar=get_calendar(practice_id=practice_id, since=local_date(now)), now=now)


def lines_of(*, text: str) -> tuple[str, ...]:
    """A list of signs as it was typed, one per line."""
    return rules.lines_of(text=text)


def signs_for(*, viewer: Viewer, chosen: ConsultRules, now: datetime) -> UrgentSigns:
    """The list for the age of the patient: children up to and including 15 have one of their own."""
    birth_date = people.find_birth_date(person_id=check_subject(viewer))
    is_adult = birth_date is None or age_group_on(birth_date, local_date(now)) is AgeGroup.FROM_16
    return chosen.adult if is_adult else chosen.child


def rules_of(row: ConsultSettings) -> ConsultRules:
    """A row as others receive it."""
    return ConsultRules(
        adult=UrgentSigns(
            emergency=rules.lines_of(text=row.emergency_adult), urgent=rules.lines_of(text=row.urgent_adult)
        ),
        child=UrgentSigns(
            emergency=rules.lines_of(text=row.emergency_child), urgent=rules.lines_of(text=row.urgent_child)
        ),
        revision=row.revision,
    )
