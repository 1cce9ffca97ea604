"""The release cockpit and the page `Zichtbaarheid`: the same list of ticks with the patient's page beside it."""

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.access.queries.requests import get_request
from zorgbalie.access.types import AccessRequestCard
from zorgbalie.faces.desk.release import draft, words
from zorgbalie.faces.desk.release.forms import ConfirmForm
from zorgbalie.faces.desk.release.frame import address, number_in, page
from zorgbalie.faces.desk.release.listing import make_listing
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import AccessRequestId, PersonId
from zorgbalie.record.actions.release import release_record
from zorgbalie.record.actions.visibility import change_visibility
from zorgbalie.record.queries import glossary
from zorgbalie.record.queries.release import get_cockpit
from zorgbalie.record.types.desk import Choice, ChoiceNotUsable, Cockpit, ItemKind
from zorgbalie.record.types.shown import Slice
from zorgbalie.ui.types import GlossaryTerm

_LISTED = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Which of the two pages this is: a request that waits, or a record at any time."""

    patient_id: PersonId
    request: AccessRequestCard | None
    here: str
    confirm: str


@require_http_methods(["GET", "HEAD", "POST"])
def cockpit(request: HttpRequest, request_id: int) -> HttpResponse:
    """Decide on a request: choose what is shown, with the patient's page beside it (REQ 55)."""
    asked = cast(FaceRequest, request)
    return _choose(asked, _of_request(asked, request_id))


@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Change what is shown, at any time (REQ 57, 58)."""
    asked = cast(FaceRequest, request)
    return _choose(asked, _of_patient(patient_id))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, request_id: int) -> HttpResponse:
    """Release, with a verb and the counts (ux 50)."""
    asked = cast(FaceRequest, request)
    return _confirm(asked, _of_request(asked, request_id))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_visibility(request: HttpRequest, patient_id: int) -> HttpResponse:
    """Hide or show, with a verb and the counts."""
    asked = cast(FaceRequest, request)
    return _confirm(asked, _of_patient(patient_id))


def _of_request(request: FaceRequest, request_id: int) -> _Place:
    card = get_request(viewer=request.viewer, request_id=AccessRequestId(request_id), now=request.now)
    return _Place(
        patient_id=card.patient_id,
        request=card,
        here=reverse("desk_release_cockpit", args=[request_id]),
        confirm=reverse("desk_release_confirm", args=[request_id]),
    )


def _of_patient(patient_id: int) -> _Place:
    return _Place(
        patient_id=PersonId(patient_id),
        request=None,
        here=reverse("desk_release_visibility", args=[patient_id]),
        confirm=reverse("desk_release_visibility_confirm", args=[patient_id]),
    )


def _look(request: FaceRequest, place: _Place, choice: Choice) -> Cockpit:
    return get_cockpit(
        viewer=request.viewer,
        patient_id=place.patient_id,
        choice=choice,
        now=request.now,
        contact_page=number_in(request, "contacten"),
        value_page=number_in(request, "uitslagen"),
    )


# Choosing


def _choose(request: FaceRequest, place: _Place) -> HttpResponse:
    if request.method == "POST":
        return _save(request, place)
    found = _look(request, place, draft.load(request.session, place.patient_id))
    draft.save(request.session, place.patient_id, found.choice)
    search = request.GET.get("zoek", "")[:100]
    listing = make_listing(found.items, words=search, number=number_in(request, "page"))
    values = {
        "listing": listing,
        "on_page": draft.on_page(listing.shown),
        "search": search,
        "here": request.get_full_path(),
        "is_changed": found.choice != Choice(),
        **_seen(found, place),
    }
    return page(request, "cockpit", place.patient_id, values)


def _save(request: FaceRequest, place: _Place) -> HttpResponse:
    """Keep the ticks of the posted page; answer with the new preview alone where the page asked for that."""
    choice = draft.posted(request.POST, draft.load(request.session, place.patient_id))
    action, _sep, detail = request.POST.get("actie", "").partition(":")
    if action == "herstel":
        choice = Choice()
    elif action in ("alles", "niets") and detail in set(ItemKind):
        items = _look(request, place, choice).items
        choice = draft.all_of_kind(items, ItemKind(detail), choice, ticked=action == "alles")
    found = _look(request, place, choice)
    if found.was_cut:
        messages.error(request, _("Deze keuze past niet bij dit dossier. Er is niets gewijzigd."))
        return redirect(place.here)
    draft.save(request.session, place.patient_id, choice)
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/release/_preview.html", _seen(found, place))
    if action == "verder":
        return redirect(place.confirm)
    return redirect(_back(request, place, action, detail))


def _back(request: FaceRequest, place: _Place, action: str, detail: str) -> str:
    """To the same page of the list, another one, or what the words find."""
    query = {name: request.GET[name] for name in ("page", "zoek", "contacten", "uitslagen") if request.GET.get(name)}
    if action == "zoek":
        query = {"zoek": request.POST.get("zoek", "").strip()[:100]}
    elif action == "pagina" and detail.isascii() and detail.isdigit():
        query["page"] = detail[:6]
    query = {name: value for name, value in query.items() if value}
    anchor = f"#deel-{detail}" if action in ("alles", "niets") else ""
    return place.here + (f"?{urlencode(query)}" if query else "") + anchor


def _seen(found: Cockpit, place: _Place) -> dict[str, Any]:
    record = found.preview
    return {
        "cockpit": found,
        "patient": found.patient,
        "asked": place.request,
        "record": record,
        "terms": _terms(),
        "shown_words": words.joined(words.shown_words(record.counts)),
        "hidden_words": words.joined(words.hidden_words(found.counts)),
        "contact_pages": _pages(record.contacts),
        "value_pages": _pages(record.values),
        "list_href": place.here,
        "copy_href": reverse("desk_release_copy", args=[place.patient_id]),
        "sign_href": address("desk_patients_agreement", place.patient_id),
        "stop_href": address("desk_patients_close_release", place.patient_id) if found.is_released else "",
    }


def _pages(part: "Slice[Any] | None") -> "Page[int] | None":
    """The page numbers of a part of the preview; None for a part that is not there."""
    return Paginator(range(part.total), part.per_page).get_page(part.number) if part else None


def _terms() -> list[GlossaryTerm]:
    found = glossary.list_terms(language=get_language() or "nl")
    return [GlossaryTerm(term, meaning) for term, meaning in found.items()]


# Confirming


def _confirm(request: FaceRequest, place: _Place) -> HttpResponse:
    choice = draft.load(request.session, place.patient_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _apply(request, place, choice, form)
        except ChoiceNotUsable as refusal:
            if refusal.field is None:
                messages.error(request, refusal.message)
                return redirect(place.here)
            form.add_error(refusal.field, refusal.message)
        except Refused as refusal:
            messages.warning(request, refusal.message)
            return redirect(place.here)
    return _ask(request, place, choice, form)


def _ask(request: FaceRequest, place: _Place, choice: Choice, form: ConfirmForm) -> HttpResponse:
    found = _look(request, place, choice)
    if place.request is None and not (found.counts.newly_hidden or found.counts.newly_shown):
        messages.info(request, _("U heeft nog niets gewijzigd."))
        return redirect(place.here)
    if not form.is_bound:
        form = ConfirmForm(initial={"digest": found.digest})
    counts = found.counts
    form.fields["reason"].required = counts.newly_hidden > 0  # for the label; the action is who refuses
    values = {
        "form": form,
        "asks_reason": counts.newly_hidden > 0,
        "button": _button_words(found, place),
        "newly_hidden": [item for item in found.items if item.stored and not item.ticked][:_LISTED],
        "newly_shown": [item for item in found.items if item.ticked and not item.stored][:_LISTED],
        "more_hidden": max(0, counts.newly_hidden - _LISTED),
        "more_shown": max(0, counts.newly_shown - _LISTED),
        **_seen(found, place),
    }
    return page(request, "confirm", place.patient_id, values, status=422 if form.errors else 200)


def _button_words(found: Cockpit, place: _Place) -> str:
    if place.request is None:
        return words.change_words(found.counts)
    return words.release_words(found.counts, of_pharmacy=found.is_pharmacy)


def _apply(request: FaceRequest, place: _Place, choice: Choice, form: ConfirmForm) -> HttpResponse:
    given = {
        "viewer": request.viewer,
        "choice": choice,
        "reason": form.cleaned_data["reason"],
        "digest": form.cleaned_data["digest"],
        "now": request.now,
    }
    if place.request is not None:
        release_record(request_id=place.request.request_id, **given)
        messages.success(request, _("Het dossier van %(name)s is vrijgegeven.") % {"name": place.request.patient_name})
    else:
        change_visibility(patient_id=place.patient_id, **given)
        messages.success(request, _("De zichtbaarheid is aangepast. De patiënt ziet dit vanaf nu zo."))
    draft.save(request.session, place.patient_id, Choice())
    return redirect((address("desk_inbox_list") if place.request else "") or place.here)
