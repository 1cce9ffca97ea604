"""Reliable information: sources, loaded links, loading a file, and what the patient gets (REQ 19, 47; ux 51)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.management.knowledge_forms import (
    LinkFilterForm,
    LoadForm,
    PreviewForm,
    SourceForm,
    wanted_state,
)
from zorgbalie.faces.management.knowledge_words import FAULTS, KINDS, STATES, SYSTEMS
from zorgbalie.kernel.errors import Refused
from zorgbalie.knowledge.actions import loading, managing
from zorgbalie.knowledge.queries import managing as queries
from zorgbalie.knowledge.types import LARGEST_FILE, ItemKind, KnowledgeLinkId, KnowledgeSourceId, LinkState, LoadReport

_SHOWN_FAULTS = 200
_UNPROCESSABLE = 422


@require_safe
def overview(request: FaceRequest) -> HttpResponse:
    """Sources and loaded links."""
    sources = queries.list_sources(viewer=request.viewer)
    form = LinkFilterForm(request.GET)
    found = queries.list_links(viewer=request.viewer, wanted=form.wanted(), page=_number(request.GET.get("page", "")))
    by_kind = [
        (words, [(one, place) for place, one in enumerate([row for row in sources if row.kind is kind], start=1)])
        for kind, words in KINDS.items()
    ]
    context = {
        "by_kind": by_kind,
        "form": form,
        "links": [(row, SYSTEMS[row.system], STATES[row.state]) for row in found.rows],
        "total": found.total,
        "page": Paginator(range(found.total), found.size).get_page(found.number),
        "is_filtered": form.is_used,
    }
    return render(request, "management/knowledge/overview.html", context)


@require_http_methods(["GET", "POST"])
def load(request: FaceRequest) -> HttpResponse:
    """Load a file; the report stands on the answer. The same file again changes nothing."""
    queries.check_page(viewer=request.viewer, event="knowledge.loaded")
    if request.method == "GET":
        return render(request, "management/knowledge/load.html", {"form": LoadForm()})
    form = LoadForm(request.POST, request.FILES)
    report = _loaded(request, form) if form.is_valid() else None
    if report is None:
        return render(request, "management/knowledge/load.html", {"form": form}, status=_UNPROCESSABLE)
    refused = [(line, FAULTS[line.fault]) for line in report.refused[:_SHOWN_FAULTS]]
    more = len(report.refused) - len(refused)
    return render(request, "management/knowledge/report.html", {"report": report, "refused": refused, "more": more})


def _loaded(request: FaceRequest, form: LoadForm) -> LoadReport | None:
    data = form.cleaned_data["file"].read(LARGEST_FILE + 1)
    try:
        return loading.load_own_links(viewer=request.viewer, data=data, now=request.now)
    except Refused as refusal:
        form.refuse(refusal)
        return None


@require_http_methods(["GET", "POST"])
def new_source(request: FaceRequest) -> HttpResponse:
    """A search page of the own choice."""
    queries.check_page(viewer=request.viewer, event="knowledge.source_added")
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            managing.add_source(viewer=request.viewer, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("De website staat erbij. Patiënten krijgen hem nu te zien."))
            return redirect("management_knowledge")
    status = _UNPROCESSABLE if form.is_bound else 200
    return render(request, "management/knowledge/source_new.html", {"form": form}, status=status)


@require_POST
def source(request: FaceRequest, source_id: int) -> HttpResponse:
    """On or off, another place, or away. Each button says the end that it wants."""
    wanted, asked = KnowledgeSourceId(source_id), request.POST
    if asked.get("stand") in ("aan", "uit"):
        managing.switch_source(viewer=request.viewer, source_id=wanted, is_on=asked["stand"] == "aan")
    elif asked.get("weg"):
        managing.remove_source(viewer=request.viewer, source_id=wanted)
    else:
        place = _number(asked.get("plek", ""))
        managing.place_source(viewer=request.viewer, source_id=wanted, place=place)
    messages.success(request, _("Opgeslagen. Het geldt meteen."))
    return redirect("management_knowledge")


@require_http_methods(["GET", "POST"])
def link(request: FaceRequest, link_id: int) -> HttpResponse:
    """One own link: whether it works, and taking it away."""
    wanted = KnowledgeLinkId(link_id)
    if request.method == "POST":
        return _changed(request, wanted)
    found = queries.get_link(viewer=request.viewer, link_id=wanted)
    context = {"link": found, "system": SYSTEMS[found.system], "is_dead": found.state is LinkState.DEAD}
    return render(request, "management/knowledge/link.html", context)


def _changed(request: FaceRequest, link_id: KnowledgeLinkId) -> HttpResponse:
    if request.POST.get("weg"):
        managing.remove_link(viewer=request.viewer, link_id=link_id)
        messages.success(request, _("De link is weg. Patiënten zoeken nu zelf op de website."))
        return redirect("management_knowledge")
    state = wanted_state(request.POST.get("staat", ""))
    if state is None:
        queries.get_link(viewer=request.viewer, link_id=link_id)
        raise Http404
    managing.mark_link(viewer=request.viewer, link_id=link_id, state=state, now=request.now)
    messages.success(request, _("Opgeslagen. Het geldt meteen."))
    return redirect("management_knowledge_link", link_id)


@require_safe
def preview(request: FaceRequest) -> HttpResponse:
    """What a patient gets beside an item (ux 51)."""
    queries.check_page(viewer=request.viewer, event=queries.READ)
    form = PreviewForm(request.GET or None)
    context: dict[str, object] = {"form": form, "shown": False}
    if form.is_bound and form.is_valid():
        kind, title = ItemKind(form.cleaned_data["soort"]), form.cleaned_data["naam"]
        links = queries.preview(viewer=request.viewer, kind=kind, title=title, code=form.code_of_item())
        context |= {"shown": True, "title": title, "links": links}
    return render(request, "management/knowledge/preview.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
