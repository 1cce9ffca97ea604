"""Addresses at which staff read their agenda in a calendar program: make, see once, take back (REQ 36)."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.agenda.actions.feeds import create_feed, revoke_feed
from zorgbalie.agenda.queries.feeds import list_feeds
from zorgbalie.agenda.types.calendar import AgendaFeedId, FeedPage
from zorgbalie.faces.desk.feeds.forms import NAMES, FeedForm, new_token
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused

_MAY_POST = ["GET", "HEAD", "POST"]


@require_http_methods(_MAY_POST)
def feeds(request: HttpRequest) -> HttpResponse:
    """The own addresses and the form of a new one. The answer to the form shows the address; no later page does."""
    asked = cast(FaceRequest, request)
    page = list_feeds(viewer=asked.viewer)
    if asked.method != "POST":
        return _page(asked, page, FeedForm(page=page, initial={"token": new_token()}))
    form = FeedForm(asked.POST, page=page)
    if not form.is_valid():
        return _page(asked, page, form, status=422)
    values = form.cleaned_data
    try:
        secret = create_feed(
            viewer=asked.viewer,
            name=values["name"],
            agenda_id=form.agenda_id(),
            shows_names=values["shows"] == NAMES,
            token=values["token"],
            now=asked.now,
        )
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(asked, page, form, status=422)
    address = settings.DESK_URL.rstrip("/") + reverse("desk_feed_read", args=[secret])
    form = FeedForm(page=page, initial={"token": new_token()})
    return _page(asked, list_feeds(viewer=asked.viewer), form, address=address, name=values["name"])


@require_http_methods(_MAY_POST)
def revoke(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Take an address back, after a question."""
    asked = cast(FaceRequest, request)
    if asked.method == "POST":
        revoke_feed(viewer=asked.viewer, feed_id=AgendaFeedId(feed_id), now=asked.now)
        messages.success(request, _("Het adres is ingetrokken. Het geeft niets meer."))
        return redirect("desk_feeds")
    found = next((one for one in list_feeds(viewer=asked.viewer).rows if one.feed_id == feed_id), None)
    if found is None:
        raise Http404
    return render(request, "desk/feeds/revoke.html", {"feed": found})


def _page(request: FaceRequest, page: FeedPage, form: FeedForm, status: int = 200, **shown: str) -> HttpResponse:
    context = {"page_of_feeds": page, "form": form, **shown}
    return render(request, "desk/feeds/list.html", context, status=status)
