"""An answer in parts: the first line stands out (ux 40), known websites are links, nothing else is (REQ 47; row 26)."""

import pytest

from zorgbalie.consult.rules import addresses_in, fill_fields, open_field, salutation, text_parts, unknown_field

KNEE = "https://www.thuisarts.nl/knie"


def _lead(text):
    return "".join(one.text for one in text_parts(text=text, allowed=()) if one.is_lead)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("U mag sporten.\nBegin rustig.", "U mag sporten."),
        ("Beste Anna,\n\nU mag sporten.\nBegin rustig.", "U mag sporten."),
        ("Beste mevrouw De Vries\nKom langs.\nTot dan", "Kom langs."),
        ("Goedemorgen!\nKom langs.", "Kom langs."),
        ("Dag Anna, kom morgen langs.", "Dag Anna, kom morgen langs."),
        ("Beste Anna, u mag sporten. " + "Meer. " * 60, "Beste Anna, u mag sporten."),
        ("Langskomen hoeft niet. " + "Drink genoeg water en rust goed uit. " * 4, "Langskomen hoeft niet."),
        ("x" * 400, ""),
        ("Beste Anna,", ""),
        ("Beste Anna,\n\n\n\nMet vriendelijke groet,\nDe Linde", ""),
        ("", ""),
    ],
)
def test_ux40_the_first_line_that_is_no_greeting_stands_out(text, lead):
    assert _lead(text) == lead


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (f"Lees {KNEE}.", [KNEE]),
        (f"Zie ({KNEE}) of bel", [KNEE]),
        ("https://nl.wikipedia.org/wiki/Knie_(gewricht)", ["https://nl.wikipedia.org/wiki/Knie_(gewricht)"]),
        ("http://www.thuisarts.nl/knie", []),
        ("javascript:alert(1) data:text/html,x //thuisarts.nl", []),
        ("https://thuisarts.nl@evil.example/", []),
        ("https://www.thuisarts.nl:8443/", []),
        ("https://127.0.0.1/ https://localhost/ https://intranet.local/", []),
        ('https://www.thuisarts.nl/"onmouseover=alert(1)', ["https://www.thuisarts.nl/"]),
        ("https://xn--thuisart-x.example/", ["https://xn--thuisart-x.example/"]),
        ("https://www.thuisarts.nl/<script>", ["https://www.thuisarts.nl/"]),
        ("https://thuisаrts.nl/", []),  # with a Cyrillic letter
    ],
)
def test_row26_what_could_be_a_link(text, links):
    assert list(addresses_in(texts=[text])) == links


@pytest.mark.parametrize(
    "text", [f"Lees {KNEE}. En {KNEE}x\n  <b>vet</b>\r\n", KNEE, "", f"a{KNEE}b https://evil.example/"]
)
def test_row26_only_allowed_addresses_are_links_and_no_word_is_lost(text):
    parts = text_parts(text=text, allowed={KNEE})
    assert {one.address for one in parts} <= {"", KNEE}
    joined = "".join(KNEE if one.address else one.text for one in parts)
    assert joined == text


def test_req47_a_link_shows_where_it_leads():
    [link] = [one for one in text_parts(text=f"Lees {KNEE}", allowed={KNEE}) if one.address]
    assert (link.text, link.address) == ("thuisarts.nl/knie", KNEE)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{aanhef}, kom langs.", ""),
        ("{ Praktijk } {telefoon}", ""),
        ("{arts}", "{arts}"),
        ("{}", "{}"),
        ("bel {telefoon", "{"),
        ("100} van", "}"),
    ],
)
def test_req45_a_field_that_is_not_known_is_named(text, wrong):
    assert unknown_field(text=text) == wrong


def test_req45_fields_are_filled_and_an_empty_one_is_seen():
    filled = fill_fields(text="{Aanhef}, bel {telefoon}. {x}", fields={"aanhef": "Beste {naam}", "telefoon": ""})
    assert filled == "Beste {naam}, bel {telefoon}. {x}"
    assert open_field(text="bel {telefoon}") == "{telefoon}"
    assert open_field(text="a {x} b") == ""


@pytest.mark.parametrize(
    ("values", "begin"),
    [
        ({"sex": "female"}, "Beste mevrouw De Vries"),
        ({"sex": "male"}, "Beste meneer De Vries"),
        ({"sex": "other"}, "Beste Anna de Vries"),
        ({"sex": "unknown"}, "Beste Anna de Vries"),
        ({"sex": "female", "is_adult": False}, "Beste Anna de Vries"),
        ({"sex": "male", "prefix": "", "family_name": "Bos"}, "Beste meneer Bos"),
    ],
)
def test_req45_how_a_patient_is_addressed(values, begin):
    whose = {"full_name": "Anna de Vries", "prefix": "de", "family_name": "Vries", "is_adult": True}
    assert salutation(**{**whose, **values}) == begin
