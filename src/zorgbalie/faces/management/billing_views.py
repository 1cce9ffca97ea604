"""Billing: what the practice decides, and its tariffs with a preview before they are loaded (REQ 50; ux 50, 51)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.billing.actions import loading
from zorgbalie.billing.actions.settings import change_rules
from zorgbalie.billing.queries import settings as queries
from zorgbalie.billing.queries.tariffs import list_tariffs
from zorgbalie.billing.types import LARGEST_FILE, TariffReport
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.billing_forms import (
    FAULTS,
    BillingForm,
    TariffAgainForm,
    TariffForm,
    initial_of,
    packed,
)
from zorgbalie.kernel.errors import Refused

_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def billing(request: FaceRequest) -> HttpResponse:
    """On or off, how time counts, who confirms, and what patients read."""
    stored = queries.get_managed_rules(viewer=request.viewer)
    form = BillingForm(request.POST) if request.method == "POST" else BillingForm(initial=initial_of(stored))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                change_rules(viewer=request.viewer, wanted=form.rules())
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = 409
            else:
                messages.success(request, _("Opgeslagen."))
                return redirect("management_billing")
    shown = form.data.get("patient_text", "") if form.is_bound else stored.patient_text
    context = {"form": form, "billers": queries.list_billers(viewer=request.viewer), "shown": shown}
    return render(request, "management/billing/settings.html", context, status=status)


@require_safe
def tariffs(request: FaceRequest) -> HttpResponse:
    """The tariffs that the practice has."""
    text = request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    found = list_tariffs(viewer=request.viewer, page=number)
    page = Paginator(range(found.total), found.size).get_page(found.number)
    return render(request, "management/billing/tariffs.html", {"rows": found.rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: FaceRequest) -> HttpResponse:
    """Choose a file, look at what it changes, then load it. The same file again changes nothing."""
    queries.check_page(viewer=request.viewer, event="billing.tariffs_loaded")
    if request.method != "POST":
        return render(request, "management/billing/load.html", {"form": TariffForm()})
    again = TariffAgainForm(request.POST) if "packed" in request.POST else None
    if again is not None and again.is_valid():
        return _loaded(request, again.cleaned_data["packed"])
    form = TariffForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data["file"].read(LARGEST_FILE + 1)
        try:
            report = loading.preview_own_tariffs(viewer=request.viewer, data=data)
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            return _report(request, report, data)
    return render(request, "management/billing/load.html", {"form": form}, status=422)


def _loaded(request: FaceRequest, data: bytes) -> HttpResponse:
    try:
        report = loading.load_own_tariffs(viewer=request.viewer, data=data, now=request.now)
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect("management_billing_load")
    words = {"new": len(report.new), "changed": len(report.changed)}
    messages.success(request, _("De tarieven zijn geladen: %(new)s nieuw, %(changed)s vervangen.") % words)
    return redirect("management_billing_tariffs")


def _report(request: FaceRequest, report: TariffReport, data: bytes) -> HttpResponse:
    context = {
        "report": report,
        "lines": [(one, True) for one in report.new[:_SHOWN]] + [(one, False) for one in report.changed[:_SHOWN]],
        "refused": [(line, FAULTS[line.fault]) for line in report.refused[:_SHOWN]],
        "packed": packed(data),
    }
    return render(request, "management/billing/preview.html", context)
