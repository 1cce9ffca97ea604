"""Versions of the agreement between patient and practice."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.access.actions import agreement_texts as actions
from zorgbalie.access.queries import agreement_texts as queries
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.forms import AgreementTextForm
from zorgbalie.kernel.errors import Refused


def agreement(request: FaceRequest) -> HttpResponse:
    """The text that patients read now, and the versions before it."""
    own, general = queries.list_texts(viewer=request.viewer)
    current = next(iter([*own, *general]), None)
    older = [words for words in own if words is not current]
    return render(request, "management/agreement.html", {"current": current, "older": older, "is_own": bool(own)})


def agreement_version(request: FaceRequest, text_id: int) -> HttpResponse:
    """One version, as it was signed."""
    own, general = queries.list_texts(viewer=request.viewer)
    for words in [*own, *general]:
        if words.text_id == text_id:
            return render(request, "management/agreement_version.html", {"words": words})
    raise Http404


@require_http_methods(["GET", "POST"])
def new_agreement(request: FaceRequest) -> HttpResponse:
    """Write the next version, see it as the patient will, then publish it (ux 50)."""
    own, general = queries.list_texts(viewer=request.viewer)
    current = next(iter([*own, *general]), None)
    number = own[0].version + 1 if own else 1
    initial = {name: getattr(current, name) for name in AgreementTextForm.base_fields} if current else {}
    form = AgreementTextForm(request.POST or None, initial=initial)
    if request.method == "GET" or not form.is_valid() or "change" in request.POST:
        return render(request, "management/agreement_new.html", {"form": form, "number": number})
    if request.POST.get("publish") and _publish(request, form):
        return redirect("management_agreement")
    return render(
        request, "management/agreement_confirm.html", {"form": form, "words": form.cleaned_data, "number": number}
    )


def _publish(request: FaceRequest, form: AgreementTextForm) -> bool:
    seen = request.POST["publish"]
    try:
        version = actions.publish_text(
            viewer=request.viewer, version=int(seen) if seen.isdecimal() and len(seen) < 9 else 0, **form.cleaned_data
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return False
    messages.success(request, _("Versie %(version)d is gepubliceerd.") % {"version": version})
    return True
