"""Results by the portal: rules of the practice per kind of result (REQ 64; ux 51)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.result_kind_forms import KindForm, RestForm, initial_of
from zorgbalie.faces.management.result_kind_words import about, examples, sentences
from zorgbalie.kernel.errors import NotVisible, Refused
from zorgbalie.kernel.ids import ResultKindId
from zorgbalie.record.actions import result_kinds as actions
from zorgbalie.record.queries import result_kinds as queries
from zorgbalie.record.types.result_kinds import ResultRule

_EMPTY = ResultRule(kind_id=None, name="")


def kinds(request: FaceRequest) -> HttpResponse:
    """All kinds in the order in which patients see them, and how each works for the patient."""
    *own, rest = queries.list_kinds(viewer=request.viewer)
    rows = [(rule, about(rule), sentences(rule)[0]) for rule in own]
    context = {"rows": rows, "latest": len(rows), "rest_words": sentences(rest)[0]}
    return render(request, "management/result_kinds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_kind(request: FaceRequest) -> HttpResponse:
    """A new kind."""
    queries.list_kinds(viewer=request.viewer)
    return _edit(request, _EMPTY)


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: FaceRequest, kind_id: int) -> HttpResponse:
    """Change a kind, or the rule of the rest by its own number."""
    return _edit(request, queries.get_kind(viewer=request.viewer, kind_id=ResultKindId(kind_id)))


@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: FaceRequest) -> HttpResponse:
    """What happens with results that no kind names."""
    return _edit(request, queries.list_kinds(viewer=request.viewer)[-1])


@require_POST
def preview(request: FaceRequest) -> HttpResponse:
    """The sentences alone, for the page that asks for them at each change. Stores nothing."""
    queries.list_kinds(viewer=request.viewer)
    return render(request, "management/parts/result_kind_preview.html", _preview(RestForm(request.POST), _EMPTY))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: FaceRequest, kind_id: int) -> HttpResponse:
    """Ask once more, then take a kind away."""
    found = queries.get_kind(viewer=request.viewer, kind_id=ResultKindId(kind_id))
    if found.is_rest:
        raise NotVisible("result_kind")
    if request.method == "POST":
        seen = request.POST.get("version", "")
        revision = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1
        try:
            actions.remove_kind(
                viewer=request.viewer, kind_id=ResultKindId(kind_id), revision=revision, now=request.now
            )
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("De soort ‘%(name)s’ is weg.") % {"name": found.name})
        return redirect("management_result_kinds")
    return render(request, "management/result_kind_remove.html", {"rule": found})


@require_POST
def move(request: FaceRequest, kind_id: int) -> HttpResponse:
    """One place higher or lower."""
    up = request.POST.get("naar") == "boven"
    actions.move_kind(viewer=request.viewer, kind_id=ResultKindId(kind_id), up=up)
    return redirect("management_result_kinds")


@require_POST
def add_examples(request: FaceRequest) -> HttpResponse:
    """Examples to begin with; the practice changes them as it likes."""
    try:
        added = actions.add_examples(viewer=request.viewer, examples=examples(), now=request.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("management_result_kinds")
    if added:
        words = ngettext(
            "Er staat %(count)s voorbeeld klaar. Kijk het na.",
            "Er staan %(count)s voorbeelden klaar. Kijk ze na.",
            added,
        )
        messages.success(request, words % {"count": added})
    else:
        messages.info(request, _("Alle voorbeelden stonden er al."))
    return redirect("management_result_kinds")


def _edit(request: FaceRequest, stored: ResultRule) -> HttpResponse:
    of = RestForm if stored.is_rest else KindForm
    form = of(request.POST or None, initial=initial_of(stored))
    if request.method == "POST" and "preview" not in request.POST and form.is_valid() and _save(request, form, stored):
        return redirect("management_result_kinds")
    status = 422 if form.is_bound and form.errors and "preview" not in request.POST else 200
    context = {"form": form, "rule": stored, **_preview(form, stored)}
    return render(request, "management/result_kind.html", context, status=status)


def _save(request: FaceRequest, form: RestForm, stored: ResultRule) -> bool:
    try:
        actions.save_kind(viewer=request.viewer, rule=form.rule(stored), now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Opgeslagen. Dit geldt voor alles wat u vanaf nu publiceert."))
    return True


def _preview(form: RestForm, stored: ResultRule) -> dict[str, object]:
    """The sentences about what is filled in where it is right, else about what is stored."""
    shown = form.rule(stored) if form.is_bound and form.is_valid() else stored
    return {"sentences": sentences(shown)}
