"""The questions in one patient's file, those of another about this patient among them (REQ 44; R12)."""

from typing import cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zorgbalie.consult.queries.concerned import list_patient_threads
from zorgbalie.consult.types import ConsultState
from zorgbalie.faces.desk.consult.words import STATE_NAMES, about_words
from zorgbalie.faces.desk.release.frame import around, number_in
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.queries.release import patient_card


class FilterForm(forms.Form):
    """What to show, in the address so that a list can be kept."""

    q = forms.CharField(label=_("Zoek in de vragen"), required=False, max_length=100)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Alle")), *((state.value, name) for state, name in STATE_NAMES.items())],
    )


@require_safe
def threads(request: HttpRequest, patient_id: int) -> HttpResponse:
    """A page of the list."""
    asked, patient = cast(FaceRequest, request), PersonId(patient_id)
    form = FilterForm(asked.GET)
    form.is_valid()
    state = ConsultState(form.cleaned_data["stand"]) if form.cleaned_data.get("stand") else None
    words = form.cleaned_data.get("q", "")
    listing = list_patient_threads(
        viewer=asked.viewer, patient_id=patient, state=state, words=words, page=number_in(asked, "page"), now=asked.now
    )
    context = {
        **around(asked, patient),
        "patient": patient_card(patient_id=patient, now=asked.now),
        "form": form,
        "rows": [(row, row.subject or about_words(row.about), STATE_NAMES[row.state]) for row in listing.rows],
        "total": listing.total,
        "page": Paginator(range(listing.total), listing.size).get_page(listing.number),
        "is_filtered": bool(state or words),
        "here": reverse("desk_consult_list", args=[patient_id]),
    }
    return render(request, "desk/consult/list.html", context)
