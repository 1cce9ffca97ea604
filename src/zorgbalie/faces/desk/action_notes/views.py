"""`Actie toevoegen`: something to do about a patient, with a day and for whom (REQ 42)."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.desk.inbox.forms import ActionForm
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PersonId
from zorgbalie.worklist import actions, queries
from zorgbalie.worklist.types import ItemKind


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, patient_id: int) -> HttpResponse:
    """A new action; it then stands on the action list."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    name, team = queries.get_action_place(viewer=asked.viewer, patient_id=patient, now=asked.now)
    first = {"token": uuid4().hex, "who": f"m{asked.viewer.employee_id}"}
    form = ActionForm(asked.POST if asked.method == "POST" else None, team=team, needs_day=True, initial=first)
    if form.is_valid():
        try:
            actions.add_action(
                viewer=asked.viewer,
                patient_id=patient,
                text=form.cleaned_data["text"],
                plan=form.plan(),
                token=form.cleaned_data["token"],
                now=asked.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("De actie staat op de lijst."))
            return redirect(reverse("desk_inbox_list") + f"?soort={ItemKind.ACTION.value}")
    context = {"form": form, "patient": name, "patient_id": patient_id}
    return render(request, "desk/action_notes/new.html", context, status=422 if form.errors else 200)
