"""The patient's own choice of notices (R15; ux 39) and the address that they go to (security row 63)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.notices.forms import AddressForm, CodeForm, KindsForm
from zorgbalie.messaging.actions import addresses, preferences
from zorgbalie.messaging.queries.preferences import get_settings
from zorgbalie.messaging.types import AddressAnswer, TooManyCodes
from zorgbalie.record.queries.wishes import may_wish

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def overview(request: HttpRequest) -> HttpResponse:
    """What to be told of, and where."""
    asked = cast(FaceRequest, request)
    form = KindsForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        language = form.cleaned_data["language"] or None
        preferences.set_preferences(viewer=asked.viewer, on=form.chosen(), now=asked.now, language=language)
        messages.success(request, _("Uw keuze is bewaard."))
        return redirect("patient_notices_overview")
    found = get_settings(viewer=asked.viewer, now=asked.now)
    initial = {"kinds": [kind.value for kind in found.on], "language": found.language}
    context = {
        "form": form or KindsForm(initial=initial),
        "found": found,
        "wishes_href": reverse("patient_wishes") if may_wish(viewer=asked.viewer, now=asked.now) else "",
    }
    return render(request, "patient/notices/overview.html", context, status=200 if form is None else 422)


@_form_page
def address(request: HttpRequest) -> HttpResponse:
    """A new address: a code goes to it."""
    asked = cast(FaceRequest, request)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        try:
            addresses.ask_code(viewer=asked.viewer, address=form.cleaned_data["email"], now=asked.now)
        except TooManyCodes as refused:
            form.add_error(refused.field, refused.message)
        else:
            return redirect("patient_notices_code")
    elif not form.is_bound:
        get_settings(viewer=asked.viewer, now=asked.now)
    context = {"form": form, "back_href": reverse("patient_notices_overview")}
    return render(request, "patient/notices/address.html", context, status=422 if form.errors else 200)


@_form_page
def code(request: HttpRequest) -> HttpResponse:
    """The code that came by mail."""
    asked = cast(FaceRequest, request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        answer = addresses.confirm_code(viewer=asked.viewer, typed=form.cleaned_data["code"], now=asked.now)
        if answer is AddressAnswer.CONFIRMED:
            messages.success(request, _("Uw e-mailadres is gewijzigd."))
            return redirect("patient_notices_overview")
        form.add_error("code", _WORDS[answer]())
    found = get_settings(viewer=asked.viewer, now=asked.now)
    if not found.pending_address and not form.is_bound:
        return redirect("patient_notices_address")
    context = {"form": form, "found": found, "back_href": reverse("patient_notices_address")}
    return render(request, "patient/notices/code.html", context, status=422 if form.errors else 200)


_WORDS = {
    AddressAnswer.WRONG: lambda: _("Deze code klopt niet. Kijk nog eens in de laatste e-mail."),
    AddressAnswer.OVER: lambda: _("Deze code werkt niet meer. Vraag een nieuwe code aan."),
}
