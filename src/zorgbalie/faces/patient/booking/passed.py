"""That the warning page was passed (R17; ux 13): for each appointment anew, and for one patient."""

from datetime import datetime, timedelta

from zorgbalie.faces.entry.access import FaceRequest

_KEY = "booking_passed"
_LASTS = timedelta(minutes=30)


def note_passed(request: FaceRequest) -> None:
    """None of the signs fits this patient now."""
    until = request.now + _LASTS
    request.session[_KEY] = {"subject": request.viewer.subject_id, "until": until.isoformat()}


def has_passed(request: FaceRequest) -> bool:
    """Whether that was said for this patient, not long ago."""
    found = request.session.get(_KEY)
    if not isinstance(found, dict) or found.get("subject") != request.viewer.subject_id:
        return False
    return datetime.fromisoformat(found["until"]) > request.now


def forget(request: FaceRequest) -> None:
    """The next appointment begins at the warning again."""
    request.session.pop(_KEY, None)
