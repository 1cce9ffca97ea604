"""Settings of the practice itself, and of online access."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.forms import OnlineForm, PracticeForm, SettingsForm
from zorgbalie.kernel.errors import Refused
from zorgbalie.office.actions import settings as actions
from zorgbalie.office.queries import settings as queries
from zorgbalie.office.types import PracticeKind, PracticeSettings
from zorgbalie.record.queries.desk_corrections import count_corrections


@require_http_methods(["GET", "POST"])
def practice(request: FaceRequest) -> HttpResponse:
    """Name, address, telephone and look."""
    stored = queries.get_settings(viewer=request.viewer)
    form = PracticeForm(request.POST or None, initial=_initial(stored))
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect("management_practice")
    due = count_corrections(viewer=request.viewer, now=request.now)
    return render(request, "management/practice.html", {"form": form, "corrections": due})


@require_http_methods(["GET", "POST"])
def online(request: FaceRequest) -> HttpResponse:
    """How and from when patients see their record."""
    stored = queries.get_settings(viewer=request.viewer)
    form = _online_form(request.POST or None, stored)
    if request.method == "POST" and "preview" not in request.POST and form.is_valid() and _save(request, form):
        return redirect("management_online")
    shown = form.data if form.is_bound else stored.values
    return render(request, "management/online.html", {"form": form, "preview": _preview(form, stored), "shown": shown})


@require_POST
def online_preview(request: FaceRequest) -> HttpResponse:
    """The sentences alone, for the page that asks for them at each change. Stores nothing."""
    stored = queries.get_settings(viewer=request.viewer)
    form = _online_form(request.POST, stored)
    return render(request, "management/parts/online_preview.html", {"preview": _preview(form, stored)})


def _online_form(posted: QueryDict | None, stored: PracticeSettings) -> OnlineForm:
    return OnlineForm(
        posted,
        initial=_initial(stored),
        since=stored.values["online_access_since"],  # type: ignore[arg-type]  # a day
        is_pharmacy=stored.kind is PracticeKind.PHARMACY,
    )


def _initial(stored: PracticeSettings) -> dict[str, Any]:
    return {**stored.values, "version": stored.version}


def _save(request: FaceRequest, form: SettingsForm) -> bool:
    try:
        changed = actions.change_settings(
            viewer=request.viewer, values=form.values(), version=form.cleaned_data["version"]
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Opgeslagen.") if changed else _("Er was niets gewijzigd."))
    return True


def _preview(form: OnlineForm, stored: PracticeSettings) -> dict[str, Any]:
    """The values that the sentences speak about: what is filled in where it is right, else what is stored."""
    if not form.is_bound:
        return dict(stored.values)
    form.is_valid()
    return {**stored.values, **form.values()}
