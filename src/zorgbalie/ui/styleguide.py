"""Sample values for the style guide pages: for builders, tests and pictures in the docs.

Everything here is invented; nothing is read from a record.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from zorgbalie.ui import types as t

MOMENT = dt.datetime(2026, 11, 19, 9, 12, tzinfo=dt.UTC)

TEMPLATES = (
    "ui/styleguide.html",
    "ui/styleguide_question.html",
    "ui/styleguide_done.html",
    "ui/styleguide_desk.html",
    "ui/styleguide_entry.html",
)


class SampleForm(forms.Form):
    """One of each control."""

    subject = forms.CharField(label="Waar gaat uw vraag over?", max_length=80)
    phone = forms.CharField(
        label="Telefoonnummer",
        help_text="Dan kunnen we u bellen als dat sneller is.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    text = forms.CharField(label="Uw vraag", widget=forms.Textarea, max_length=3000)
    who = forms.ChoiceField(
        label="Wie moet antwoorden?",
        widget=forms.RadioSelect,
        choices=[("gp", "Mijn huisarts"), ("assistant", "De assistente"), ("any", "Dat maakt niet uit")],
    )
    days = forms.MultipleChoiceField(
        label="Wanneer kunt u?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("am", "’s Ochtends"), ("pm", "’s Middags")],
    )
    place = forms.ChoiceField(
        label="Waar haalt u het op?", choices=[("a", "Apotheek De Brug"), ("b", "De kluis bij de ingang")]
    )
    photo = forms.FileField(label="Foto", required=False, help_text="Een foto van uw telefoon mag, tot 10 MB.")
    agree = forms.BooleanField(label="Ik heb de afspraken gelezen")


class QuestionForm(forms.Form):
    """A single question, as patients get them."""

    topic = forms.ChoiceField(
        label="Waar gaat uw vraag over?",
        help_text="Kies wat het meest lijkt op uw vraag.",
        widget=forms.RadioSelect,
        choices=[
            ("complaint", "Een klacht die ik nu heb"),
            ("medicine", "Mijn medicijnen"),
            ("result", "Een uitslag"),
            ("unknown", "Ik weet het niet"),
        ],
    )


class FilterForm(forms.Form):
    """A filter above a list."""

    period = forms.ChoiceField(label="Periode", required=False, choices=[("3", "3 maanden"), ("12", "1 jaar")])
    who = forms.CharField(label="Naam", required=False)


class DeskForm(forms.Form):
    """A dense staff form."""

    episodes = forms.MultipleChoiceField(
        label="Wat ziet de patiënt?",
        initial=["1", "2"],
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("1", "Hoge bloeddruk, sinds 2014"),
            ("2", "Suikerziekte, sinds 2019"),
            ("3", "Knieklachten"),
        ],
    )
    reason = forms.CharField(label="Reden", widget=forms.Textarea, required=False, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a sample list."""

    at: dt.datetime
    name: str = ""
    subject: str = ""
    due: str = ""
    state: str = ""
    tone: str = "neutral"
    who: str = ""
    what: str = ""


def _nav() -> list[t.NavItem]:
    return [
        t.NavItem(label="Home", href="#home", icon="home", current=True),
        t.NavItem(label="Vraag stellen", href="#vraag", icon="message-question"),
        t.NavItem(label="Afspraak", href="#afspraak", icon="calendar"),
        t.NavItem(label="Medicijnen", href="#medicijnen", icon="pill"),
        t.NavItem(label="Uitslagen", href="#uitslagen", icon="flask", count=1),
        t.NavItem(label="Dossier", href="#dossier", icon="folder"),
        t.NavItem(label="Berichten", href="#berichten", icon="mail", count=2),
    ]


def _groups() -> list[t.NavGroup]:
    return [
        t.NavGroup(
            label="",
            items=[
                t.NavItem(label="Postvak", href="#", icon="inbox", current=True, count=12, count_label="open"),
                t.NavItem(label="Mijn werklijst", href="#", icon="list-check", count=3, count_label="open"),
                t.NavItem(label="Actielijst", href="#", icon="clipboard-list"),
                t.NavItem(label="Patiënten", href="#", icon="users"),
            ],
        ),
        t.NavGroup(
            label="Beheer",
            items=[
                t.NavItem(label="Medewerkers", href="#", icon="id-badge-2"),
                t.NavItem(label="Voorzieningen", href="#", icon="adjustments"),
                t.NavItem(label="Toegangslog", href="#", icon="shield-check"),
            ],
        ),
    ]


def _inbox() -> list[Row]:
    return [
        Row(at=MOMENT, name="M. Jansen", subject="Inzage", due="vandaag", state="nieuw", tone="info"),
        Row(at=MOMENT, name="P. van den Berg", subject="Inzage", due="morgen", state="open"),
        Row(at=MOMENT, name="A. Öztürk", subject="Uitslag", due="gisteren", state="laat", tone="warning"),
        Row(at=MOMENT, name="T. Smit", subject="Akkoord", due="", state="afgerond", tone="ok"),
    ]  # fmt: skip


def _sample(*, bound: bool) -> dict[str, Any]:
    looks = [
        Row(at=MOMENT - dt.timedelta(days=9 * i), who="J. de Wit, huisarts", what="Uw uitslagen") for i in range(30)
    ]
    years = [(2019, "71"), (2021, "68"), (2023, "64"), (2025, "57"), (2026, "56")]
    return {
        "crumbs": [t.Crumb(label="Home", href="#"), t.Crumb(label="Stijlgids")],
        "terms": [
            t.GlossaryTerm("RR", "bloeddruk", ["rr"]),
            t.GlossaryTerm("eGFR", "een getal dat zegt hoe goed uw nieren werken"),
            t.GlossaryTerm("li", "links"),
            t.GlossaryTerm("gb", "geen bijzonderheden: er is niets vreemds gezien"),
        ],
        "points": [t.TrendPoint(day=dt.date(year, 11, 3), value=Decimal(value)) for year, value in years],
        "kidney": Decimal(56),
        "potassium": Decimal("4.2"),
        "potassium_low": Decimal("3.5"),
        "potassium_high": Decimal("5.0"),
        "glucose": Decimal("11.3"),
        "glucose_low": Decimal("4.0"),
        "glucose_high": Decimal("7.8"),
        "steps": [
            t.Step(label="Aangevraagd", state="done", detail="19 november"),
            t.Step(label="Akkoord van de huisarts", state="done", detail="20 november"),
            t.Step(label="In bereiding", state="current", detail="Klaar op 23 november"),
            t.Step(label="Klaar om op te halen"),
        ],
        "tabs": [
            t.Tab(label="Alles", href="#", current=True, count=12),
            t.Tab(label="Verzoeken", href="#", count=4),
            t.Tab(label="Afgerond", href="#"),
        ],
        "rows": [
            t.SummaryRow(label="Uw vraag gaat over", value="Mijn medicijnen", change_href="#"),
            t.SummaryRow(label="Uw vraag", value="Mag ik de tabletten\nook ’s avonds nemen?", change_href="#"),
            t.SummaryRow(label="Foto", change_href="#"),
        ],
        "emergency": ["pijn op de borst", "moeite met ademen", "plots een scheef gezicht"],
        "urgent": ["hoge koorts bij een baby", "een wond die blijft bloeden"],
        "form": SampleForm({"subject": "Tabletten"}) if bound else SampleForm(),
        "question": QuestionForm({}) if bound else QuestionForm(),
        "filter": FilterForm(),
        "desk_form": DeskForm(),
        "page": Paginator(looks, 4).page(2),
        "inbox": _inbox(),
    }


def context(*, bound: bool = True, acting: bool = True) -> dict[str, Any]:
    """Build the context of the style guide; ``bound`` shows forms with their errors."""
    return {
        "practice": t.PracticeHeader(
            name="Huisartsenpraktijk De Linde",
            phone="020 123 45 67",
            phone_hours="ma t/m vr 8.00 – 17.00 uur",
            out_of_hours="’s Avonds, ’s nachts en in het weekend: bel de huisartsenpost, 088 003 06 00.",
        ),
        "nav": _nav(),
        "nav_groups": _groups(),
        "home_href": "#",
        "help_href": "#hulp",
        "search_href": "#",
        "account": t.AccountMenu(
            name="M. Jansen",
            detail="geboren 4 mei 1956",
            logout_href="#",
            links=[t.NavItem(label="Mijn instellingen", href="#", icon="settings")],
            accounts=[
                t.AccountChoice(value="1", label="J. de Wit", current=True),
                t.AccountChoice(value="2", label="K. Bos"),
            ],
            switch_href="#",
        ),
        "acting_for": t.ActingFor(name="Sem", detail="8 jaar", stop_href="#") if acting else None,
        "footer_links": [
            t.FooterLink(label="Wat kan ik hier bij mijn praktijk?", href="#"),
            t.FooterLink(label="Toegankelijkheid", href="#"),
            t.FooterLink(label="Privacy", href="#"),
        ],
        "sample": _sample(bound=bound),
    }
