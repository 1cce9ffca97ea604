"""What a patient chose to be told of."""

from datetime import datetime

from zorgbalie.access.types import Use
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.models import AddressCheck, NoticePreference
from zorgbalie.messaging.own_settings import open_settings
from zorgbalie.messaging.rules import TRIES_PER_CODE
from zorgbalie.messaging.types import Channel, NoticeKind, NoticeSettings
from zorgbalie.people import queries as people


def get_settings(*, viewer: Viewer, now: datetime) -> NoticeSettings:
    """The settings of this patient. Raises NotVisible. Audit: `notices.read`."""
    grant = open_settings(viewer=viewer, use=Use.READ, event="notices.read", now=now)
    person = people.list_names(person_ids=[grant.patient_id])[grant.patient_id]
    rows = NoticePreference.objects.filter(person_id=grant.patient_id, channel=Channel.EMAIL)
    choices = dict(rows.values_list("kind", "is_on"))
    pending = AddressCheck.objects.filter(person_id=grant.patient_id).order_by("-created_at", "-pk").first()
    is_open = pending and not pending.used_at and pending.expires_at > now and pending.attempts < TRIES_PER_CODE
    return NoticeSettings(
        email=person.email,
        email_verified=person.email_verified,
        on=frozenset(NoticeKind(kind) for kind, is_on in choices.items() if is_on),
        chosen=bool(choices),
        pending_address=pending.address if pending and is_open else "",
        language=person.language,
    )


def needs_first_choice(*, viewer: Viewer, now: datetime) -> bool:
    """Whether this patient was never asked: the first page then points to the question (ux 39). Logs nothing."""
    if viewer.subject_id is None:
        return False
    return not NoticePreference.objects.filter(person_id=viewer.subject_id).exists()
