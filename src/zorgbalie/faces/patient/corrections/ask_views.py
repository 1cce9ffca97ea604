"""Asking: what one wants, in which words, a last look, and sending (ux 1 to 9, 35).

What is typed travels in the forms and is stored nowhere before it is sent: a session holds no care data. The first
answer stands in the address, so that going back keeps it.
"""

from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.corrections.forms import TextForm, WishForm
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.record.actions.corrections import send_correction
from zorgbalie.record.queries.corrections import due_date, get_askable_item, list_askable_places
from zorgbalie.record.types.corrections import AskablePlace, ItemFound, NewCorrection, RecordItem, Wish
from zorgbalie.ui.types import SummaryRow


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: RecordItem | None = None, item_id: int = 0) -> HttpResponse:
    """The questions about one item, or about the record as a whole."""
    asked = cast(FaceRequest, request)
    item = places = None
    if kind is None:
        places = list_askable_places(viewer=asked.viewer, now=asked.now)
    else:
        item = get_askable_item(viewer=asked.viewer, kind=kind, item_id=item_id, now=asked.now)
    flow = _Flow(asked, item, places or ())
    wish = _wish(asked.GET.get("wat", ""))
    if wish is None or (flow.needs_place and flow.place is None):
        return flow.first_question()
    return flow.text_question(wish) if asked.method != "POST" else flow.answer(wish)


def _wish(text: str) -> Wish | None:
    return Wish(text) if text in set(Wish) else None


class _Flow:
    """One request being written: where it is about, and the page for each step."""

    def __init__(self, request: FaceRequest, item: ItemFound | None, places: tuple[AskablePlace, ...]) -> None:
        self.request, self.item, self.places = request, item, places
        self.needs_place = len(places) > 1
        self.place = self._place()

    def _place(self) -> PracticeId | None:
        if self.item is not None:
            return self.item.practice_id
        if not self.needs_place:
            return self.places[0].practice_id
        chosen = self.request.GET.get("bij", "")
        return next((one.practice_id for one in self.places if str(one.practice_id) == chosen), None)

    def first_question(self) -> HttpResponse:
        """What one wants; the answer goes on in the address."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        form = WishForm(given if "wat" in given or self.request.method == "POST" else None, places=self.places)
        if self.request.method != "POST":
            return self._page("wish", {"form": form}, 200)
        if not form.is_valid():
            return self._page("wish", {"form": form, "kept": self._kept()}, 422)
        here = f"{self.request.path}?{urlencode(form.cleaned_data)}"
        return self._text_again(Wish(form.cleaned_data["wat"]), here) if self._kept() else redirect(here)

    def _kept(self) -> dict[str, str]:
        """Words that were typed before the first answer was changed: they come along (ux 6)."""
        return {name: self.request.POST[name] for name in ("tekst", "sleutel") if name in self.request.POST}

    def _text_again(self, wish: Wish, here: str) -> HttpResponse:
        form = TextForm(initial=self._kept(), wish=wish, has_item=self.item is not None)
        return self._page("text", {"form": form, "back_href": self.request.path, "here": here}, 200)

    def text_question(self, wish: Wish, form: TextForm | None = None, status: int = 200) -> HttpResponse:
        """What one wants to say."""
        form = form or TextForm(initial={"sleutel": uuid4().hex}, wish=wish, has_item=self.item is not None)
        return self._page("text", {"form": form, "back_href": f"{self.request.path}"}, status)

    def answer(self, wish: Wish) -> HttpResponse:
        """To the last look, back to the words, or away."""
        form = TextForm(self.request.POST, wish=wish, has_item=self.item is not None)
        if not form.is_valid():
            if form.has_error("sleutel"):
                form.data = {**form.data.dict(), "sleutel": uuid4().hex}  # type: ignore[attr-defined]  # a QueryDict
            return self.text_question(wish, form, 422)
        if self.request.POST.get("doen") == "wijzig":
            return self.text_question(wish, TextForm(initial=form.cleaned_data, wish=wish, has_item=bool(self.item)))
        if self.request.POST.get("doen") == "soort":
            chosen = WishForm(initial=self.request.GET.dict(), places=self.places)
            return self._page("wish", {"form": chosen, "kept": form.cleaned_data, "here": self.request.path}, 200)
        if self.request.POST.get("doen") != "verstuur":
            return self._check(wish, form)
        try:
            sent = send_correction(viewer=self.request.viewer, wish=self._new(wish, form), now=self.request.now)
        except Refused as refusal:
            form.add_error("tekst" if refusal.field == "text" else None, refusal.message)
            return self.text_question(wish, form, 422)
        return redirect("patient_correction_sent", correction_id=sent)

    def _new(self, wish: Wish, form: TextForm) -> NewCorrection:
        return NewCorrection(
            wish=wish,
            text=form.cleaned_data["tekst"],
            token=form.cleaned_data["sleutel"],
            item_kind=self.item.kind if self.item else None,
            item_id=self.item.item_id if self.item else 0,
            practice_id=None if self.item else self.place,
        )

    def _check(self, wish: Wish, form: TextForm) -> HttpResponse:
        rows = [
            SummaryRow(label=_("Gaat over"), value=self.item.title if self.item else _("Uw dossier"), change_href=""),
            SummaryRow(label=_("Gaat naar"), value=self._place_name(), change_href=""),
            SummaryRow(label=_("Wat wilt u?"), value=WishForm(places=self.places).words_of(wish=wish), change_href=""),
        ]
        values = {
            "form": form,
            "rows": rows,
            "due_on": due_date(now=self.request.now),
            "place_name": self._place_name(),
        }
        return self._page("check", values, 200)

    def _place_name(self) -> str:
        if self.item is not None:
            return self.item.practice_name
        return next(place.name for place in self.places if place.practice_id == self.place)

    def _page(self, name: str, values: dict[str, Any], status: int) -> HttpResponse:
        context = {
            "item": self.item,
            "here": self.request.get_full_path(),
            "keep": f"{self.request.viewer.person_id}-{self.request.viewer.subject_id}",
            "overview_href": reverse("patient_corrections_overview"),
            "from_href": _page_of(self.item),
            **values,
        }
        return render(self.request, f"patient/corrections/{name}.html", context, status=status)


def _page_of(item: ItemFound | None) -> str:
    """The page of the record where the item stands."""
    if item is None:
        return reverse("patient_corrections_overview")
    name, arguments = {
        RecordItem.EPISODE: ("patient_record_episode", [item.item_id]),
        RecordItem.CONTACT: ("patient_record_contacts", []),
        RecordItem.LINE: ("patient_record_contacts", []),
        RecordItem.VALUE: ("patient_record_value", [item.item_id]),
        RecordItem.REPORT: ("patient_record_result", [item.item_id]),
        RecordItem.ALLERGY: ("patient_record_allergies", []),
        RecordItem.MEDICINE: ("patient_record_medicines", []),
        RecordItem.LETTER: ("patient_record_letter", [item.item_id]),
    }[item.kind]
    return reverse(name, args=arguments)
