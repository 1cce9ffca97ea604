"""Standard answers: the list, write with a preview for a made-up patient, remove (REQ 45; ux 40)."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.consult.actions import answer_templates as actions
from zorgbalie.consult.queries import answer_templates as queries
from zorgbalie.consult.types import AnswerTemplate, AnswerTemplateId, TemplateChanged
from zorgbalie.faces.desk.answer_templates.forms import AnswerTemplateForm, initial_of
from zorgbalie.faces.desk.log.views import page_number
from zorgbalie.faces.desk.standard_texts import SearchForm, wants_saving
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.record.queries.language import measure_language

_MAY_POST = ["GET", "HEAD", "POST"]
FIELD_NAMES = (
    ("{aanhef}", gettext_lazy("Beste mevrouw De Vries")),
    ("{naam}", gettext_lazy("naam van de patiënt")),
    ("{onderwerp}", gettext_lazy("waar de vraag over gaat")),
    ("{datum}", gettext_lazy("de dag van vandaag")),
    ("{mijn_naam}", gettext_lazy("uw naam")),
    ("{mijn_functie}", gettext_lazy("uw functie")),
    ("{praktijk}", gettext_lazy("naam van uw praktijk")),
    ("{telefoon}", gettext_lazy("telefoonnummer van uw praktijk")),
)


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """All standard answers that one may use, by name."""
    asked = cast(FaceRequest, request)
    search = asked.GET.get("q", "")[:100]
    found = queries.list_answer_templates(viewer=asked.viewer, search=search, page=page_number(asked))
    context = {
        "rows": found.rows,
        "total": found.total,
        "page": Paginator(range(found.total), found.size).get_page(found.number),
        "form": SearchForm(initial={"q": search}),
        "search": search.strip(),
    }
    return render(request, "desk/answer_templates/list.html", context)


@require_http_methods(_MAY_POST)
def new(request: HttpRequest) -> HttpResponse:
    """A new standard answer."""
    asked = cast(FaceRequest, request)
    queries.check_template_writer(viewer=asked.viewer, event="answer_templates.read")
    form = AnswerTemplateForm(
        asked.POST if asked.method == "POST" else None, may=queries.may_write(viewer=asked.viewer), is_new=True
    )
    if wants_saving(asked) and form.is_valid():
        values = form.cleaned_data
        try:
            actions.create_template(
                viewer=asked.viewer, title=values["title"], text=values["text"], is_personal=form.is_personal()
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("desk_answer_templates")
    return _page(asked, form, None)


@require_http_methods(_MAY_POST)
def template(request: HttpRequest, template_id: int) -> HttpResponse:
    """One standard answer; who may not change it reads it."""
    asked = cast(FaceRequest, request)
    found = queries.get_answer_template(viewer=asked.viewer, template_id=AnswerTemplateId(template_id))
    data = asked.POST if asked.method == "POST" else None
    may = queries.may_write(viewer=asked.viewer)
    form = AnswerTemplateForm(data, may=may, is_new=False, initial=initial_of(found))
    if wants_saving(asked) and form.is_valid():
        values = form.cleaned_data
        try:
            actions.change_template(
                viewer=asked.viewer,
                template_id=found.template_id,
                title=values["title"],
                text=values["text"],
                version=values["version"],
            )
        except TemplateChanged as refusal:
            messages.warning(request, refusal.message)
            return _page(asked, form, found, 409)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("desk_answer_templates")
    return _page(asked, form, found)


@require_http_methods(_MAY_POST)
def remove(request: HttpRequest, template_id: int) -> HttpResponse:
    """Remove a standard answer, after a question."""
    asked, wanted = cast(FaceRequest, request), AnswerTemplateId(template_id)
    if asked.method == "POST":
        actions.remove_template(viewer=asked.viewer, template_id=wanted)
        messages.success(request, _("Het antwoord is verwijderd."))
        return redirect("desk_answer_templates")
    found = queries.get_answer_template(viewer=asked.viewer, template_id=wanted)
    return render(request, "desk/answer_templates/remove.html", {"template": found})


def _page(
    request: FaceRequest, form: AnswerTemplateForm, found: AnswerTemplate | None, status: int = 200
) -> HttpResponse:
    draft = form.draft()
    context = {
        "form": form,
        "template": found,
        "may_change": found is None or found.may_change,
        "parts": queries.preview_template(viewer=request.viewer, text=draft, now=request.now),
        "measure": measure_language(viewer=request.viewer, texts=[draft]),
        "field_names": FIELD_NAMES,
        "here": request.path,
    }
    if request.headers.get("HX-Request"):
        return render(request, "desk/answer_templates/_side.html", context)
    wrong = wants_saving(request) and bool(form.errors)
    return render(request, "desk/answer_templates/template.html", context, status=422 if wrong else status)
