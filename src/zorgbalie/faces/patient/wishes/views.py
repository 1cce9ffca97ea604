"""How the patient wants to hear results, at any time to change (ux 32)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.wishes.forms import WishForm, initial_of
from zorgbalie.record.actions.wishes import set_wishes
from zorgbalie.record.queries.wishes import get_wish_page


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """The question in general and per kind."""
    asked = cast(FaceRequest, request)
    page = get_wish_page(viewer=asked.viewer, now=asked.now)
    form = WishForm(asked.POST if asked.method == "POST" else None, page=page, initial=initial_of(page))
    if asked.method == "POST" and form.is_valid():
        set_wishes(viewer=asked.viewer, general=form.general_wish(), per_kind=form.per_kind(), now=asked.now)
        messages.success(request, _("Uw keuze is bewaard. Uw praktijk ziet dit bij elke nieuwe uitslag."))
        return redirect("patient_wishes")
    off = [choice.rule.name for choice in page.kinds if not choice.rule.uses_portal]
    context = {"form": form, "page": page, "off": off}
    return render(request, "patient/wishes/wishes.html", context, status=422 if form.errors else 200)
