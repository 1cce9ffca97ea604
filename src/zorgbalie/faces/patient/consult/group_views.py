"""Whether the practice may send messages that go to a group (AVG 21)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zorgbalie.consult.actions.objections import set_objection
from zorgbalie.faces.entry.access import FaceRequest


@require_POST
def group_messages(request: HttpRequest, consult_id: int) -> HttpResponse:
    """Store the wish, and go back to the message."""
    asked = cast(FaceRequest, request)
    objects = asked.POST.get("wens") != "weer"
    set_objection(viewer=asked.viewer, consult_id=consult_id, objects=objects, now=asked.now)
    if objects:
        messages.success(request, _("U krijgt geen berichten meer die aan een groep gaan."))
    else:
        messages.success(request, _("U krijgt weer berichten die aan een groep gaan."))
    return redirect("patient_consult_thread", consult_id)
