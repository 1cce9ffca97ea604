"""The switch to somebody for whom one may act, for each page that offers it (ux 41). The gate decides, not this."""

from django.middleware.csrf import rotate_token

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import PersonId


def act_for(request: FaceRequest, person_id: PersonId | None) -> None:
    """From now on. Forms that stand open in other tabs were for somebody else, so they must not work any more (A5)."""
    request.session["subject_id"] = person_id
    rotate_token(request)
