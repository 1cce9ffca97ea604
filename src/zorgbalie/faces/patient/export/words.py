"""States and steps of a file in plain words."""

from django.utils.translation import gettext as _

from zorgbalie.exchange.export_types import ExportCard, ExportFault, ExportState, ExportStep


def step_words(card: ExportCard) -> str:
    """What is being done."""
    return {
        ExportStep.WAITING: _("Het begint zo"),
        ExportStep.READING: _("Wij lezen het dossier"),
        ExportStep.WRITING: _("Wij maken het bestand"),
        ExportStep.STORING: _("Wij zetten het bestand klaar"),
        ExportStep.DONE: _("Klaar"),
    }[card.step]


def fault_words(card: ExportCard) -> str:
    """Why there is no file; empty while there is or can be one."""
    if card.state is not ExportState.FAILED:
        return ""
    return {
        ExportFault.CLOSED.value: _("Uw toegang tot het dossier veranderde. Daarom is er geen bestand gemaakt."),
        ExportFault.LATE.value: _("Het maken duurde te lang."),
    }.get(card.fault, _("Er ging iets mis bij het maken. Dat ligt niet aan u."))


def state_tag(card: ExportCard) -> tuple[str, str]:
    """The state as a tag, with its tone."""
    return {
        ExportState.ASKED: (_("bezig"), "info"),
        ExportState.MAKING: (_("bezig"), "info"),
        ExportState.READY: (_("klaar"), "ok"),
        ExportState.FAILED: (_("niet gelukt"), "warning"),
        ExportState.EXPIRED: (_("verlopen"), "neutral"),
    }[card.state]
