"""Before a time is chosen: is it urgent, for whom, and what for (REQ 36, 37; R17; ux 13, 41, 42)."""

import re
from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.agenda.queries import booking as queries
from zorgbalie.consult.queries.settings import get_phone_now, get_signs
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.booking.forms import ForWhomForm, WarningForm
from zorgbalie.faces.patient.booking.passed import has_passed, note_passed
from zorgbalie.faces.patient.booking.words import MODE_ICONS, minutes_words, mode_words
from zorgbalie.faces.patient.consult.words import urgent_words
from zorgbalie.faces.patient.context import shell_of
from zorgbalie.faces.patient.home.acting import act_for
from zorgbalie.kernel.ids import PersonId
from zorgbalie.record.queries.patient_home import check_may_act_for

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
def start(request: HttpRequest) -> HttpResponse:
    """First: is it urgent? `soort` and `agenda` are what somebody wanted already, `uitslag` the report it is about."""
    asked = cast(FaceRequest, request)
    queries.check_may_book(viewer=asked.viewer, now=asked.now)
    form = WarningForm(asked.POST) if asked.method == "POST" else WarningForm()
    wanted = _wanted(asked)
    if form.is_bound and form.is_valid():
        note_passed(asked, report_id=int(wanted.get("uitslag", 0)))
        if kind := wanted.pop("soort", ""):
            narrowed = {"agenda": wanted["agenda"]} if "agenda" in wanted else {}
            return redirect(_with(reverse("patient_booking_time", args=[int(kind)]), narrowed))
        others = queries.list_for_whom(viewer=asked.viewer, now=asked.now)
        return redirect("patient_booking_for_whom" if others else "patient_booking_kinds")
    values = {
        "form": form,
        "wanted": wanted.items(),
        "signs": get_signs(viewer=asked.viewer, now=asked.now),
        "urgent": urgent_words(get_phone_now(viewer=asked.viewer, now=asked.now), shell_of(asked)),
    }
    return render(request, "patient/booking/start.html", values, status=_status(form.is_bound))


def after_warning(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For each page on which one chooses: who did not pass the warning reads it first (R17)."""

    @wraps(page)
    def wrapped(request: HttpRequest, **values: int) -> HttpResponse:
        asked = cast(FaceRequest, request)
        queries.check_may_book(viewer=asked.viewer, now=asked.now)
        if has_passed(asked):
            return page(request, **values)
        wanted = {"soort": str(values["kind_id"])} if "kind_id" in values else {}
        wanted |= {name: value for name, value in _wanted(asked).items() if name == "agenda" and wanted}
        return redirect(_with(reverse("patient_booking"), wanted))

    return wrapped


@_form_page
@after_warning
def for_whom(request: HttpRequest) -> HttpResponse:
    """Oneself, a child or somebody whom one helps. Who chooses another reads the signs that go with that age."""
    asked = cast(FaceRequest, request)
    others = queries.list_for_whom(viewer=asked.viewer, now=asked.now)
    if not others:
        return redirect("patient_booking_kinds")
    form = ForWhomForm(asked.POST if asked.method == "POST" else None, others=others)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["person"]
        if chosen == 0:
            return redirect("patient_booking_kinds")
        if queries.may_book_for(viewer=asked.viewer, person_id=PersonId(chosen), now=asked.now):
            act_for(asked, check_may_act_for(viewer=asked.viewer, person_id=PersonId(chosen), now=asked.now))
            return redirect("patient_booking")
        form.add_error("person", _("Voor deze persoon kunt u hier geen afspraak maken. Bel de praktijk."))
    values = {"form": form, "back_href": reverse("patient_booking")}
    return render(request, "patient/booking/for_whom.html", values, status=_status(form.is_bound))


@require_safe
@after_warning
def kinds(request: HttpRequest) -> HttpResponse:
    """What one can come for, with whom, how long and where."""
    asked = cast(FaceRequest, request)
    offer = queries.get_offer(viewer=asked.viewer, now=asked.now)
    values = {
        "intro_text": offer.intro_text,
        "kinds": [(one, mode_words(one.mode), MODE_ICONS[one.mode], minutes_words(one.minutes)) for one in offer.kinds],
        "back_href": reverse("patient_booking"),
    }
    return render(request, "patient/booking/kinds.html", values)


def _wanted(request: FaceRequest) -> dict[str, str]:
    """What the address or the form says is wanted, as far as it is a number."""
    found = {name: request.POST.get(name) or request.GET.get(name, "") for name in ("soort", "agenda", "uitslag")}
    return {name: text for name, text in found.items() if re.fullmatch(r"[1-9]\d{0,17}", text, re.ASCII)}


def _with(href: str, values: dict[str, str]) -> str:
    return f"{href}?{urlencode(values)}" if values else href


def _status(is_bound: bool) -> int:
    """A form that comes back was not accepted."""
    return 422 if is_bound else 200
