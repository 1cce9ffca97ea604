"""What the settings are called, and what they mean, in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.office.queries.accounts import list_facilities
from zorgbalie.office.types import Facility, PracticeKind

Text = str | Promise

# Name of the right, and what one may do with it.
RIGHTS: Mapping[StaffRight, tuple[Text, Text]] = {
    StaffRight.READ_RECORD: (_("Dossier lezen"), _("De dossiers van patiënten van deze praktijk openen en lezen.")),
    StaffRight.INVITE_PATIENT: (
        _("Patiënten uitnodigen"), _("Patiënten inschrijven, hun gegevens wijzigen en ze een uitnodiging sturen."),
    ),
    StaffRight.SIGN_AGREEMENT: (
        _("Afspraken ondertekenen"), _("Namens de praktijk de afspraken met de patiënt ondertekenen."),
    ),
    StaffRight.RELEASE_RECORD: (
        _("Dossier vrijgeven"),
        _("Besluiten welke delen van het dossier de patiënt online ziet, en over verzoeken om correctie."),
    ),
    StaffRight.PUBLISH_RESULTS: (
        _("Uitslagen en brieven verwerken"),
        _("Post van het laboratorium en brieven verwerken, en besluiten wat de patiënt ervan ziet."),
    ),
    StaffRight.COPY_RECORD: (
        _("Kopie geven"), _("Een kopie van het dossier maken voor een patiënt zonder online inzage."),
    ),
    StaffRight.WORK_NOTES: (_("Werknotities"), _("Eigen notities maken en ze met een collega delen.")),
    StaffRight.ANSWER_CONSULTS: (
        _("Vragen beantwoorden"), _("Vragen van patiënten lezen, beantwoorden en op een werklijst zetten."),
    ),
    StaffRight.WRITE_JOURNAL: (
        _("In het journaal schrijven"),
        _("Een vraag en het antwoord als regels (S, O, E, P) in het dossier zetten, en bijlagen bij de documenten."),
    ),
    StaffRight.BILL: (
        _("Declareren"), _("Voorstellen voor een declaratie bevestigen of weigeren, en ze klaarzetten voor het HIS."),
    ),
    StaffRight.SEND_TO_SELECTION: (
        _("Bericht aan een groep"),
        _("Patiënten met een kenmerk opzoeken en hun in één keer een bericht sturen."),
    ),
    StaffRight.BOOK_APPOINTMENTS: (
        _("Agenda"), _("De agenda zien en bijhouden: afspraken maken, verzetten en afzeggen."),
    ),
    StaffRight.READ_ACCESS_LOG: (
        _("Toegangslog lezen"), _("Zien wie welk dossier heeft bekeken of gewijzigd."),
    ),
    StaffRight.EMERGENCY_ACCESS: (
        _("Noodtoegang"),
        _("In een noodgeval het dossier openen van iemand die hier geen patiënt is. De patiënt ziet dat."),
    ),
    StaffRight.MANAGE_PRACTICE: (
        _("Praktijk beheren"), _("Deze instellingen wijzigen: medewerkers, rechten, accounts en online inzage."),
    ),
}  # fmt: skip

FACILITIES: Mapping[Facility, tuple[Text, Text]] = {
    Facility.JOURNAL_EP: (
        _("E&P-regels"), _("De conclusie (E) en het plan (P) van elk contact. Nodig voor online inzage."),
    ),
    Facility.DIAGNOSTIC_VALUES: (
        _("Diagnostische waarden"), _("Metingen en uitslagen. Nodig voor online inzage."),
    ),
    Facility.MEDICATION: (_("Medicatie"), _("De medicijnen die de patiënt gebruikt.")),
    Facility.ALLERGIES: (_("Allergieën"), _("Allergieën en overgevoeligheden.")),
    Facility.E_CONSULT: (
        _("E-consult"),
        _("Patiënten stellen online een vraag die kan wachten. Zij lezen eerst wanneer zij moeten bellen."),
    ),
    Facility.E_APPOINTMENT: (
        _("Afspraken"), _("Patiënten maken zelf een afspraak in de tijden die u openzet."),
    ),
}  # fmt: skip

# A pharmacy's switch for online access is another one (REQ 79).
_AT_PHARMACY: Mapping[Facility, tuple[Text, Text]] = {
    Facility.MEDICATION: (
        _("Medicatie"), _("De medicijnen die u aan de patiënt gaf. Nodig voor online inzage."),
    ),
}  # fmt: skip


def facility_words(kind: PracticeKind) -> dict[Facility, tuple[Text, Text]]:
    """Name and meaning of what an account of such a practice can switch on."""
    own = _AT_PHARMACY if kind is PracticeKind.PHARMACY else {}
    return {one: own.get(one, FACILITIES[one]) for one in list_facilities(kind=kind)}
