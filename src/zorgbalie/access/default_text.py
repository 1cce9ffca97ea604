"""The general text of the agreement, offered by every practice that has not published its own (REQ 4).

It is a careful draft at level B1. A lawyer must review it before a practice uses it for real: the source documents ask
for a text that is legally reviewed, and no program can do that.
"""

from zorgbalie.access.models import AgreementText

TITLE = "Afspraken over online inzage"
PATIENT_RIGHTS = """U mag vragen om uw dossier online te lezen. De praktijk antwoordt en zegt waarom.
U mag zien wie uw dossier heeft bekeken, en wanneer.
U mag vragen om iets te verbeteren of aan te vullen als het niet klopt.
U mag altijd stoppen met deze afspraken. Dat geldt meteen en verandert niets aan uw zorg.
U houdt altijd recht op een kopie van uw dossier, ook als u niet meedoet."""
PATIENT_DUTIES = """U logt alleen in met uw eigen DigiD. U geeft uw DigiD aan niemand anders.
U zorgt dat niemand meeleest die u dat niet wilt. U logt uit als u klaar bent.
U belt de praktijk bij spoed. Het portaal is niet voor spoed.
U belt de praktijk als u iets leest waarvan u schrikt, of dat u niet begrijpt.
U geeft het door als uw e-mailadres of telefoonnummer verandert."""
PRACTICE_RIGHTS = """De praktijk mag iets niet tonen als dat nodig is om de privacy van een ander te beschermen.
De praktijk mag iets niet tonen als dat nodig is om u of een ander te beschermen.
De praktijk mag de online inzage sluiten of deze afspraken stoppen. U krijgt daar bericht van. Vraag gerust waarom.
De praktijk mag deze afspraken vernieuwen. U leest en tekent dan de nieuwe tekst. Tot die tijd geldt de oude."""
PRACTICE_DUTIES = """De praktijk houdt uw dossier goed bij en schrijft zo dat u het kunt volgen.
De praktijk beveiligt uw gegevens zoals de wet dat vraagt. De praktijk gebruikt ze alleen voor uw zorg.
De praktijk geeft uw gegevens aan niemand anders zonder uw toestemming, behalve als de wet dat eist.
De praktijk schrijft op wie uw dossier bekijkt. U kunt dat zelf nalezen.
De praktijk vertelt het u zo snel mogelijk als er iets misgaat met uw gegevens."""


def ensure_default_text() -> bool:
    """Publish the general text where there is none; run as the owner, by `zorgbalie migrate`.

    A text that was published is never changed: a better one is a next version. Returns whether it was made.
    """
    if AgreementText.objects.filter(practice__isnull=True).exists():
        return False
    AgreementText.objects.create(
        practice=None,
        version=1,
        title=TITLE,
        body_patient_rights=PATIENT_RIGHTS,
        body_patient_duties=PATIENT_DUTIES,
        body_practice_rights=PRACTICE_RIGHTS,
        body_practice_duties=PRACTICE_DUTIES,
    )
    return True
