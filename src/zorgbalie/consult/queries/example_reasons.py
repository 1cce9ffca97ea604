"""Reasons to begin with (REQ 30): the most asked subjects, few questions each. A practice changes them as it likes.

In Dutch, as all that a practice writes for its patients is in its own language. Subjects and codes as thuisarts.nl and
ICPC-1 have them.
"""

from zorgbalie.consult.types import ForWhom, Question, QuestionKind, Reason

_SINCE = Question(label="Hoe lang heeft u dit al?", kind=QuestionKind.SHORT, help_text="Bijvoorbeeld: 3 dagen.")
_TRIED = Question(
    label="Wat heeft u zelf al gedaan?",
    kind=QuestionKind.LONG,
    help_text="Bijvoorbeeld een zalf, een medicijn of rust.",
    is_optional=True,
)
_WORSE = Question(label="Wordt het erger?", kind=QuestionKind.YES_NO)
_FEVER = Question(
    label="Wat is de hoogste temperatuur die u heeft gemeten?",
    kind=QuestionKind.NUMBER,
    unit="°C",
    is_optional=True,
)

_SKIN = Reason(
    name="Huid",
    description="Bijvoorbeeld uitslag, jeuk, een plekje of een wondje.",
    care_term="uitslag op de huid",
    questions=(
        Question(label="Waar op uw lichaam zit het?", kind=QuestionKind.SHORT, may_be_unknown=False),
        _SINCE,
        Question(
            label="Wat merkt u ervan?",
            kind=QuestionKind.SEVERAL,
            choices=("jeuk", "pijn", "schilfers", "het bloedt", "het groeit", "ik merk er niets van"),
        ),
        _WORSE,
        _TRIED,
    ),
)
_COUGH = Reason(
    name="Hoesten of keelpijn",
    description="Ook verkouden, pijn in uw oor of uw neus verstopt.",
    care_term="hoesten",
    care_code="R05",
    questions=(
        _SINCE,
        Question(
            label="Wat heeft u er nog meer bij?",
            kind=QuestionKind.SEVERAL,
            choices=(
                "koorts",
                "slijm",
                "piepen bij het ademen",
                "pijn bij het slikken",
                "pijn in het oor",
                "geen van deze",
            ),
        ),
        _FEVER,
        _WORSE,
    ),
)
_BACK = Reason(
    name="Rug, spier of gewricht",
    description="Bijvoorbeeld pijn in uw rug, knie, schouder of voet.",
    care_term="pijn in de onderrug",
    questions=(
        Question(label="Waar heeft u pijn?", kind=QuestionKind.SHORT, may_be_unknown=False),
        _SINCE,
        Question(label="Kwam het door een val of een ongeluk?", kind=QuestionKind.YES_NO),
        Question(
            label="Hoeveel pijn heeft u?",
            kind=QuestionKind.CHOICE,
            choices=("een beetje", "veel", "heel veel", "alleen als ik beweeg"),
        ),
        Question(label="Wat lukt u nu niet?", kind=QuestionKind.LONG, is_optional=True),
        _TRIED,
    ),
)
_MEDICINE = Reason(
    name="Medicijn",
    description="Een vraag over een medicijn dat u gebruikt of gebruikte.",
    questions=(
        Question(label="Over welk medicijn is uw vraag?", kind=QuestionKind.SHORT),
        Question(
            label="Wat is er met het medicijn?",
            kind=QuestionKind.CHOICE,
            choices=(
                "ik heb last van een bijwerking",
                "het werkt niet goed",
                "ik weet niet hoe ik het gebruik",
                "iets anders",
            ),
            may_be_unknown=False,
        ),
        Question(label="Sinds wanneer gebruikt u het?", kind=QuestionKind.DATE, is_optional=True),
    ),
)
_RESULT = Reason(
    name="Uitslag",
    description="Een vraag over bloed, urine, een foto of een ander onderzoek.",
    questions=(
        Question(label="Over welk onderzoek is uw vraag?", kind=QuestionKind.SHORT),
        Question(label="Wanneer was het onderzoek?", kind=QuestionKind.DATE),
        Question(label="Heeft u de uitslag al gelezen of gehoord?", kind=QuestionKind.YES_NO, may_be_unknown=False),
    ),
)
_CHILD = Reason(
    name="Mijn kind is ziek",
    description="Bijvoorbeeld koorts, spugen, diarree of vlekjes.",
    for_whom=ForWhom.CHILD,
    care_term="koorts bij kinderen",
    questions=(
        Question(label="Hoe lang is uw kind al ziek?", kind=QuestionKind.SHORT, help_text="Bijvoorbeeld: 2 dagen."),
        Question(label="Wat is de hoogste temperatuur?", kind=QuestionKind.NUMBER, unit="°C"),
        Question(label="Drinkt uw kind genoeg?", kind=QuestionKind.YES_NO),
        Question(label="Plast uw kind genoeg?", kind=QuestionKind.YES_NO),
        Question(label="Wat heeft uw kind al gekregen?", kind=QuestionKind.SHORT, is_optional=True),
    ),
)
_ELSE = Reason(name="Iets anders", description="Staat uw vraag er niet bij? Kies dan dit.")
_DELIVERY = Reason(
    name="Bezorgen of ophalen",
    description="Een vraag over uw bestelling.",
    questions=(
        Question(label="Over welk medicijn is uw vraag?", kind=QuestionKind.SHORT),
        Question(label="Wanneer heeft u het besteld?", kind=QuestionKind.DATE),
    ),
)


def example_reasons(*, for_pharmacy: bool) -> tuple[Reason, ...]:
    """The examples for a kind of practice, in the order in which patients see them."""
    if for_pharmacy:
        return (_MEDICINE, _DELIVERY, _ELSE)
    return (_CHILD, _SKIN, _COUGH, _BACK, _MEDICINE, _RESULT, _ELSE)
