"""States of documents, and why a patient does not see one, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.faces.entry.document_words import CATEGORY_NAMES
from zorgbalie.record.types.documents import (
    DeskDocument,
    Direction,
    DocumentPage,
    DocumentState,
    Obstacle,
    VirusState,
)
from zorgbalie.ui.formats import short_date

DIRECTION_NAMES = {
    Direction.INCOMING: gettext_lazy("ontvangen"),
    Direction.OUTGOING: gettext_lazy("verstuurd"),
}
STATE_NAMES = {
    DocumentState.PRIVATE: gettext_lazy("niet gedeeld"),
    DocumentState.SHARED: gettext_lazy("gedeeld"),
    DocumentState.WITHDRAWN: gettext_lazy("niet meer gedeeld"),
}
VIRUS_NAMES = {
    VirusState.CLEAN: gettext_lazy("op virussen gecontroleerd"),
    VirusState.UNCHECKED: gettext_lazy("niet op virussen gecontroleerd"),
    VirusState.WAITING: gettext_lazy("wacht op de controle op virussen"),
    VirusState.INFECTED: gettext_lazy("er zit een virus in"),
}


def state_tag(document: DeskDocument) -> tuple[str, str]:
    """The state as an adjective, and its tone. What is shared but switched off says so."""
    if document.state is DocumentState.SHARED and not document.is_served:
        return _("gedeeld, nog niet zichtbaar"), "warning"
    return str(STATE_NAMES[document.state]), "ok" if document.state is DocumentState.SHARED else "neutral"


def obstacle_words(found: DocumentPage) -> list[str]:
    """Why the patient does not see it, each in a sentence that says what would help."""
    category = str(CATEGORY_NAMES[found.document.category])
    start = short_date(value=found.starts_on) if found.starts_on else ""
    words = {
        Obstacle.NEVER_SHARED: _("Een EPD-overdrachtsbericht deelt u nooit met de patiënt. Het is voor de praktijk."),
        Obstacle.VIRUS_WAITING: _("De controle op virussen is nog niet klaar. Probeer het straks opnieuw."),
        Obstacle.VIRUS_FOUND: _("In dit document zit een virus. Open het niet."),
        Obstacle.CATEGORY_OFF: _("Uw praktijk deelt deze soort niet: %(category)s. De manager kan dit aanzetten.")
        % {"category": category},
        Obstacle.BEFORE_START: _("Uw praktijk deelt deze soort vanaf %(day)s. Dit document is ouder.") % {"day": start},
        Obstacle.NOT_ONLINE: _("Deze patiënt leest nu zijn dossier niet online. Stuur de brief of geef hem mee."),
    }
    return [words[one] for one in found.obstacles]
