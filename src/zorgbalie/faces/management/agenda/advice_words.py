"""What the advice warns of, in plain words, each with the page on which it is mended (ux 44)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zorgbalie.agenda.types.managing import Notice, Warned

_SENTENCES = {
    Notice.FACILITY_OFF: _(
        "Afspraken staan bij geen enkel account aan. Patiënten zien nog niets. U kunt alles wel vast klaarzetten."
    ),
    Notice.HIDDEN_FROM: _("Patiënten van %(name)s kunnen geen afspraken maken: bij dat account staat het uit."),
    Notice.NO_AGENDA: _("Er is nog geen agenda in gebruik. Patiënten zien dan geen tijden."),
    Notice.NO_KIND: _("Er staat nog geen soort afspraak online. Patiënten kunnen dan niets kiezen."),
    Notice.KIND_WITHOUT_BLOCK: _(
        "%(name)s staat online, maar past in geen enkel blok dat online open staat. Patiënten vinden geen tijd."
    ),
    Notice.KIND_FULL: _("Er zijn deze week geen tijden over voor %(name)s."),
    Notice.KIND_FULL_LONGER: _("Er zijn deze week en volgende week geen tijden over voor %(name)s."),
    Notice.AGENDA_WITHOUT_BLOCK: _(
        "In de agenda van %(name)s staat geen blok online open. Patiënten kunnen daar niets boeken."
    ),
    Notice.ALL_RESERVED: _(
        "Bij %(name)s blijven alle plaatsen vrij voor spoed. Maak de dag langer, of houd minder plaatsen vrij."
    ),
    Notice.ALL_AT_ONCE: _(
        "Bij %(name)s komt alles tegelijk vrij om middernacht. Gespreid vrijgeven voorkomt dat alles meteen weg is."
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningLine:
    """One warning on the page."""

    text: str
    href: str
    label: str


def warning_lines(*, warnings: Iterable[Warned]) -> list[WarningLine]:
    """The warnings with a link to where each is mended."""
    return [_line(one) for one in warnings]


def _line(one: Warned) -> WarningLine:
    href, label = _place(one)
    return WarningLine(text=str(_SENTENCES[one.notice]) % {"name": one.name}, href=href, label=label)


def _place(one: Warned) -> tuple[str, str]:
    if one.notice is Notice.FACILITY_OFF:
        return reverse("management_accounts"), gettext("Zet afspraken aan bij een account")
    if one.account_id is not None:
        return reverse("management_account", args=[one.account_id]), gettext("Naar het account")
    if one.notice is Notice.NO_KIND:
        return reverse("management_appointment_kinds"), gettext("Naar de soorten")
    if one.notice is Notice.AGENDA_WITHOUT_BLOCK:
        return reverse("management_agenda_weeks", args=[one.agenda_id]), gettext("Naar het weekrooster")
    if one.agenda_id is not None:
        return reverse("management_agenda_one", args=[one.agenda_id]), gettext("Naar de agenda")
    return reverse("management_agendas"), gettext("Naar de agenda’s")
