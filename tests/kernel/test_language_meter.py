"""The language meter, word by word (REQ 45; ux 40): it finds what is hard, in any form, and leaves plain text alone."""

from decimal import Decimal

import pytest

from zorgbalie.kernel.language_meter import LONGEST_SENTENCE, MOST_FINDINGS, FindingKind, measure
from zorgbalie.kernel.plain_words import PLAIN_WORDS
from zorgbalie.kernel.typed_number import read_number


def words_of(text, **own):
    return {one.text: one.offer for one in measure(text=text, **own).findings if one.kind is FindingKind.WORD}


@pytest.mark.parametrize(
    ("written", "offer"),
    [
        ("hypertensie", "hoge bloeddruk"),
        ("Hypertensie", "hoge bloeddruk"),
        ("HYPERTENSIE", "hoge bloeddruk"),
        ("infecties", "ontsteking door een bacterie of virus"),
        ("symptomen", "klacht"),
        ("metastasen", "uitzaaiing"),
        ("chronische", "langdurig"),
        ("acute", "plotseling"),
        ("adviseert", "aanraden"),
        ("geadviseerd", "aanraden"),
        ("adviseerde", "aanraden"),
        ("geïnfecteerd", "ontstoken"),
        ("geinfecteerde", "ontstoken"),
        ("contra-indicaties", "reden om iets niet te doen"),
        ("met betrekking tot", "over"),
        ("In verband met", "door"),
        ("mictie", "plassen"),
        ("anamnese", "gesprek over uw klachten"),
        ("conform", "volgens"),
    ],
)
def test_a_hard_word_is_found_in_every_form(written, offer):
    assert words_of(f"Er is {written} bij u.") == {written: offer}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "Uw bloed is goed. U hoeft niets te doen.",
        "Uw nieren werken goed. De waarde van kalium is een klein beetje hoger dan gewoon. Dat is niet gevaarlijk.",
        "Beste {naam}, de uitslag van {datum} is goed. Bel {telefoon}.",
        "Het was 7,4 en nu 6.1. Bel dr. De Wit. Zie bijv. de folder.",
        "Geniet van de zon en van het eten.",
    ],
)
def test_plain_text_is_left_alone(text):
    assert measure(text=text).findings == ()


def test_a_long_sentence_is_named_with_its_size_and_one_word_less_is_not():
    long = " ".join(["goed"] * (LONGEST_SENTENCE + 1))
    assert [(one.kind, one.size) for one in measure(text=long + ".").findings] == [(FindingKind.SENTENCE, 16)]
    assert measure(text=long.removesuffix(" goed") + ".").findings == ()


def test_a_line_or_a_full_stop_ends_a_sentence_and_a_decimal_or_abbreviation_does_not():
    assert measure(text="Een. Twee!\nDrie").sentences == 3
    assert measure(text="Het is 7.4 volgens dr. De Wit").sentences == 1


@pytest.mark.parametrize("name", ["Huisartsenpraktijk De Linde", "Gezondheidscentrum Zuid"])
def test_the_name_of_the_practice_below_a_message_is_no_finding(name):
    assert measure(text=f"Het gaat goed.\n\nMet vriendelijke groet,\n{name}").findings == ()


def test_a_long_word_without_a_plainer_one_is_named():
    [found] = measure(text="Uw bloeddrukmetingsapparaat is goed.").findings
    assert (found.kind, found.text, found.size) == (FindingKind.LONG_WORD, "bloeddrukmetingsapparaat", 24)


def test_each_word_is_named_once_and_a_flood_is_cut_short():
    assert len(measure(text="Hypertensie. hypertensie. HYPERTENSIE.").findings) == 1
    flood = measure(text=". ".join(list(PLAIN_WORDS)[: MOST_FINDINGS + 20]))
    assert (len(flood.findings), flood.count) == (MOST_FINDINGS, MOST_FINDINGS + flood.left_out)
    assert flood.left_out > 0


def test_a_practices_own_word_goes_first_and_is_found_in_the_plural():
    own = {"Hypertensie": "te hoge druk", "infuus": "slangetje in uw arm"}
    assert words_of("Hypertensie en infusen", own_words=own)["Hypertensie"] == "te hoge druk"
    assert words_of("Een infuus", own_words=own) == {"infuus": "slangetje in uw arm"}


def test_the_list_is_large_and_offers_no_word_for_itself():
    assert len(PLAIN_WORDS) >= 400
    assert [hard for hard, plain in PLAIN_WORDS.items() if hard == plain or not plain] == []


@pytest.mark.parametrize("text", ["a" * 20_000, "{" * 3000, "é" * 3000 + "\n" * 3000, "x-" * 3000, "’" * 3000])
def test_row32_garbage_is_measured_and_does_not_hang(text):
    assert measure(text=text).words >= 0


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7,4", ("", Decimal("7.4"))),
        (" 7.4 ", ("", Decimal("7.4"))),
        ("< 0,5", ("<", Decimal("0.5"))),
        (">=90", (">=", Decimal("90"))),
        ("≤3", ("<=", Decimal("3"))),
        ("-2", ("", Decimal("-2"))),
        ("1.000,5", None),
        ("7,4 mmol", None),
        ("positief", None),
        ("", None),
        ("1e5", None),
        ("NaN", None),
        ("٣", None),
        ("9" * 13, None),
    ],
)
def test_a_number_as_people_type_it(typed, expected):
    assert read_number(text=typed) == expected
