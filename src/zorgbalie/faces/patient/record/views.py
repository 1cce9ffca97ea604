"""The pages of the record. Each makes one call and renders; what is not open is explained once, on one page."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from zorgbalie.access.queries.online_state import ANSWER_READ
from zorgbalie.access.types import OnlineState, OnlineStep
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.links import ask_href
from zorgbalie.faces.patient.context import href_of, shell_of
from zorgbalie.faces.patient.record.invited import with_booking
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.ids import EpisodeId, ObservationId
from zorgbalie.record.queries import glossary, patient_documents, patient_home, patient_record, patient_results
from zorgbalie.record.types import FromPractice, RecordOverview, Slice
from zorgbalie.ui.types import GlossaryTerm, TrendPoint

_View = Callable[..., HttpResponse]
_HIGHEST_PAGE = 1_000_000
_PHARMACY_PAGE = "apotheek"
_LATEST = 3


def explained(view: _View) -> _View:
    """Show why nothing is open instead of an empty page; a single part that is off stays a 404 (R14)."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if shell_of(cast(FaceRequest, request)).kinds:
            return view(request, *args, **kwargs)
        return _no_access(cast(FaceRequest, request))

    return require_safe(wrapped)


def _no_access(request: FaceRequest) -> HttpResponse:
    state = patient_home.get_state(viewer=request.viewer, now=request.now, event=ANSWER_READ)
    if state.step in (OnlineStep.NOT_OFFERED, OnlineStep.OPEN):
        raise NotVisible("record")
    context = {**_state_words(state), "log_href": href_of("patient_log_overview")}
    return render(request, "patient/record/no_access.html", context)


def _state_of_missing(request: FaceRequest, found: RecordOverview) -> dict[str, Any]:
    """Where only the pharmacy is open: how far the GP practice's record is, as its own page would say it."""
    if found.episodes is not None:
        return {}
    state = patient_home.get_state(viewer=request.viewer, now=request.now, event=ANSWER_READ)
    return {} if state.step in (OnlineStep.NO_PRACTICE, OnlineStep.NOT_OFFERED) else _state_words(state)


def _state_words(state: OnlineState) -> dict[str, Any]:
    return {"state": state, "step": state.step.value, "access_href": href_of("patient_access_overview")}


@explained
def overview(request: HttpRequest) -> HttpResponse:
    """The start of each part."""
    asked = cast(FaceRequest, request)
    found = patient_record.get_overview(viewer=asked.viewer, now=asked.now)
    letters = patient_documents.find_letters(viewer=asked.viewer, now=asked.now, per_page=_LATEST)
    return page_of(asked, "overview", {"record": found, "letters": letters, **_state_of_missing(asked, found)})


@explained
def episodes(request: HttpRequest) -> HttpResponse:
    """Complaints and conditions."""
    asked = cast(FaceRequest, request)
    found = patient_record.list_episodes(viewer=asked.viewer, now=asked.now, page=page_number(asked))
    return page_of(asked, "episodes", {"items": found.items}, found)


@require_safe
def episode(request: HttpRequest, episode_id: int) -> HttpResponse:
    """One of them, with its contacts."""
    asked = cast(FaceRequest, request)
    found, contacts_found = patient_record.get_episode(
        viewer=asked.viewer, episode_id=EpisodeId(episode_id), now=asked.now, page=page_number(asked)
    )
    return page_of(
        asked,
        "episode",
        {
            "episode": found,
            "contacts": contacts_found.items,
            "ask_href": ask_href(asked, "klacht", episode_id),
            "ask_items": ask_href(asked, "contact"),
        },
        contacts_found,
    )


@explained
def contacts(request: HttpRequest) -> HttpResponse:
    """Contacts with their E and P lines."""
    asked = cast(FaceRequest, request)
    found = patient_record.list_contacts(viewer=asked.viewer, now=asked.now, page=page_number(asked))
    return page_of(asked, "contacts", {"contacts": found.items, "ask_items": ask_href(asked, "contact")}, found)


@explained
def values(request: HttpRequest) -> HttpResponse:
    """Measurements and results by determination."""
    asked, number = cast(FaceRequest, request), page_number(request)
    found = patient_record.list_values(viewer=asked.viewer, now=asked.now, page=number)
    context: dict[str, Any] = {"groups": found.items, "group_level": 2}
    if number == 1:
        latest = patient_results.list_reports(viewer=asked.viewer, now=asked.now, page=1, per_page=_LATEST)
        invitations = patient_results.list_invitations(viewer=asked.viewer, now=asked.now)
        context |= {
            "reports": latest.items,
            "report_count": latest.total,
            "invitations": with_booking(asked, invitations),
        }
        context["group_level"] = 3 if latest.items else 2
    return page_of(asked, "values", context, found)


@require_safe
def value(request: HttpRequest, observation_id: int) -> HttpResponse:
    """All values of one determination, with their trend."""
    asked = cast(FaceRequest, request)
    found = patient_record.get_value_history(
        viewer=asked.viewer, observation_id=ObservationId(observation_id), now=asked.now, page=page_number(asked)
    )
    points = [TrendPoint(day=point.day, value=point.number) for point in found.points]
    return page_of(
        asked,
        "value",
        {"history": found, "points": points, "ask_href": ask_href(asked, "meting", observation_id)},
        found.values,
    )


@explained
def allergies(request: HttpRequest) -> HttpResponse:
    """Allergies and intolerances."""
    asked = cast(FaceRequest, request)
    found = patient_record.list_allergies(viewer=asked.viewer, now=asked.now, **_both_numbers(asked))
    return page_of(asked, "allergies", {"sources": _sources(found)})


@explained
def medicines(request: HttpRequest) -> HttpResponse:
    """Medicines in use."""
    asked = cast(FaceRequest, request)
    found = patient_record.list_medicines(viewer=asked.viewer, now=asked.now, **_both_numbers(asked))
    ask = ask_href(asked)
    return page_of(asked, "medicines", {"sources": _sources(found), "ask_href": ask, "ask_items": ask})


def page_of(
    request: FaceRequest, name: str, values_of: dict[str, Any], listed: Slice[Any] | None = None
) -> HttpResponse:
    """Render a page of the record with the words that it explains and the pages of its list."""
    context = {
        **values_of,
        "page": _pages(listed) if listed is not None else None,
        "terms": _terms(),
        "log_href": href_of("patient_log_overview"),
    }
    return render(request, f"patient/record/{name}.html", context)


def _pages(listed: Slice[Any]) -> "Page[int]":
    """The page numbers of a list of which only one page was read."""
    return Paginator(range(listed.total), listed.per_page).get_page(listed.number)


def _sources(found: Iterable[FromPractice[Any]]) -> "list[tuple[FromPractice[Any], Page[int], str]]":
    """The list of each practice, with its pages and the word that names them in the address."""
    return [(one, _pages(one.listed), _PHARMACY_PAGE if one.is_pharmacy else "page") for one in found]


def _both_numbers(request: HttpRequest) -> dict[str, int]:
    return {"page": page_number(request), "pharmacy_page": page_number(request, _PHARMACY_PAGE)}


def page_number(request: HttpRequest, name: str = "page") -> int:
    """The page asked for; what is no number is page 1."""
    text = request.GET.get(name, "1")
    return min(int(text), _HIGHEST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _terms() -> list[GlossaryTerm]:
    """The glossary, each word also with a capital, as a line begins with one."""
    found = glossary.list_terms(language=get_language() or "nl")
    return [
        GlossaryTerm(term=term, meaning=meaning, spellings=(term[:1].upper() + term[1:],))
        for term, meaning in found.items()
    ]
