"""The patient's own choice of notices: about what, and by which way (R15; ux 39)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.notices.forms import KindsForm
from zorgbalie.kernel.errors import Refused
from zorgbalie.messaging.actions import preferences
from zorgbalie.messaging.queries.preferences import get_offer, get_settings
from zorgbalie.messaging.types import Channel, NoticeSettings, Offer
from zorgbalie.record.queries.wishes import may_wish


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """What to be told of, how, and where."""
    asked, offer = cast(FaceRequest, request), get_offer()
    found = get_settings(viewer=asked.viewer, now=asked.now)
    ways = _ways(offer, found)
    form = KindsForm(asked.POST if asked.method == "POST" else None, ways=ways, initial=_initial(found))
    if form.is_bound and form.is_valid():
        try:
            preferences.set_preferences(
                viewer=asked.viewer,
                on=form.chosen(),
                channels=form.chosen_ways(),
                now=asked.now,
                language=form.cleaned_data["language"] or None,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Uw keuze is bewaard."))
            return redirect("patient_notices_overview")
    context = {
        "form": form,
        "found": found,
        "offers_sms": Channel.SMS in offer.channels,
        "push_key": offer.push_key,
        "wishes_href": reverse("patient_wishes") if may_wish(viewer=asked.viewer, now=asked.now) else "",
    }
    return render(request, "patient/notices/overview.html", context, status=422 if form.errors else 200)


def _ways(offer: Offer, found: NoticeSettings) -> set[Channel]:
    """A text message can be chosen by who gave a number."""
    return {way for way in offer.channels if way is not Channel.SMS or found.mobile}


def _initial(found: NoticeSettings) -> dict[str, object]:
    return {
        "kinds": [kind.value for kind in found.on],
        "channels": [way.value for way in found.channels],
        "language": found.language,
    }
