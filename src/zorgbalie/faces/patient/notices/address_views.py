"""Where notices go: an e-mail address or a mobile number, which proves itself by a code (security row 63)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.notices.forms import AddressForm, CodeForm, MobileForm
from zorgbalie.kernel.errors import NotVisible, Refused
from zorgbalie.messaging.actions import addresses
from zorgbalie.messaging.queries.preferences import get_offer, get_settings
from zorgbalie.messaging.types import AddressAnswer, Channel

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_WORDS = {
    AddressAnswer.WRONG: lambda: _("Deze code klopt niet. Kijk nog eens in het laatste bericht."),
    AddressAnswer.OVER: lambda: _("Deze code werkt niet meer. Vraag een nieuwe code aan."),
}


@_form_page
def address(request: HttpRequest) -> HttpResponse:
    """A new address: a code goes to it."""
    return _ask(request, AddressForm(request.POST or None), Channel.EMAIL)


@_form_page
def mobile(request: HttpRequest) -> HttpResponse:
    """A new number: a code goes to it."""
    if Channel.SMS not in get_offer().channels:
        raise NotVisible("sms")
    return _ask(request, MobileForm(request.POST or None), Channel.SMS)


@_form_page
def mail_code(request: HttpRequest) -> HttpResponse:
    """The code that came by mail."""
    return _code(request, Channel.EMAIL)


@_form_page
def mobile_code(request: HttpRequest) -> HttpResponse:
    """The code that came in a text message."""
    return _code(request, Channel.SMS)


@require_POST
def drop_mobile(request: HttpRequest) -> HttpResponse:
    """No text messages any more."""
    asked = cast(FaceRequest, request)
    addresses.drop_mobile(viewer=asked.viewer, now=asked.now)
    messages.success(request, _("Wij hebben uw mobiele nummer weggehaald. U krijgt geen sms meer."))
    return redirect("patient_notices_overview")


def _ask(request: HttpRequest, form: AddressForm | MobileForm, channel: Channel) -> HttpResponse:
    asked = cast(FaceRequest, request)
    field, code_page, template = _PAGES[channel]
    if form.is_valid():
        try:
            addresses.ask_code(viewer=asked.viewer, address=form.cleaned_data[field], channel=channel, now=asked.now)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect(code_page)
    elif not form.is_bound:
        get_settings(viewer=asked.viewer, now=asked.now)
    context = {"form": form, "back_href": reverse("patient_notices_overview"), "title": template}
    return render(request, "patient/notices/address.html", context, status=422 if form.errors else 200)


def _code(request: HttpRequest, channel: Channel) -> HttpResponse:
    asked, form = cast(FaceRequest, request), CodeForm(request.POST or None)
    if form.is_valid():
        answer = addresses.confirm_code(
            viewer=asked.viewer, typed=form.cleaned_data["code"], channel=channel, now=asked.now
        )
        if answer is AddressAnswer.CONFIRMED:
            messages.success(request, _confirmed(channel))
            return redirect("patient_notices_overview")
        form.add_error("code", _WORDS[answer]())
    found = get_settings(viewer=asked.viewer, now=asked.now)
    pending = found.pending_address if channel is Channel.EMAIL else found.pending_mobile
    ask_page = "patient_notices_address" if channel is Channel.EMAIL else "patient_notices_mobile"
    if not pending and not form.is_bound:
        return redirect(ask_page)
    context = {"form": form, "pending": pending, "back_href": reverse(ask_page), "is_mail": channel is Channel.EMAIL}
    return render(request, "patient/notices/code.html", context, status=422 if form.errors else 200)


def _confirmed(channel: Channel) -> str:
    if channel is Channel.EMAIL:
        return _("Uw e-mailadres is gewijzigd.")
    return _("Uw mobiele nummer is bewaard. Kijk hieronder waarover u een bericht krijgt, en hoe.")


# Per way: the field of its form, the page of its code, and the heading in the browser's tab.
_PAGES = {
    Channel.EMAIL: ("email", "patient_notices_code", "mail"),
    Channel.SMS: ("mobile", "patient_notices_mobile_code", "sms"),
}
