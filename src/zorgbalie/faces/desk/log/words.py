"""Fields of NEN 7513 as the desk reads them. Codes stay beside the words: this is a log for control."""

from django.utils.translation import gettext as _

from zorgbalie.access.types import DataKind
from zorgbalie.audit.types import AuditAction, LogLine
from zorgbalie.kernel.viewer import StaffRole
from zorgbalie.ui import formats
from zorgbalie.ui.roles import role_name


def action_words(line: LogLine) -> str:
    """What was done."""
    words: dict[str, str] = {
        AuditAction.READ: _("bekeken"),
        AuditAction.CREATE: _("toegevoegd"),
        AuditAction.UPDATE: _("gewijzigd"),
        AuditAction.DELETE: _("verwijderd"),
        AuditAction.EXECUTE: _("uitgevoerd"),
    }
    return words.get(line.action, line.action)


def kind_words(line: LogLine) -> str:
    """Which kind of data."""
    words: dict[str, str] = {
        DataKind.PROFILE: _("persoonsgegevens"),
        DataKind.EPISODES: _("episodes"),
        DataKind.JOURNAL: _("journaal"),
        DataKind.OBSERVATIONS: _("metingen en uitslagen"),
        DataKind.ALLERGIES: _("allergieën"),
        DataKind.MEDICATION: _("medicijnen"),
        DataKind.FULL_RECORD: _("hele dossier"),
        DataKind.LAB_REPORTS: _("post van het laboratorium"),
        DataKind.DOCUMENTS: _("brieven en documenten"),
        DataKind.RESULT_WISHES: _("wens bij uitslagen"),
        DataKind.RECORD_COPY: _("kopie van het dossier"),
        DataKind.RECORD_EXPORT: _("bestand van het dossier"),
        DataKind.RELEASE: _("online inzage"),
        DataKind.WORK_NOTES: _("werknotities"),
        DataKind.CORRECTIONS: _("correctieverzoeken"),
        DataKind.ACTION_NOTES: _("acties"),
        DataKind.ACCESS_LOG: _("toegangslog"),
        DataKind.AGREEMENT: _("afspraken"),
        DataKind.INVITATION: _("uitnodiging"),
        DataKind.NOTICES: _("meldingen"),
        DataKind.CONSULTS: _("vragen van patiënten"),
        DataKind.CONTACT_TIME: _("bestede tijd"),
        DataKind.DECLARATIONS: _("declaraties"),
        DataKind.APPOINTMENTS: _("afspraken in de agenda"),
    }
    return words.get(line.kind, line.kind)


def role_words(line: LogLine) -> str:
    """The function of who looked."""
    if line.role in set(StaffRole):
        return role_name(line.role)
    return {"patient": _("patiënt of vertegenwoordiger"), "system": _("automatisch")}.get(line.role, line.role)


def outcome_words(line: LogLine) -> str:
    """Whether it was allowed."""
    return _("geweigerd") if line.refused else _("gelukt")


def basis_words(line: LogLine) -> str:
    """On which ground of the authorisation protocol; a ground that has no words yet as it was logged."""
    words: dict[str, str] = {
        "administration": _("administratie"),
        "administration of the practice": _("administratie van de praktijk"),
        "control": _("controle"),
        "emergency access": _("noodtoegang"),
        "invitation": _("uitnodiging"),
        "list of the practice's own patients": _("lijst van de eigen patiënten"),
        "own data": _("eigen gegevens"),
        "own request": _("eigen verzoek"),
        "own settings": _("eigen instellingen"),
        "party to the agreement": _("hoort bij de afspraken"),
        "patient asks the practice": _("patiënt stelt een vraag"),
        "patient makes an appointment": _("patiënt maakt een afspraak"),
        "patient reads own record": _("patiënt leest eigen dossier"),
        "saves own record": _("patiënt bewaart eigen dossier"),
        "signs": _("ondertekent"),
        "task on behalf of the practice": _("taak namens de praktijk"),
        "treatment relation": _("behandelrelatie"),
        "who looked": _("wie er keek"),
    }
    return words.get(line.basis, line.basis)


def fields_of(line: LogLine) -> list[tuple[str, str]]:
    """Every field with its name; the order is that of the standard: event, user, patient, object, source."""
    return [
        (_("Nummer"), str(line.event_id)),
        (_("Tijdstip"), formats.short_moment(value=line.recorded_at)),
        (_("Gebeurtenis (EventID)"), line.event),
        (_("Handeling (EventActionCode)"), f"{line.action} – {action_words(line)}"),
        (_("Uitkomst (EventOutcomeIndicator)"), f"{line.outcome} – {outcome_words(line)}"),
        (_("Gebruiker (userID)"), line.user_id),
        (_("Naam (userName)"), line.user_name),
        (_("Functie (roleIDCode)"), role_words(line)),
        (_("Organisatie"), line.organisation_name),
        (_("Doel (purposeOfUse)"), line.purpose),
        (_("Niveau van inloggen"), line.assurance_level),
        (_("Netwerkadres (networkAccessPointID)"), line.network_address),
        (_("Namens patiënt"), str(line.acts_for_id or "")),
        (_("Patiënt (participantObjectID)"), str(line.patient_id or "")),
        (_("Soort gegevens"), f"{line.kind} – {kind_words(line)}" if line.kind else ""),
        (_("Object"), f"{line.object_type} {line.object_id}".strip()),
        (_("Grond (autorisatieprotocol)"), f"{line.basis} – {basis_words(line)}" if line.basis else ""),
        (_("Behandelrelatie"), line.relation),
        (_("Toestemming"), line.consent),
        (_("Noodtoegang"), _("ja") if line.emergency else _("nee")),
        (_("Verzoeknummer"), line.request_id),
        (_("Bron (AuditSourceID)"), f"{line.source_id} {line.site_id}".strip()),
        (_("Bijzonderheden"), "" if line.detail == "{}" else line.detail),
    ]
