"""REQ 46: the questions in a patient's text are found, in the words that people really write."""

import pytest

from zorgbalie.consult.rules import find_questions, question_digest
from zorgbalie.consult.rules.questions import MOST_QUESTIONS

TABLE: list[tuple[str, list[str] | None]] = [
    ("Mag ik sporten?", None),
    ("Ik hoest nu twee weken. Ik heb geen koorts. Moet ik langskomen?", ["Moet ik langskomen?"]),
    ("mag ik sporten met koorts", None),
    ("Hallo dokter, mag ik nu weer werken", None),
    (
        "Beste dokter,\n\nSinds een week heb ik pijn in mijn knie. Kan dat kwaad? En wat kan ik er zelf aan doen?\n\n"
        "Groet, Anna",
        ["Kan dat kwaad?", "En wat kan ik er zelf aan doen?"],
    ),
    # Without a question mark, as many write on a phone.
    ("hoe lang moet ik de pillen slikken en mag ik er alcohol bij", None),
    ("Welke zalf kan ik het beste gebruiken", None),
    ("Wat betekent deze uitslag", None),
    ("Ik hoest al 2 weken, moet ik langskomen", None),
    ("Kunt u mij een nieuwe verwijzing sturen", None),
    ("Is het normaal dat ik zo moe ben.", None),
    ("Mijn vraag is: helpt deze zalf ook tegen jeuk", None),
    # Asked in a roundabout way.
    ("Ik vraag me af of dit van de pillen komt.", None),
    ("Ik wil graag weten wanneer de uitslag er is.", None),
    ("Graag hoor ik of ik moet stoppen met de bloedverdunner.", None),
    ("Ik weet niet of ik hiermee door mag lopen.", None),
    # Lists.
    (
        "Ik heb drie vragen:\n1. mag ik sporten\n2. Wanneer moet ik terugkomen?\n3) de pil en alcohol",
        ["mag ik sporten", "Wanneer moet ik terugkomen?", "de pil en alcohol"],
    ),
    ("Mijn klachten:\n1. hoest\n2. koorts\n3. moe\nMoet ik komen?", ["Moet ik komen?"]),
    ("- Mag ik vliegen?\n- Mag ik duiken?", ["Mag ik vliegen?", "Mag ik duiken?"]),
    ("Vraag 1: mag ik naar buiten?\nVraag 2: mag ik in bad?", ["mag ik naar buiten?", "mag ik in bad?"]),
    # Signs that end no sentence.
    ("Ik neem 2.5 mg bijv. bij pijn, is dat goed?", None),
    # "Klopt dat?" says nothing without the sentence before it.
    ("Op https://www.thuisarts.nl/?q=rust staat rust. Klopt dat?", None),
    ("Ik las op www.thuisarts.nl/?q=knie iets over rust. Moet ik rusten?", ["Moet ik rusten?"]),
    ("Moet ik om 8.30 uur nuchter zijn??", None),
    ("Ik mag toch wel douchen. Toch?", None),
    ("Dat is niet gevaarlijk, toch?", None),
    ('Mijn moeder vroeg "moet je niet naar de dokter?"', ['Mijn moeder vroeg "moet je niet naar de dokter?"']),
    ("Mag het?Ik denk van niet.Of wel?", ["Mag het?", "Ik denk van niet. Of wel?"]),
    # No questions.
    ("Dank u wel voor het snelle antwoord. Het gaat al beter.", []),
    ("Hoe gaat het? Ik wil een afspraak verzetten.", []),
    ("Als ik lig, moet ik hoesten.", []),
    ("Moet ik hoesten, dan doet het pijn.", []),
    ("Wanneer ik loop doet mijn knie pijn.", []),
    ("Wat ik merk is dat de bult groter wordt.", []),
    ("Heb de laatste tijd veel hoofdpijn.", []),
    ("Hoe dan ook, het jeukt.", []),
    ("", []),
    ("???", []),
    # The same question twice is one.
    ("Mag ik sporten? Nogmaals: mag ik sporten?\nmag ik  sporten", ["Mag ik sporten?", "Nogmaals: mag ik sporten?"]),
]


@pytest.mark.parametrize(("text", "found"), TABLE)
def test_req46_the_questions_of_a_text(text, found):
    """`None`: the whole text is one question."""
    assert list(find_questions(text=text)) == ([text] if found is None else found)


def test_req46_a_question_has_one_name_however_it_is_spaced():
    assert question_digest(question="Mag ik  sporten?") == question_digest(question="mag ik sporten")
    assert question_digest(question="Mag ik sporten?") != question_digest(question="Mag ik zwemmen?")


def test_a_text_full_of_questions_gives_a_bounded_list_and_a_long_one_is_cut():
    assert len(find_questions(text="\n".join(f"Mag ik {number} keer?" for number in range(200)))) == MOST_QUESTIONS
    [one] = find_questions(text=f"Mag ik {'heel ' * 500}ver lopen?")
    assert len(one) == 300


def test_row48_a_hostile_text_costs_no_time():
    """No pattern may take more than linear time: the longest text that can be sent, of what repeats worst."""
    for piece in ("vraag ", "1. ", "en ", "ik vraag me af ", "?", "a.", "https://", "hallo, ", "mijn vraag: ", "( "):
        find_questions(text=piece * (3000 // len(piece)))
