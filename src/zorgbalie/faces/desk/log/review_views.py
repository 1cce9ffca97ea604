"""The manager's list of emergency access and the review of one (security row 12)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.access.actions.emergency import review_emergency
from zorgbalie.access.log_types import EmergencyId, ReviewRefused
from zorgbalie.access.queries.emergency import get_review, list_reviews
from zorgbalie.faces.desk.log import words
from zorgbalie.faces.desk.log.forms import ReviewForm
from zorgbalie.faces.desk.log.views import page_number, page_of
from zorgbalie.faces.entry.access import FaceRequest


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for a review, then what was reviewed."""
    asked = cast(FaceRequest, request)
    found = list_reviews(viewer=asked.viewer, page=page_number(request), now=asked.now)
    return render(request, "desk/log/reviews.html", {"rows": found.rows, "page": page_of(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """One access: who, why, what was looked at; and the judgement."""
    asked = cast(FaceRequest, request)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            review_emergency(
                viewer=asked.viewer,
                emergency_id=EmergencyId(emergency_id),
                note=form.cleaned_data["note"],
                now=asked.now,
            )
        except ReviewRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("Uw oordeel is bewaard."))
            return redirect("desk_log_emergency_reviews")
    found = get_review(viewer=asked.viewer, emergency_id=EmergencyId(emergency_id), now=asked.now)
    context = {
        "form": form,
        "card": found.card,
        "lines": [(line, words.kind_words(line), words.action_words(line)) for line in found.lines],
    }
    return render(request, "desk/log/review.html", context, status=422 if form.errors else 200)
