"""Changes of notices: report an event, set preferences."""

from datetime import datetime

from zorgbalie.kernel.ids import PersonId, PracticeId
from zorgbalie.kernel.viewer import Viewer
from zorgbalie.messaging.types import NoticeKind


def notify(
    *, viewer: Viewer, person_id: PersonId, practice_id: PracticeId, kind: NoticeKind, event_key: str, now: datetime
) -> bool:
    """Tell a person that something is ready, if that person said yes to this kind (R15).

    Stored and queued in the running transaction, so a notice goes out exactly when the change that caused it stays.
    One `event_key` gives one notice, however often it is reported. Returns whether a notice was queued.
    """
    return False


def send_invitation(
    *, viewer: Viewer, person_id: PersonId, practice_id: PracticeId, event_key: str, now: datetime
) -> bool:
    """Send the practice's personal invitation to the address that the practice checked (REQ 4).

    R15 is not touched: consent is about notices of the portal, and this is the invitation to take part in it at all,
    after which consent can be asked. It is one letter of the practice to its own patient, at an address given to it,
    and says no more than the practice's name, that somebody is invited, and where the portal begins: no code, no name
    of the patient, nothing of care (R9, A7). Returns whether a notice was queued.
    """
    return False
