"""Before a time is chosen: is it urgent, for whom, and what for (REQ 36, 37; R17; ux 13, 41, 42)."""

import re
from collections.abc import Callable
from functools import wraps
from typing import cast

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
    """First: is it urgent? `soort` is the kind that somebody wanted already."""
    asked = cast(FaceRequest, request)
    queries.check_may_book(viewer=asked.viewer, now=asked.now)
    form = WarningForm(asked.POST) if asked.method == "POST" else WarningForm()
    kind = _kind_number(asked.POST.get("soort") or asked.GET.get("soort", ""))
    if form.is_bound and form.is_valid():
        note_passed(asked)
        if kind:
            return redirect("patient_booking_time", int(kind))
        others = queries.list_for_whom(viewer=asked.viewer, now=asked.now)
        return redirect("patient_booking_for_whom" if others else "patient_booking_kinds")
    values = {
        "form": form,
        "kind": kind,
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
        kind = values.get("kind_id")
        return redirect(reverse("patient_booking") + (f"?soort={kind}" if kind else ""))

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


def _kind_number(text: str) -> str:
    return text if re.fullmatch(r"\d{1,18}", text, re.ASCII) else ""


def _status(is_bound: bool) -> int:
    """A form that comes back was not accepted."""
    return 422 if is_bound else 200
