"""The practice's own list of links for answers: list, add, change, take off (REQ 47)."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.consult.actions import answer_links as actions
from zorgbalie.consult.queries import answer_links as queries
from zorgbalie.consult.types import StandardLink, StandardLinkId
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.answer_link_forms import AnswerLinkForm, LinkSearchForm
from zorgbalie.kernel.errors import Refused


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """The list, by title."""
    asked = cast(FaceRequest, request)
    search = asked.GET.get("q", "")[:100]
    text = asked.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    found = queries.list_standard_links(viewer=asked.viewer, search=search, page=number)
    context = {
        "rows": found.rows,
        "total": found.total,
        "page": Paginator(range(found.total), found.size).get_page(found.number),
        "form": LinkSearchForm(initial={"q": search}),
        "search": search.strip(),
    }
    return render(request, "management/answer_links/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new link."""
    asked = cast(FaceRequest, request)
    queries.managed_rows(viewer=asked.viewer, event="consult.links_read")
    return _form_page(asked, None, AnswerLinkForm(asked.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, link_id: int) -> HttpResponse:
    """One link: another title or address, or off the list."""
    asked = cast(FaceRequest, request)
    found = queries.get_standard_link(viewer=asked.viewer, link_id=StandardLinkId(link_id))
    if asked.method == "POST" and asked.POST.get("weg"):
        actions.remove_link(viewer=asked.viewer, link_id=found.link_id)
        messages.success(request, _("De link is van de lijst."))
        return redirect("management_answer_links")
    initial = {"title": found.title, "address": found.address}
    return _form_page(asked, found, AnswerLinkForm(asked.POST or None, initial=initial))


def _form_page(request: FaceRequest, found: StandardLink | None, form: AnswerLinkForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            actions.save_link(viewer=request.viewer, link_id=found.link_id if found else None, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("De link is bewaard."))
            return redirect("management_answer_links")
    context = {"form": form, "link": found}
    return render(request, "management/answer_links/link.html", context, status=422 if form.is_bound else 200)
