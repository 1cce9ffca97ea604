"""That the warning page was passed (R17; ux 13): for each appointment anew, and for one patient."""

from datetime import datetime, timedelta

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import LabReportId

_KEY = "booking_passed"
_LASTS = timedelta(minutes=30)


def note_passed(request: FaceRequest, *, report_id: int = 0) -> None:
    """None of the signs fits this patient now. `report_id`: about which result the practice asked to come."""
    until = request.now + _LASTS
    request.session[_KEY] = {
        "subject": request.viewer.subject_id,
        "until": until.isoformat(),
        "report": report_id,
    }


def report_of(request: FaceRequest) -> LabReportId | None:
    """About which result this patient was asked to come, on the way that is walked now."""
    found = request.session.get(_KEY)
    if not isinstance(found, dict) or found.get("subject") != request.viewer.subject_id or not found.get("report"):
        return None
    return LabReportId(found["report"])


def has_passed(request: FaceRequest) -> bool:
    """Whether that was said for this patient, not long ago."""
    found = request.session.get(_KEY)
    if not isinstance(found, dict) or found.get("subject") != request.viewer.subject_id:
        return False
    return datetime.fromisoformat(found["until"]) > request.now


def forget(request: FaceRequest) -> None:
    """The next appointment begins at the warning again."""
    request.session.pop(_KEY, None)
