"""`Gaat over iemand anders`: search, look at what moves and what stays, confirm (REQ 44; R12; ux 46, 50)."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.access.queries.patients import list_patients
from zorgbalie.consult.actions.moving import move_question
from zorgbalie.consult.queries.moving import get_move_plan, list_close_persons
from zorgbalie.consult.types import MovePlan
from zorgbalie.faces.desk.release.frame import around
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.record.queries.release import patient_card

_AGAIN = gettext_lazy("Er ging iets mis met het formulier. Open de vraag en probeer het nog een keer.")


class SearchForm(forms.Form):
    """Who it is about."""

    q = forms.CharField(
        label=gettext_lazy("Naam of geboortedatum"), help_text=gettext_lazy("Bijvoorbeeld: Jansen 4-5-1970"),
        required=False, max_length=100,
    )  # fmt: skip


class MoveForm(forms.Form):
    """The thread as it was on the screen."""

    revision = forms.IntegerField(
        label=gettext_lazy("Formulier"), min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput,
        error_messages={"required": _AGAIN, "invalid": _AGAIN, "max_value": _AGAIN, "min_value": _AGAIN},
    )  # fmt: skip


@require_safe
def choose(request: HttpRequest, patient_id: int, consult_id: int) -> HttpResponse:
    """Children and others of the sender first, then everybody of this practice by name."""
    asked, patient, consult = cast(FaceRequest, request), PersonId(patient_id), ConsultId(consult_id)
    close = list_close_persons(viewer=asked.viewer, patient_id=patient, consult_id=consult, now=asked.now)
    search = asked.GET.get("q", "")[:100]
    found = (
        list_patients(viewer=asked.viewer, search=search, sort="name", page=1, now=asked.now)
        if search.strip()
        else None
    )
    values = {
        "close": close,
        "form": SearchForm(initial={"q": search}),
        "search": search.strip(),
        "found": found.rows if found else (),
        "has_more": found is not None and found.total > len(found.rows),
    }
    return _render(asked, patient, consult, "move", values)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, patient_id: int, consult_id: int, to_id: int) -> HttpResponse:
    """What moves and what stays, with both names; then it is done."""
    asked, patient, consult = cast(FaceRequest, request), PersonId(patient_id), ConsultId(consult_id)
    target = PersonId(to_id)
    form = MoveForm(asked.POST if asked.method == "POST" else None)
    if form.is_valid():
        try:
            move_question(
                viewer=asked.viewer,
                patient_id=patient,
                consult_id=consult,
                to_patient_id=target,
                revision=form.cleaned_data["revision"],
                now=asked.now,
            )
        except Refused as refusal:
            messages.warning(request, refusal.message)
            return redirect("desk_consult_thread", patient, consult)
        messages.success(request, _("De vraag is overgezet. De afzender leest hem nog steeds."))
        return redirect("desk_consult_thread", patient, consult)
    try:
        plan = get_move_plan(
            viewer=asked.viewer, patient_id=patient, consult_id=consult, to_patient_id=target, now=asked.now
        )
    except Refused as refusal:
        messages.info(request, refusal.message)
        return redirect("desk_consult_thread", patient, consult)
    return _render(asked, patient, consult, "move_confirm", _plan_values(form, plan), 422 if form.errors else 200)


def _plan_values(form: MoveForm, plan: MovePlan) -> dict[str, object]:
    return {"plan": plan, "form": MoveForm(initial={"revision": plan.revision}), "faults": form.errors}


def _render(
    request: FaceRequest, patient_id: PersonId, consult_id: ConsultId, name: str, values: dict[str, object],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    frame = {
        **around(request, patient_id),
        "patient": patient_card(patient_id=patient_id, now=request.now),
        "consult_id": consult_id,
        "here": request.path,
    }
    return render(request, f"desk/consult/{name}.html", {**frame, **values}, status=status)
