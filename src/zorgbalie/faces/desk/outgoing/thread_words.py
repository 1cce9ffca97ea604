"""What the page of a thread at the desk says of the practice's own side of it."""

from zorgbalie.consult.types import DeskThread, FollowUpState
from zorgbalie.faces.desk.outgoing.words import follow_up_words, read_words, reply_words

_RUNNING = (FollowUpState.PLANNED, FollowUpState.ASKED)


def outgoing_words(found: DeskThread) -> dict[str, object]:
    """Read or not, replies or not, and what is planned."""
    out = found.outgoing
    planned = out.follow_up
    return {
        "read": read_words(out),
        "replies": reply_words(out),
        "follow_up": follow_up_words(planned),
        "is_planned": planned is not None and planned.state is FollowUpState.PLANNED,
        "can_plan": planned is None or planned.state not in _RUNNING,
    }
