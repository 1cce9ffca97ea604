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
