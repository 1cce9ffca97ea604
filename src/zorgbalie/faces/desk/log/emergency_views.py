"""Emergency access: start it, see that it runs, end it (security row 12)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.access.actions.emergency import end_emergency, start_emergency
from zorgbalie.access.log_types import EmergencyId, EmergencyRefused
from zorgbalie.access.queries.emergency import get_own, list_own_running
from zorgbalie.faces.desk.log.forms import EmergencyForm
from zorgbalie.faces.entry.access import FaceRequest


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Find a person by exact BSN and say why."""
    asked = cast(FaceRequest, request)
    own = list_own_running(viewer=asked.viewer, now=asked.now)
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            emergency_id = start_emergency(
                viewer=asked.viewer,
                bsn=form.cleaned_data["bsn"],
                reason=form.cleaned_data["reason"],
                now=asked.now,
            )
        except EmergencyRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            return redirect("desk_log_emergency_running", emergency_id=emergency_id)
    context = {"form": form, "own": own}
    return render(request, "desk/log/emergency.html", context, status=422 if form.errors else 200)


@require_safe
def running(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """One's own access: until when, and the way to the record."""
    asked = cast(FaceRequest, request)
    card = get_own(viewer=asked.viewer, emergency_id=EmergencyId(emergency_id), now=asked.now)
    return render(request, "desk/log/emergency_running.html", {"card": card})


@require_POST
def end(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """Stop before the hour is over."""
    asked = cast(FaceRequest, request)
    end_emergency(viewer=asked.viewer, emergency_id=EmergencyId(emergency_id), now=asked.now)
    messages.success(request, _("De noodtoegang is gestopt."))
    return redirect("desk_log_emergency_running", emergency_id=emergency_id)
