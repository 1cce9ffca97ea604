"""Agendas of doctors, assistants and nurses: whose they are, and how they open for patients (REQ 73, 74; R11)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.agenda.actions import managing_agendas as actions
from zorgbalie.agenda.queries import managing_agendas as queries
from zorgbalie.agenda.queries.managing import count_coming_at_agenda, list_hidden_accounts
from zorgbalie.agenda.types import AgendaId, ReleasePlan
from zorgbalie.agenda.types.managing import ManagedAgenda, StillBooked
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.agenda.agenda_forms import AgendaForm, TakeOverForm, initial_of, with_present
from zorgbalie.kernel.errors import Refused

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agendas(request: FaceRequest) -> HttpResponse:
    """All agendas, as they stand at the desk."""
    rows = queries.list_managed_agendas(viewer=request.viewer)
    context = {
        "rows": [(one, one.release_plan is ReleasePlan.STAGGERED) for one in rows if one.is_active],
        "resting": [one for one in rows if not one.is_active],
        "hidden": list_hidden_accounts(viewer=request.viewer),
    }
    return render(request, "management/agenda/agendas.html", context)


@_form_page
def new_agenda(request: FaceRequest) -> HttpResponse:
    """A new agenda; without a week pattern it offers nothing yet."""
    return _edit(request, ManagedAgenda(release_plan=ReleasePlan.STAGGERED))


@_form_page
def agenda(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """Change an agenda."""
    return _edit(request, queries.get_managed_agenda(viewer=request.viewer, agenda_id=AgendaId(agenda_id)))


@require_POST
def move(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """One column to the left or right."""
    up = request.POST.get("naar") == "boven"
    actions.move_agenda(viewer=request.viewer, agenda_id=AgendaId(agenda_id), up=up)
    return redirect("management_agendas")


@_form_page
def use(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """Put an agenda out of use, after a look at what is booked in it; or back into use."""
    number = AgendaId(agenda_id)
    stored = queries.get_managed_agenda(viewer=request.viewer, agenda_id=number)
    coming = count_coming_at_agenda(viewer=request.viewer, agenda_id=number, now=request.now)
    context = {"agenda": stored, "coming": coming}
    if request.method != "POST":
        return render(request, "management/agenda/agenda_use.html", context)
    is_active, seen = request.POST.get("aan") == "1", request.POST.get("gezien", "")
    try:
        actions.use_agenda(
            viewer=request.viewer,
            agenda_id=number,
            is_active=is_active,
            seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1,
            now=request.now,
        )
    except StillBooked as refusal:
        changed = {**context, "coming": refusal.coming, "refusal": refusal.message}
        return render(request, "management/agenda/agenda_use.html", changed, status=409)
    messages.success(
        request,
        _("De agenda is weer in gebruik.")
        if is_active
        else _("De agenda is uit gebruik. Wat er al in stond, blijft staan."),
    )
    return redirect("management_agendas")


@_form_page
def take_over(request: FaceRequest, agenda_id: int) -> HttpResponse:
    """Take the week pattern and the opening of another agenda over."""
    stored = queries.get_managed_agenda(viewer=request.viewer, agenda_id=AgendaId(agenda_id))
    others = [one for one in queries.list_managed_agendas(viewer=request.viewer) if one.agenda_id != agenda_id]
    form = TakeOverForm(request.POST if request.method == "POST" else None, agendas=others)
    if form.is_bound and form.is_valid():
        try:
            count = actions.copy_agenda(
                viewer=request.viewer,
                source_id=AgendaId(form.cleaned_data["source"]),
                target_id=AgendaId(agenda_id),
                now=request.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            words = ngettext("%(count)s blok is overgenomen.", "%(count)s blokken zijn overgenomen.", count)
            messages.success(request, words % {"count": count})
            return redirect("management_agenda_one", agenda_id)
    is_filled = queries.has_pattern(viewer=request.viewer, agenda_id=AgendaId(agenda_id), now=request.now)
    context = {"agenda": stored, "form": form, "others": others, "is_filled": is_filled and not form.is_bound}
    return render(request, "management/agenda/agenda_copy.html", context, status=422 if form.errors else 200)


def _edit(request: FaceRequest, stored: ManagedAgenda) -> HttpResponse:
    choices = with_present(queries.list_choices(viewer=request.viewer, now=request.now), stored)
    form = AgendaForm(request.POST if request.method == "POST" else None, choices=choices, initial=initial_of(stored))
    if form.is_bound and form.is_valid():
        try:
            agenda_id = actions.save_agenda(viewer=request.viewer, agenda=form.wanted(stored), now=request.now)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if stored.agenda_id is None:
                messages.success(request, _("De agenda is gemaakt. Maak nu het weekrooster."))
                return redirect("management_agenda_one", agenda_id)
            messages.success(request, _("Opgeslagen. Afspraken die al gemaakt zijn, veranderen niet."))
            return redirect("management_agendas")
    hidden = list_hidden_accounts(viewer=request.viewer)
    context = {"form": form, "stored": stored, "hidden": hidden}
    return render(request, "management/agenda/agenda.html", context, status=422 if form.errors else 200)
