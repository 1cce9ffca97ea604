"""Kinds of appointment: what patients can come for, with what they get beside it (REQ 37, 72; ux 51)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.agenda.actions import managing_kinds as actions
from zorgbalie.agenda.queries import managing_kinds as queries
from zorgbalie.agenda.queries.example_kinds import example_kinds
from zorgbalie.agenda.queries.managing import count_coming_of_kind, list_hidden_accounts
from zorgbalie.agenda.types import AppointmentKindId
from zorgbalie.agenda.types.managing import ManagedKind
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.agenda.kind_forms import MODE_NAMES, KindForms
from zorgbalie.faces.management.question_forms import shown_questions
from zorgbalie.kernel.errors import Refused

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def kinds(request: FaceRequest) -> HttpResponse:
    """All kinds in the order in which patients see them; archived ones apart."""
    rows = queries.list_managed_kinds(viewer=request.viewer)
    context = {
        "rows": [(one, MODE_NAMES[one.mode]) for one in rows if one.is_active],
        "archived": [one for one in rows if not one.is_active],
        "hidden": list_hidden_accounts(viewer=request.viewer),
    }
    return render(request, "management/agenda/kinds.html", context)


@_form_page
def new_kind(request: FaceRequest) -> HttpResponse:
    """A new kind."""
    queries.list_managed_kinds(viewer=request.viewer)
    return _edit(request, ManagedKind(), 0)


@_form_page
def kind(request: FaceRequest, kind_id: int) -> HttpResponse:
    """Change a kind with its questions."""
    stored = queries.get_managed_kind(viewer=request.viewer, kind_id=AppointmentKindId(kind_id))
    return _edit(request, stored, _coming(request, kind_id))


@require_POST
def move(request: FaceRequest, kind_id: int) -> HttpResponse:
    """One place higher or lower."""
    up = request.POST.get("naar") == "boven"
    actions.move_kind(viewer=request.viewer, kind_id=AppointmentKindId(kind_id), up=up)
    return redirect("management_appointment_kinds")


@require_POST
def switch(request: FaceRequest, kind_id: int) -> HttpResponse:
    """Open a kind online, or no longer."""
    is_online = request.POST.get("aan") == "1"
    try:
        actions.switch_kind(viewer=request.viewer, kind_id=AppointmentKindId(kind_id), is_online=is_online)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("management_appointment_kinds")
    if is_online:
        messages.success(request, _("De soort staat online. Patiënten kunnen hem kiezen."))
    else:
        _tell_what_stays(request, _("De soort staat niet meer online."), kind_id)
    return redirect("management_appointment_kinds")


@require_POST
def archive(request: FaceRequest, kind_id: int) -> HttpResponse:
    """Put a kind away, or take it back."""
    is_active = request.POST.get("terug") == "1"
    actions.archive_kind(viewer=request.viewer, kind_id=AppointmentKindId(kind_id), is_active=is_active)
    if is_active:
        messages.success(request, _("De soort is terug. Hij staat nog niet online."))
    else:
        _tell_what_stays(request, _("De soort is gearchiveerd. Niemand kan hem nog kiezen."), kind_id)
    return redirect("management_appointment_kinds")


@require_POST
def add_examples(request: FaceRequest) -> HttpResponse:
    """Examples to begin with; the practice changes them as it likes, and opens them itself."""
    try:
        added = actions.add_example_kinds(viewer=request.viewer, examples=example_kinds())
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("management_appointment_kinds")
    if added:
        words = ngettext(
            "Er staat %(count)s soort klaar. Kijk hem na en zet hem online.",
            "Er staan %(count)s soorten klaar. Kijk ze na en zet ze online.",
            added,
        )
        messages.success(request, words % {"count": added})
    else:
        messages.info(request, _("Alle voorbeelden stonden er al."))
    return redirect("management_appointment_kinds")


def _coming(request: FaceRequest, kind_id: int) -> int:
    return count_coming_of_kind(viewer=request.viewer, kind_id=AppointmentKindId(kind_id), now=request.now)


def _tell_what_stays(request: FaceRequest, sentence: str, kind_id: int) -> None:
    """That it is done; with how many appointments of this kind are still to come, which stay."""
    still = _coming(request, kind_id)
    if not still:
        messages.success(request, sentence)
        return
    stays = ngettext(
        "Er komt nog %(count)s afspraak van deze soort. Die blijft staan.",
        "Er komen nog %(count)s afspraken van deze soort. Die blijven staan.",
        still,
    )
    messages.warning(request, f"{sentence} {stays % {'count': still}}")


def _edit(request: FaceRequest, stored: ManagedKind, coming: int) -> HttpResponse:
    forms = KindForms(request.POST if request.method == "POST" else None, stored=stored)
    if request.method != "POST":
        return _page(request, forms, stored, coming)
    is_right = forms.is_valid()
    wanted = forms.wanted()
    if request.headers.get("HX-Request"):
        return render(request, "management/agenda/kind_preview.html", _preview(wanted))
    if "preview" in request.POST:
        return _page(request, forms, wanted, coming)
    if is_right and _save(request, forms, wanted):
        return redirect("management_appointment_kinds")
    return _page(request, forms, wanted, coming, 422)


def _save(request: FaceRequest, forms: KindForms, wanted: ManagedKind) -> bool:
    try:
        kind_id = actions.save_kind(viewer=request.viewer, kind=wanted)
    except Refused as refusal:
        forms.kind.refuse(refusal)
        return False
    if forms.stored.is_online and not wanted.is_online:
        _tell_what_stays(request, _("Opgeslagen. De soort staat niet meer online."), kind_id)
    else:
        messages.success(request, _("Opgeslagen. Afspraken die al gemaakt zijn, veranderen niet."))
    return True


def _page(request: FaceRequest, forms: KindForms, shown: ManagedKind, coming: int, status: int = 200) -> HttpResponse:
    values = {
        "form": forms.kind,
        "places": forms.questions.places(),
        "stored": forms.stored,
        "coming": coming,
        "here": request.path,
        "hidden": list_hidden_accounts(viewer=request.viewer),
    }
    return render(request, "management/agenda/kind.html", {**values, **_preview(shown)}, status=status)


def _preview(shown: ManagedKind) -> dict[str, object]:
    """What a patient gets of a kind, question by question."""
    return {
        "shown": shown,
        "mode_name": MODE_NAMES[shown.mode],
        "shown_questions": shown_questions(questions=shown.questions),
    }
