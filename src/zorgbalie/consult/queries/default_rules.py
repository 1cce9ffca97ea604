"""What a practice says about urgency while it chose nothing itself (R17).

Sound for any practice, in the words of thuisarts.nl and 112. A list of a practice's own stays in its own language.
"""

from django.utils.translation import gettext as _

from zorgbalie.consult.types import ConsultRules, UrgentSigns


def default_rules() -> ConsultRules:
    """Lists in the language of the reader."""
    return ConsultRules(
        adult=UrgentSigns(
            emergency=(
                _("druk of pijn op de borst die niet weggaat"),
                _("plotseling een scheve mond, een lamme arm of niet goed kunnen praten"),
                _("heel erg benauwd zijn"),
                _("bewusteloos zijn of niet wakker te krijgen"),
                _("veel bloed verliezen"),
                _("een ernstig ongeluk"),
            ),
            urgent=(
                _("u wordt snel zieker, of u bent suf of in de war"),
                _("hevige pijn"),
                _("koorts en rillen of een stijve nek"),
                _("bloed bij hoesten, overgeven of poepen"),
                _("plotseling minder zien"),
                _("zwanger zijn en bloed verliezen, of de baby minder voelen"),
                _("gedachten aan zelfmoord (bel ook 113, dag en nacht)"),
            ),
        ),
        child=UrgentSigns(
            emergency=(
                _("heel erg benauwd zijn, of even stoppen met ademen"),
                _("blauwe of grijze lippen"),
                _("bewusteloos zijn of niet wakker te krijgen"),
                _("een stuip die langer dan 5 minuten duurt"),
                _("een dikke tong of keel na eten, een medicijn of een steek"),
                _("een ernstig ongeluk"),
            ),
            urgent=(
                _("koorts bij een baby jonger dan 3 maanden"),
                _("suf of slap zijn, of steeds kreunen of huilen"),
                _("rode of paarse vlekjes die u niet weg kunt drukken"),
                _("minder dan de helft drinken, of een dag bijna niet plassen"),
                _("snel of moeilijk ademen"),
                _("een stijve nek of hevige pijn"),
                _("iets giftigs gegeten of gedronken"),
            ),
        ),
    )
