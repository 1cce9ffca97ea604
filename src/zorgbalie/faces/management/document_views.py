"""`Correspondentie delen`: from which day patients see which documents (REQ 90; R4, R14; ux 51)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.document_words import CATEGORY_NAMES
from zorgbalie.faces.management.document_forms import SharingForm, initial_of
from zorgbalie.kernel.errors import Refused
from zorgbalie.record.actions.document_sharing import change_sharing
from zorgbalie.record.queries.document_sharing import get_sharing_settings
from zorgbalie.record.types.documents import SharingSettings


@require_http_methods(["GET", "HEAD", "POST"])
def correspondence(request: FaceRequest) -> HttpResponse:
    """The days, and in sentences what patients see with them."""
    stored = get_sharing_settings(viewer=request.viewer)
    if stored is None:
        return render(request, "management/documents_none.html", {})
    if request.method != "POST":
        return _page(request, SharingForm(initial=initial_of(stored.starts, stored.version)), stored)
    form = SharingForm(request.POST)
    if not form.is_valid():
        return _page(request, form, stored, 422)
    if "preview" in request.POST or request.headers.get("HX-Request"):
        return _page(request, form, stored)
    try:
        changed = change_sharing(
            viewer=request.viewer, starts=form.starts(), version=form.cleaned_data["version"], now=request.now
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, form, stored, 422)
    messages.success(request, _("Opgeslagen.") if changed else _("Er was niets gewijzigd."))
    return redirect("management_documents")


def _page(request: FaceRequest, form: SharingForm, stored: SharingSettings, status: int = 200) -> HttpResponse:
    starts = form.starts() if form.is_bound and form.is_valid() else stored.starts
    context = {
        "form": form,
        "fields": [form[category.value] for category in stored.starts],
        "shown": [(CATEGORY_NAMES[category], day) for category, day in starts.items() if day],
        "hidden": [CATEGORY_NAMES[category] for category, day in starts.items() if not day],
    }
    name = "parts/documents_preview" if request.headers.get("HX-Request") else "documents"
    return render(request, f"management/{name}.html", context, status=status)
