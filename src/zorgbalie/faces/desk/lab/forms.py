"""The form of a decision. Fields that are not here cannot be set (security row 7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types import AgendaId, AppointmentKindId
from zorgbalie.faces.entry.fields import choice_field
from zorgbalie.kernel.ids import LabResultId
from zorgbalie.record.actions.lab_decisions import LONGEST_TEXT
from zorgbalie.record.types.lab import DeskLabReport, LabAction, LabDecision, Template
from zorgbalie.record.types.results import BookingWish

Bookable = tuple[tuple[tuple[AppointmentKindId, str], ...], tuple[tuple[AgendaId, str], ...]]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_TEXT})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _title(letter: Template) -> str:
    return gettext("%(title)s (van uzelf)") % {"title": letter.title} if letter.is_personal else letter.title


class DecisionForm(forms.Form):
    """What the patient reads and when; the same for all actions, so that no text is lost between them."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    template = forms.TypedChoiceField(
        label=_("Maskerbrief"), required=False, coerce=int, empty_value=None, widget=forms.Select
    )
    conclusion = forms.CharField(
        label=_("Conclusie voor de patiënt"),
        help_text=_("Verplicht om te publiceren. Schrijf kort en in gewone woorden."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_area(5),
    )
    advice = forms.CharField(
        label=_("Wat kan de patiënt doen?"), required=False, max_length=LONGEST_TEXT, widget=_area(3)
    )
    is_upsetting = forms.BooleanField(
        label=_("De patiënt kan hiervan schrikken"),
        help_text=_("De patiënt krijgt dan eerst de vraag of hij het nu wil lezen."),
        required=False,
    )
    publish_on = forms.DateField(
        label=_("Publiceren op"),
        help_text=_("Leeg is nu. Kiest u een dag, dan ziet de patiënt het vanaf 8.00 uur."),
        required=False,
        widget=_day(),
    )
    due_on = forms.DateField(
        label=_("Terugkijken op"),
        help_text=_("Voor Opslaan: op deze dag staat het op de actielijst."),
        required=False,
        widget=_day(),
    )
    booking_kind = forms.ChoiceField(
        label=_("Afspraak die de patiënt maakt"),
        help_text=_("Voor Patiënt uitnodigen: de patiënt krijgt een knop om deze afspraak online te maken."),
        required=False,
    )
    booking_agenda = forms.ChoiceField(label=_("Bij wie"), required=False)
    has_spoken = forms.BooleanField(label=_("Ik heb de patiënt hierover gesproken"), required=False)

    def __init__(self, *args: Any, templates: list[Template], bookable: Bookable = ((), ()), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.templates = templates
        self.bookable = bookable
        self._offer(*bookable)
        self.fields["conclusion"].required = not self.is_bound
        field = choice_field(self, "template")
        field.choices = [("", _("Kies een maskerbrief")), *((one.template_id, _title(one)) for one in templates)]

    def _offer(
        self, kinds: tuple[tuple[AppointmentKindId, str], ...], agendas: tuple[tuple[AgendaId, str], ...]
    ) -> None:
        """What a patient can be asked to book; nothing to choose is nothing asked."""
        if not kinds:
            del self.fields["booking_kind"], self.fields["booking_agenda"]
            return
        choice_field(self, "booking_kind").choices = [
            ("", _("Niet online, de patiënt belt")),
            *((str(pk), name) for pk, name in kinds),
        ]
        choice_field(self, "booking_agenda").choices = [
            ("", _("Bij wie er plek heeft")),
            *((str(pk), name) for pk, name in agendas),
        ]

    def booking(self) -> BookingWish | None:
        """Which appointment was chosen; call it on a valid form."""
        kind, agenda = self.cleaned_data.get("booking_kind"), self.cleaned_data.get("booking_agenda")
        if not kind:
            return None
        kinds, agendas = ({str(pk): name for pk, name in part} for part in self.bookable)
        words = [kinds[kind], agendas[agenda]] if agenda else [kinds[kind]]
        return BookingWish(kind_id=int(kind), agenda_id=int(agenda) if agenda else None, words=", ".join(words))

    def clean(self) -> dict[str, Any]:
        """Saving goes without a conclusion; on the screen it stands as what it is, mandatory (R1)."""
        self.fields["conclusion"].required = True
        return self.cleaned_data

    def decision(self, *, action: LabAction, ticked: list[str]) -> LabDecision:
        """What was decided; call it on a valid form."""
        values = self.cleaned_data
        return LabDecision(
            action=action,
            revision=values["revision"],
            shared=frozenset(LabResultId(int(one)) for one in ticked if _is_number(one)),
            conclusion=values["conclusion"],
            advice=values["advice"],
            is_upsetting=values["is_upsetting"],
            publish_on=values["publish_on"],
            due_on=values["due_on"],
            has_spoken=values["has_spoken"],
            booking=self.booking(),
        )

    def chosen_template(self) -> Template | None:
        """The template letter that was picked."""
        picked = self.cleaned_data.get("template")
        return next((one for one in self.templates if one.template_id == picked), None)


def initial_of(report: DeskLabReport) -> dict[str, object]:
    """The form as the report is stored."""
    return {
        "revision": report.revision,
        "conclusion": report.conclusion,
        "advice": report.advice,
        "is_upsetting": report.is_upsetting,
        "publish_on": report.publish_on,
    }
