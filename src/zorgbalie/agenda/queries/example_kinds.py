"""Kinds of appointment to begin with (REQ 37): what a GP practice offers most. A practice changes them as it likes.

In Dutch, as all that a practice writes for its patients is in its own language. Not online: the manager opens them.
"""

from zorgbalie.agenda.types import Mode
from zorgbalie.agenda.types.managing import ManagedKind
from zorgbalie.kernel.questions import Question, QuestionKind

_DOCTOR, _ASSISTANT = "de huisarts", "de assistente"
_SINCE = Question(label="Hoe lang heeft u dit al?", kind=QuestionKind.SHORT, help_text="Bijvoorbeeld: 3 dagen.")
_PLACE = Question(label="Waar op uw lichaam zit het?", kind=QuestionKind.SHORT, may_be_unknown=False)
_EAR = Question(label="Om welk oor gaat het?", kind=QuestionKind.CHOICE, choices=("links", "rechts", "allebei"))

_EXAMPLES = (
    ManagedKind(
        name="1 klacht",
        description="Voor één klacht of vraag. Heeft u er meer? Kies dan een dubbele afspraak.",
        with_whom=_DOCTOR,
        minutes=10,
        questions=(_SINCE,),
    ),
    ManagedKind(
        name="Dubbele afspraak",
        description="Voor meer klachten, of als u meer tijd nodig heeft.",
        with_whom=_DOCTOR,
        minutes=20,
        questions=(_SINCE,),
    ),
    ManagedKind(
        name="Telefonische afspraak",
        description="De huisarts belt u. U hoeft niet naar de praktijk te komen.",
        with_whom=_DOCTOR,
        minutes=10,
        mode=Mode.PHONE,
        how="De huisarts belt u op het nummer dat bij ons bekend is. Het kan iets vroeger of later zijn.",
        cancel_hours=4,
    ),
    ManagedKind(
        name="Afspraak met beeldbellen",
        description="U ziet en spreekt de huisarts op uw telefoon of computer.",
        with_whom=_DOCTOR,
        minutes=10,
        mode=Mode.VIDEO,
        how="U krijgt van de praktijk een link. Zorg dat u een rustige plek heeft en dat de camera werkt.",
        cancel_hours=4,
    ),
    ManagedKind(
        name="Bloeddruk meten",
        with_whom=_ASSISTANT,
        minutes=10,
        bring="Draag kleding met mouwen die u makkelijk omhoog doet.",
    ),
    ManagedKind(
        name="Oren uitspuiten",
        description="Als uw oor dicht zit met oorsmeer.",
        with_whom=_ASSISTANT,
        minutes=15,
        bring="Druppel uw oor 3 dagen van tevoren met olie. Heeft u een gaatje in uw trommelvlies? Bel ons dan eerst.",
        questions=(_EAR,),
    ),
    ManagedKind(
        name="Uitstrijkje",
        description="Voor het bevolkingsonderzoek, of als de huisarts dit met u heeft afgesproken.",
        with_whom=_ASSISTANT,
        minutes=15,
        bring="Neem de brief van het bevolkingsonderzoek mee. Kom niet als u ongesteld bent.",
        min_age=18,
    ),
    ManagedKind(
        name="Wrat behandelen",
        description="De assistente bevriest de wrat.",
        with_whom=_ASSISTANT,
        minutes=10,
        questions=(_PLACE,),
    ),
    ManagedKind(
        name="Hechtingen verwijderen",
        with_whom=_ASSISTANT,
        minutes=10,
        questions=(_PLACE, Question(label="Op welke dag is de wond gehecht?", kind=QuestionKind.DATE)),
    ),
    ManagedKind(
        name="Vaccinatie of prik",
        with_whom=_ASSISTANT,
        minutes=10,
        bring="Neem uw vaccinatieboekje mee als u dat heeft.",
        questions=(Question(label="Voor welke prik komt u?", kind=QuestionKind.SHORT),),
    ),
    ManagedKind(
        name="Controle diabetes",
        description="Uw gewone controle bij de praktijkondersteuner.",
        with_whom="de praktijkondersteuner",
        minutes=20,
        bring="Neem uw meter en de lijst met uw metingen mee.",
        min_age=18,
    ),
    ManagedKind(
        name="Praten over uw stemming of zorgen",
        description="Een gesprek met de praktijkondersteuner ggz.",
        with_whom="de praktijkondersteuner ggz",
        minutes=45,
        min_age=16,
    ),
)


def example_kinds() -> tuple[ManagedKind, ...]:
    """The examples in the order in which they are offered."""
    return _EXAMPLES
