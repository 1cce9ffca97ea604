"""What helps with an answer, around the page of a question: kept texts, ticks, the record in short, and the warning.

The page and its buttons are in `views`; this keeps them short.
"""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zorgbalie.consult.actions import answering as actions
from zorgbalie.consult.queries.answer_links import list_offered_links
from zorgbalie.consult.queries.answer_templates import find_open_field, list_filled_templates, preview_answer
from zorgbalie.consult.queries.beside import get_answer_aids
from zorgbalie.consult.types import LONGEST_QUESTION, AnswerAids, AnswerDraft, DeskThread, EarlierThread
from zorgbalie.faces.desk.consult.words import STATE_NAMES, about_words
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.kernel.ids import ConsultId, PersonId
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.queries.summary import find_record_summary

TEMPLATES, LINKS = "standaard", "links"
_LONGEST_SEARCH = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Which question of whom."""

    patient_id: PersonId
    consult_id: ConsultId


class PickForm(forms.Form):
    """Search among standard answers or links; with script the list follows the typing."""

    zoek = forms.CharField(required=False, max_length=_LONGEST_SEARCH)

    def __init__(self, *, what: str, here: str, search: str) -> None:
        super().__init__(initial={"zoek": search})
        field = self.fields["zoek"]
        field.label = _("Zoek een antwoord") if what == TEMPLATES else _("Waar gaat de link over?")
        field.widget.attrs |= {
            "autofocus": True,
            "autocomplete": "off",
            "hx-post": here,
            "hx-trigger": "input changed delay:250ms",
            "hx-vals": f'{{"doen": "{what}"}}',
            "hx-target": "#kiezerlijst",
            "hx-select": "#kiezerlijst",
            "hx-swap": "outerHTML",
            "hx-sync": "this:replace",
        }


def aids_of(request: FaceRequest, place: Place) -> AnswerAids:
    """Earlier questions, questions in the text, and what this employee typed before."""
    return get_answer_aids(
        viewer=request.viewer, patient_id=place.patient_id, consult_id=place.consult_id, now=request.now
    )


def context_of(request: FaceRequest, place: Place, aids: AnswerAids, draft: str) -> dict[str, object]:
    """What the parts of the page show."""
    may_read = request.viewer.has_right(StaffRight.READ_RECORD)
    summary = find_record_summary(viewer=request.viewer, patient_id=aids.record_of, now=request.now)
    return {
        "aids": aids,
        "earlier": [titled(one) for one in aids.earlier],
        "parts": preview_answer(viewer=request.viewer, text=draft),
        "summary": summary,
        "why_no_record": "" if summary else _why_no_record(may_read=may_read),
        "is_other_record": aids.record_of != place.patient_id,
        "record_href": reverse("desk_release_record", args=[aids.record_of]) if summary else "",
    }


def titled(one: EarlierThread) -> tuple[EarlierThread, str, str]:
    """A question with its title and how far it is, in words."""
    return one, one.subject or about_words(one.about) or _("Vraag"), str(STATE_NAMES[one.state])


def keep_ticks(request: FaceRequest, place: Place) -> None:
    """Store the ticks that differ from what was on the screen; nothing where none does."""
    shown, was = set(request.POST.getlist("getoond")), set(request.POST.getlist("stond"))
    wanted = set(request.POST.getlist("gevraagd")) & shown
    changed = {key: key in wanted for key in sorted(wanted ^ (was & shown))}
    if changed:
        actions.tick_questions(
            viewer=request.viewer,
            patient_id=place.patient_id,
            consult_id=place.consult_id,
            ticks=changed,
            now=request.now,
        )


def keep_draft(request: FaceRequest, place: Place, text: str) -> AnswerDraft | None:
    """Store what was typed, for this employee."""
    return actions.save_answer_draft(
        viewer=request.viewer,
        patient_id=place.patient_id,
        consult_id=place.consult_id,
        text=text,
        token=_token(request.POST.get("token", "")),
        now=request.now,
    )


def warnings_of(request: FaceRequest, place: Place, text: str) -> dict[str, object]:
    """What to look at before sending: questions that are not ticked (REQ 46), a field that was not filled in."""
    left = aids_of(request, place).left
    field = find_open_field(text=text)
    return {"left": left, "open_field": field} if left or field else {}


def pick(request: FaceRequest, place: Place, found: DeskThread, what: str) -> dict[str, object]:
    """The list to choose from: standard answers filled in for this patient, or links by subject."""
    search = request.POST.get("zoek", "" if what == TEMPLATES else found.subject)
    search = search.replace("\0", "")[:_LONGEST_SEARCH].strip()
    context: dict[str, object] = {
        "what": what,
        "pick_form": PickForm(what=what, here=request.path, search=search),
        "search": search,
    }
    if what == LINKS:
        return {**context, "links": list_offered_links(viewer=request.viewer, words=search)}
    filled, total = list_filled_templates(
        viewer=request.viewer,
        patient_id=place.patient_id,
        consult_id=place.consult_id,
        search=search,
        now=request.now,
    )
    return {**context, "filled": filled, "more": total - len(filled)}


def placed(request: FaceRequest, typed: str) -> str | None:
    """The text with what was chosen in the list; None when nothing was."""
    if "vervangen" in request.POST:
        return request.POST["vervangen"].replace("\0", "")[:LONGEST_QUESTION]
    if "invoegen" in request.POST:
        added = request.POST["invoegen"].replace("\0", "")[:LONGEST_QUESTION]
        return f"{typed.rstrip()}\n{added}" if typed.strip() else added
    return None


def part(request: FaceRequest, name: str, context: dict[str, object]) -> HttpResponse:
    """A piece of the page, for htmx."""
    return render(request, f"desk/consult/parts/{name}.html", context)


def _why_no_record(*, may_read: bool) -> str:
    if may_read:
        return _("Het dossier van deze patiënt is hier niet te zien.")
    return _("U mag geen dossiers inzien. Wie de praktijk beheert, kan dat veranderen.")


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
