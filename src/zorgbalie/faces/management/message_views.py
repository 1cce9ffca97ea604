"""Messages that the practice begins: on or off, texts, how long one may reply, quiet hours (REQ 33, 34; ux 51)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.consult.actions.message_settings import change_message_rules
from zorgbalie.consult.queries.outgoing import get_managed_message_rules, preview_text
from zorgbalie.consult.types import MessageRules
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.message_forms import MessagesForm, initial_of
from zorgbalie.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def practice_messages(request: HttpRequest) -> HttpResponse:
    """The choices, with what the patient sees beside them."""
    asked = cast(FaceRequest, request)
    stored = get_managed_message_rules(viewer=asked.viewer)
    if asked.method != "POST":
        return _page(asked, MessagesForm(initial=initial_of(stored)), stored)
    form = MessagesForm(asked.POST)
    is_right = form.is_valid()
    shown = form.rules(stored)
    if asked.headers.get("HX-Request"):
        return render(request, "management/parts/messages_preview.html", _preview(asked, shown))
    if not is_right:
        return _page(asked, form, shown, 422)
    if "preview" in asked.POST:
        return _page(asked, form, shown)
    try:
        change_message_rules(viewer=asked.viewer, wanted=shown)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(asked, form, shown, 409)
    messages.success(request, _("Opgeslagen."))
    return redirect("management_messages")


def _page(request: FaceRequest, form: MessagesForm, shown: MessageRules, status: int = 200) -> HttpResponse:
    context = {"form": form, **_preview(request, shown)}
    return render(request, "management/messages.html", context, status=status)


def _preview(request: FaceRequest, shown: MessageRules) -> dict[str, object]:
    return {
        "shown": shown,
        "start_text": preview_text(viewer=request.viewer, text=shown.start_text),
        "follow_up_text": preview_text(viewer=request.viewer, text=shown.follow_up_text),
    }
