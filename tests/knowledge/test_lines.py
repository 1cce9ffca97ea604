"""A file of links, line by line (REQ 19, 47; security rows 26, 31)."""

import pytest

from tests.factories.knowledge import HOSTILE
from zorgbalie.integrations.knowledge import AddressFault, AddressRefused, SearchSite, check_address, check_template
from zorgbalie.kernel.column_files import NotAText
from zorgbalie.knowledge.rules.lines import read_lines
from zorgbalie.knowledge.types import LineFault

GOOD = "icpc1;K86;https://www.thuisarts.nl/;Hoge bloeddruk"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("javascript:alert(1)", AddressFault.NOT_HTTPS),
        ("JaVaScRiPt:alert(1)//https://", AddressFault.NOT_HTTPS),
        ("data:text/html,<script>1</script>", AddressFault.NOT_HTTPS),
        ("http://www.thuisarts.nl/", AddressFault.NOT_HTTPS),
        ("//evil.example/", AddressFault.NOT_HTTPS),
        ("/dossier/", AddressFault.NOT_HTTPS),
        ("https:www.thuisarts.nl", AddressFault.NOT_HTTPS),
        ("https://", AddressFault.HOST),
        ("https:///pad", AddressFault.HOST),
        ("https://localhost/", AddressFault.HOST),
        ("https://desk.local/", AddressFault.HOST),
        ("https://db.internal/", AddressFault.HOST),
        ("https://127.0.0.1/", AddressFault.HOST),
        ("https://2130706433/", AddressFault.HOST),
        ("https://0x7f.1/", AddressFault.HOST),
        ("https://[::1]/", AddressFault.HOST),
        ("https://[::1/", AddressFault.HOST),
        ("https://169.254.169.254/latest", AddressFault.HOST),
        ("https://thuisarts.nl./", AddressFault.HOST),
        ("https://ik@thuisarts.nl/", AddressFault.USER),
        ("https://www.thuisarts.nl@evil.example/", AddressFault.USER),
        ("https://www.thuisarts.nl:8443/", AddressFault.PORT),
        ("https://www.thuisarts.nl:/", AddressFault.PORT),
        ("https://www.thuisarts.nl\\@evil.example/", AddressFault.CHARACTERS),
        ("https://www.thuisarts.nl/a b", AddressFault.CHARACTERS),
        ('https://www.thuisarts.nl/"onclick=', AddressFault.CHARACTERS),
        ("https://www.thuisarts.nl/\n", AddressFault.CHARACTERS),
        ("https://thüisarts.nl/", AddressFault.CHARACTERS),
        ("https://www.thuisarts.nl/" + "a" * 500, AddressFault.TOO_LONG),
    ],
)
def test_row31_an_address_that_may_be_no_link(address, fault):
    with pytest.raises(AddressRefused) as caught:
        check_address(address)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "address", ["https://www.thuisarts.nl/", "https://apotheek.nl/zoeken?q=a%20b#c", "HTTPS://thuisarts.nl"]
)
def test_an_address_that_may(address):
    assert check_address(address) in ("www.thuisarts.nl", "apotheek.nl", "thuisarts.nl")


@pytest.mark.parametrize(
    "template",
    [
        "https://{term}/", "https://{term}.evil.example/", "https://www.thuisarts.nl{term}", "https://a.example/{}",
        "https://a.example/{term}/{term}", "https://a.example/", "javascript:{term}", "https://a.example/{TERM}",
        "https://a.example/{term.__class__}",
    ],
)  # fmt: skip
def test_row31_a_search_address_keeps_the_word_out_of_its_host(template):
    with pytest.raises(AddressRefused):
        check_template(template)


@pytest.mark.parametrize("term", ["a b", "/../x", "&q=2", "#x", "?x=1", "\r\nHost: evil.example", "é", HOSTILE])
def test_row26_a_word_changes_nothing_but_itself(term):
    address = SearchSite("https://zoek.example/vind?q={term}&soort=1").address_for(term=term)
    assert address.startswith("https://zoek.example/vind?q=")
    assert address.endswith("&soort=1")
    assert address.count("&") == 1
    assert not set(address) & set("<>\"' \r\n#")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("icpc1;K86;https://www.thuisarts.nl/", LineFault.COLUMNS),
        ("icpc1;K86;https://www.thuisarts.nl/;a;b", LineFault.COLUMNS),
        ("icd10;I10;https://www.thuisarts.nl/;a", LineFault.SYSTEM),
        ("icpc1;I;https://www.thuisarts.nl/;a", LineFault.CODE),
        ("icpc1;K٨٦;https://www.thuisarts.nl/;a", LineFault.CODE),
        ("gpk;K86;https://www.thuisarts.nl/;a", LineFault.CODE),
        ("icpc1;K86;ftp://www.thuisarts.nl/;a", AddressFault.NOT_HTTPS),
        ("icpc1;K86;https://www.thuisarts.nl/;", LineFault.TITLE_EMPTY),
        ("icpc1;K86;https://www.thuisarts.nl/;" + "a" * 201, LineFault.TITLE_LONG),
        ("icpc1;K86;https://www.thuisarts.nl/;a\u202eb", LineFault.TITLE_CHARACTERS),
        ("icpc1;K86;https://www.thuisarts.nl/;=1+1", LineFault.FORMULA),
        ("icpc1;K86;https://www.thuisarts.nl/;@SUM(A1)", LineFault.FORMULA),
        ("+icpc1;K86;https://www.thuisarts.nl/;a", LineFault.FORMULA),
        (GOOD.replace("www.", "www."), LineFault.DOUBLE),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_on(line, fault):
    found, refused = read_lines(data=f"{GOOD}\n\n{line}\nicpc1;L03;https://www.thuisarts.nl/;Lage rugpijn\n".encode())
    assert [one.code for one in found] == ["K86", "L03"]
    assert [(one.number, one.fault) for one in refused] == [(3, fault)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("heading", ["", "Codestelsel;code;adres;titel\r\n"])
def test_encodings_separators_and_headings(encoding, separator, heading):
    text = heading + 'ICPC-1;k86;https://www.thuisarts.nl/;"Coëliakie"\r\n'
    found, refused = read_lines(data=text.replace(";", separator).encode(encoding))
    assert [(one.code, one.title, one.host) for one in found] == [("K86", "Coëliakie", "www.thuisarts.nl")]
    assert refused == []


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x00\x00", "icpc1;K86".encode("utf-16"), b"\x81\x8d\x8f\x90\x9d", b"\x00"]
)
def test_what_is_no_text_is_refused_as_a_whole(data):
    with pytest.raises(NotAText):
        read_lines(data=data)


def test_markup_in_a_title_is_text():
    found, refused = read_lines(
        data=f'icpc1;K86;https://www.thuisarts.nl/;"{HOSTILE.replace(chr(34), chr(34) * 2)}"'.encode()
    )
    assert (found[0].title, refused) == (HOSTILE, [])
