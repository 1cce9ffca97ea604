"""Words for reliable information: kinds, code systems, and why a line of a file was refused."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zorgbalie.integrations.knowledge import AddressFault
from zorgbalie.knowledge.types import CodeSystem, ItemKind, LineFault, LinkState

KINDS: Mapping[ItemKind, Promise] = {
    ItemKind.CONDITION: _("Klachten en ziektes"),
    ItemKind.MEDICINE: _("Medicijnen"),
    ItemKind.RESULT: _("Uitslagen"),
}

SYSTEMS: Mapping[CodeSystem, Promise] = {
    CodeSystem.ICPC1: _("ICPC-1"),
    CodeSystem.ATC: _("ATC"),
    CodeSystem.GPK: _("GPK"),
    CodeSystem.PRK: _("PRK"),
    CodeSystem.HPK: _("HPK"),
    CodeSystem.NHG45: _("NHG-tabel 45"),
}

STATES: Mapping[LinkState, Promise] = {LinkState.OK: _("Werkt"), LinkState.DEAD: _("Werkt niet meer")}

FAULTS: Mapping[LineFault | AddressFault, Promise] = {
    LineFault.COLUMNS: _("De regel heeft niet vier kolommen: codestelsel; code; adres; titel."),
    LineFault.SYSTEM: _("Dit codestelsel kennen wij niet."),
    LineFault.CODE: _("Deze code past niet bij het codestelsel."),
    LineFault.TITLE_EMPTY: _("De titel ontbreekt."),
    LineFault.TITLE_LONG: _("De titel is langer dan 200 tekens."),
    LineFault.TITLE_CHARACTERS: _("In de titel staat een teken dat niet te lezen is."),
    LineFault.FORMULA: _("Een kolom begint met =, +, - of @, zoals een formule."),
    LineFault.DOUBLE: _("Deze code staat al eerder in het bestand, met dezelfde website."),
    AddressFault.NOT_HTTPS: _("Het adres begint niet met https://."),
    AddressFault.TOO_LONG: _("Het adres is te lang."),
    AddressFault.CHARACTERS: _("In het adres staat een spatie of een teken dat daar niet hoort."),
    AddressFault.HOST: _("Dit is geen adres van een openbare website."),
    AddressFault.USER: _("In het adres staat een gebruikersnaam."),
    AddressFault.PORT: _("In het adres staat een poortnummer."),
    AddressFault.TERM: _("In het adres hoort één keer {term} te staan."),
}
