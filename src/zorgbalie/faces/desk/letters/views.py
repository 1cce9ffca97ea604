"""Template letters (maskerbrieven): list, write with a preview for a made-up patient, remove (REQ 45, 64; ux 40)."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.faces.desk.letters.forms import LetterForm, initial_of
from zorgbalie.faces.desk.log.views import page_number
from zorgbalie.faces.desk.standard_texts import SearchForm, wants_saving
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.record.actions import letters as actions
from zorgbalie.record.queries import letters as queries
from zorgbalie.record.queries.language import measure_language
from zorgbalie.record.types.writing import Letter, LetterChanged, LetterId

_MAY_POST = ["GET", "HEAD", "POST"]
FIELD_NAMES = (
    ("{naam}", gettext_lazy("naam van de patiënt")),
    ("{datum}", gettext_lazy("dag van het onderzoek")),
    ("{praktijk}", gettext_lazy("naam van uw praktijk")),
    ("{telefoon}", gettext_lazy("telefoonnummer van uw praktijk")),
    ("{arts}", gettext_lazy("naam van wie de uitslag verwerkt")),
)


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """All letters that one may use, by name."""
    asked = cast(FaceRequest, request)
    search = asked.GET.get("q", "")[:100]
    found = queries.list_letters(viewer=asked.viewer, search=search, page=page_number(asked))
    context = {
        "rows": found.rows,
        "total": found.total,
        "page": Paginator(range(found.total), found.size).get_page(found.number),
        "form": SearchForm(initial={"q": search}),
        "search": search.strip(),
    }
    return render(request, "desk/letters/list.html", context)


@require_http_methods(_MAY_POST)
def new(request: HttpRequest) -> HttpResponse:
    """A new letter."""
    asked = cast(FaceRequest, request)
    queries.check_writer(viewer=asked.viewer, event="letters.read")
    may = queries.may_write(viewer=asked.viewer)
    form = LetterForm(asked.POST if asked.method == "POST" else None, may=may, is_new=True)
    if wants_saving(asked) and form.is_valid():
        try:
            actions.create_letter(viewer=asked.viewer, texts=form.texts(), is_personal=form.is_personal())
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("De brief is bewaard."))
            return redirect("desk_letters")
    return _page(asked, form, None)


@require_http_methods(_MAY_POST)
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """One letter; who may not change it reads it."""
    asked = cast(FaceRequest, request)
    found = queries.get_letter(viewer=asked.viewer, letter_id=LetterId(letter_id))
    may = queries.may_write(viewer=asked.viewer)
    data = asked.POST if asked.method == "POST" else None
    form = LetterForm(data, may=may, is_new=False, initial=initial_of(found))
    if wants_saving(asked) and form.is_valid():
        try:
            actions.change_letter(
                viewer=asked.viewer,
                letter_id=found.letter_id,
                texts=form.texts(),
                version=form.cleaned_data["version"],
            )
        except LetterChanged as refusal:
            messages.warning(request, refusal.message)
            return _page(asked, form, found, 409)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("De brief is bewaard."))
            return redirect("desk_letters")
    return _page(asked, form, found)


@require_http_methods(_MAY_POST)
def remove(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Remove a letter, after a question."""
    asked = cast(FaceRequest, request)
    if asked.method == "POST":
        actions.remove_letter(viewer=asked.viewer, letter_id=LetterId(letter_id))
        messages.success(request, _("De brief is verwijderd."))
        return redirect("desk_letters")
    found = queries.get_letter(viewer=asked.viewer, letter_id=LetterId(letter_id))
    return render(request, "desk/letters/remove.html", {"letter": found})


def _page(request: FaceRequest, form: LetterForm, found: Letter | None, status: int = 200) -> HttpResponse:
    draft = form.draft()
    context = {
        "form": form,
        "letter": found,
        "may_change": found is None or found.may_change,
        "preview": queries.preview_letter(viewer=request.viewer, texts=draft),
        "measure": measure_language(viewer=request.viewer, texts=[draft.conclusion, draft.advice]),
        "field_names": FIELD_NAMES,
        "here": request.path,
    }
    if request.headers.get("HX-Request"):
        return render(request, "desk/letters/_side.html", context)
    wrong = wants_saving(request) and bool(form.errors)
    return render(request, "desk/letters/letter.html", context, status=422 if wrong else status)
