"""What became of a question on closing, in a sentence for who closed it (REQ 43)."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zorgbalie.consult.types import Stored


def say_stored(request: HttpRequest, stored: Stored) -> None:
    """Nothing where the practice stores nothing by itself."""
    words = {
        Stored.DONE: _("De vraag en het antwoord staan nu ook in het dossier."),
        Stored.KNOWN: _("De vraag stond al in het dossier."),
        Stored.NOTHING: _("Er was niets om in het dossier te zetten."),
        Stored.NO_RIGHT: _("Niet in het dossier gezet: u mag niet in het journaal schrijven. Vraag een collega."),
        Stored.NO_PATIENT: _("Niet in het dossier gezet: deze persoon is hier geen patiënt meer."),
        Stored.TOO_MUCH: _("Niet in het dossier gezet: er is te veel tekst. Kies Naar het journaal."),
    }.get(stored)
    if words is None:
        return
    is_fine = stored in (Stored.DONE, Stored.KNOWN, Stored.NOTHING)
    (messages.success if is_fine else messages.warning)(request, words)
