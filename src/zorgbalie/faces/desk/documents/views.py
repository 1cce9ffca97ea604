"""Documents of one patient: list, one document, add, share and withdraw (REQ 18, 65; R4; ux 50)."""

from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zorgbalie.faces.desk.documents import words
from zorgbalie.faces.desk.documents.forms import FilterForm, PublishForm, UploadForm, WithdrawForm
from zorgbalie.faces.desk.release.frame import around, number_in
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.document_words import CATEGORY_NAMES, type_name
from zorgbalie.faces.entry.downloads import download
from zorgbalie.faces.entry.uploads import was_cut
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import DocumentId, PersonId
from zorgbalie.record.actions.document_intake import too_large
from zorgbalie.record.actions.documents import add_document, publish_document, withdraw_document
from zorgbalie.record.queries import documents as queries
from zorgbalie.record.queries import glossary
from zorgbalie.record.types.documents import DocumentPage, DocumentState, VirusState
from zorgbalie.ui.formats import file_size, short_date, short_moment
from zorgbalie.ui.types import GlossaryTerm, SummaryRow


@require_safe
def documents(request: HttpRequest, patient_id: int) -> HttpResponse:
    """A page of the list."""
    asked, whose = cast(FaceRequest, request), PersonId(patient_id)
    form, oldest_first = FilterForm(asked.GET), asked.GET.get("sort") == "oud"
    wanted = form.wanted(oldest_first=oldest_first)
    found = queries.list_documents(
        viewer=asked.viewer, patient_id=whose, wanted=wanted, page=number_in(asked, "page"), now=asked.now
    )
    listed, here = found.listed, reverse("desk_documents_list", args=[patient_id])
    kept = {name: asked.GET[name][:100] for name in ("q", "soort", "richting", "gedeeld") if asked.GET.get(name)}
    values = {
        "found": found,
        "patient": found.patient,
        "rows": [
            (row, CATEGORY_NAMES[row.category], words.DIRECTION_NAMES[row.direction], *words.state_tag(row))
            for row in listed.items
        ],
        "form": form,
        "oldest_first": oldest_first,
        "is_filtered": bool(wanted.category or wanted.direction or wanted.state or wanted.search),
        "total": listed.total,
        "page": Paginator(range(listed.total), listed.per_page).get_page(listed.number),
        "turn_href": f"{here}?{urlencode({**kept, 'sort': '' if oldest_first else 'oud'})}",
        "here": here,
    }
    return _render(asked, "list", whose, values)


@require_safe
def document(request: HttpRequest, patient_id: int, document_id: int) -> HttpResponse:
    """The facts of one document, and what can be done with it."""
    asked = cast(FaceRequest, request)
    return _document(asked, _get(asked, patient_id, document_id, None))


@require_safe
def file(request: HttpRequest, patient_id: int, document_id: int) -> HttpResponse:
    """The file, saved and never shown in a page of ours."""
    asked = cast(FaceRequest, request)
    found = queries.open_document(
        viewer=asked.viewer, patient_id=PersonId(patient_id), document_id=DocumentId(document_id), now=asked.now
    )
    return download(name=found.name, media_type=found.media_type, content=found.content)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Add a document; sent twice it is there once."""
    asked, whose = cast(FaceRequest, request), PersonId(patient_id)
    card = queries.check_may_add(viewer=asked.viewer, patient_id=whose, now=asked.now)
    if asked.method != "POST":
        return _render(asked, "upload", whose, {"patient": card, "form": UploadForm(initial={"once": uuid4()})})
    form = UploadForm(asked.POST, asked.FILES)
    if form.is_valid():
        try:
            added = add_document(
                viewer=asked.viewer,
                patient_id=whose,
                document=form.document(most=settings.DOCUMENT_MAX_BYTES),
                now=asked.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            if added.was_known:
                messages.info(request, _("Dit document stond al in het dossier. Er is niets dubbel bewaard."))
            else:
                messages.success(request, _("Het document staat in het dossier. De patiënt ziet het nog niet."))
            return redirect("desk_documents_document", patient_id, added.document_id)
    if was_cut(request=asked):
        form.errors.pop("file", None)
        form.add_error("file", too_large().message)
    if "once" in form.errors:  # a form from elsewhere: it gets a number of its own, its texts stay
        form = UploadForm({**asked.POST.dict(), "once": str(uuid4())}, asked.FILES)
        form.is_valid()
    return _render(asked, "upload", whose, {"patient": card, "form": form}, 422)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, patient_id: int, document_id: int) -> HttpResponse:
    """`Deel dit document`: an explanation, exactly what the patient will see, and a button with a verb."""
    asked = cast(FaceRequest, request)
    form = PublishForm(asked.POST) if asked.method == "POST" else None
    draft = asked.POST.get("explanation", "")[:10_000] if form is not None else None
    found = _get(asked, patient_id, document_id, draft)
    if not found.may_change:
        queries.check_may_add(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)
    asks = form is not None and asked.POST.get("doen") == "publiceren"
    if not asks and (not found.can_be_shared or found.document.state is DocumentState.SHARED):
        return redirect("desk_documents_document", patient_id, document_id)
    if form is None:
        initial = {"revision": found.revision, "explanation": found.explanation}
        return _publish_page(asked, found, PublishForm(initial=initial))
    if not form.is_valid():
        return _publish_page(asked, found, form, 422)
    return _publish(asked, found, form) if asks else _publish_page(asked, found, form)


def _publish(request: FaceRequest, found: DocumentPage, form: PublishForm) -> HttpResponse:
    patient_id, document_id = found.patient.patient_id, found.document.document_id
    try:
        publish_document(
            viewer=request.viewer,
            patient_id=patient_id,
            document_id=document_id,
            publication=form.publication(),
            now=request.now,
        )
    except Refused as refusal:
        if refusal.field:
            form.add_error(refusal.field, refusal.message)
            return _publish_page(request, found, form, 422)
        messages.warning(request, refusal.message)
    else:
        if found.obstacles:
            messages.warning(request, _("Het document is gedeeld, maar de patiënt ziet het nog niet."))
        else:
            messages.success(
                request, _("Het document is gedeeld. %(name)s kan het nu lezen.") % {"name": found.patient.full_name}
            )
    return redirect("desk_documents_document", patient_id, document_id)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, patient_id: int, document_id: int) -> HttpResponse:
    """Stop sharing, after a second look."""
    asked = cast(FaceRequest, request)
    found = _get(asked, patient_id, document_id, None)
    if not found.may_change:
        queries.check_may_add(viewer=asked.viewer, patient_id=PersonId(patient_id), now=asked.now)
    form = WithdrawForm(asked.POST) if asked.method == "POST" else None
    if form is None or not form.is_valid():
        if found.document.state is not DocumentState.SHARED:
            return redirect("desk_documents_document", patient_id, document_id)
        form = WithdrawForm(initial={"revision": found.revision})
        return _render(asked, "withdraw", found.patient.patient_id, _facts(found) | {"form": form})
    try:
        withdraw_document(
            viewer=asked.viewer,
            patient_id=PersonId(patient_id),
            document_id=DocumentId(document_id),
            revision=form.cleaned_data["revision"],
            now=asked.now,
        )
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("De patiënt ziet dit document niet meer."))
    return redirect("desk_documents_document", patient_id, document_id)


def _get(request: FaceRequest, patient_id: int, document_id: int, draft: str | None) -> DocumentPage:
    return queries.get_document(
        viewer=request.viewer,
        patient_id=PersonId(patient_id),
        document_id=DocumentId(document_id),
        explanation=draft,
        now=request.now,
    )


def _document(request: FaceRequest, found: DocumentPage) -> HttpResponse:
    state_name, tone = words.state_tag(found.document)
    values = {
        "state_name": state_name,
        "state_tone": tone,
        "rows": _summary(found),
        "is_shared": found.document.state is DocumentState.SHARED,
        "is_infected": found.document.virus_state is VirusState.INFECTED,
        "is_waiting": found.document.virus_state is VirusState.WAITING,
    }
    return _render(request, "document", found.patient.patient_id, _facts(found) | values)


def _publish_page(request: FaceRequest, found: DocumentPage, form: PublishForm, status: int = 200) -> HttpResponse:
    values = _facts(found) | {"form": form, "is_waiting": found.document.virus_state is VirusState.WAITING}
    values["here"] = request.path
    if request.headers.get("HX-Request"):
        return render(request, "desk/documents/_preview.html", values)
    return _render(request, "publish", found.patient.patient_id, values, status)


def _facts(found: DocumentPage) -> dict[str, Any]:
    return {
        "found": found,
        "document": found.document,
        "patient": found.patient,
        "category_name": CATEGORY_NAMES[found.document.category],
        "type_words": type_name(media_type=found.document.media_type),
        "obstacles": words.obstacle_words(found),
        "terms": _terms(),
    }


def _terms() -> list[GlossaryTerm]:
    """The words that the patient's page explains."""
    found = glossary.list_terms(language=get_language() or "nl")
    return [
        GlossaryTerm(term=term, meaning=meaning, spellings=(term[:1].upper() + term[1:],))
        for term, meaning in found.items()
    ]


def _summary(found: DocumentPage) -> list[SummaryRow]:
    one = found.document
    received = short_moment(value=one.received_at)
    if found.received_by_name:
        received = _("%(moment)s, door %(name)s") % {"moment": received, "name": found.received_by_name}
    rows = [
        (_("Soort"), str(CATEGORY_NAMES[one.category])),
        (_("Richting"), str(words.DIRECTION_NAMES[one.direction])),
        (_("Van wie"), one.author_name),
        (_("Datum"), short_date(value=one.document_date)),
        (_("In het dossier sinds"), received),
        (_("Bestand"), f"{found.file_name} ({type_name(media_type=one.media_type)}, {file_size(size=one.size)})"),
        (_("Virussen"), str(words.VIRUS_NAMES[one.virus_state])),
    ]
    return [SummaryRow(label=label, value=value) for label, value in rows]


def _render(
    request: FaceRequest, name: str, patient_id: PersonId, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    frame = around(request, patient_id)
    return render(request, f"desk/documents/{name}.html", {**frame, **values}, status=status)
