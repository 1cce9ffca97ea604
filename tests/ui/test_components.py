"""The components say in words what they show and keep what they are given (ux 14 to 36)."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.utils import translation

from tests.ui.render import fragment
from zorgbalie.ui import charts, formats
from zorgbalie.ui import types as t
from zorgbalie.ui.icons import FOLDER, UnknownIconError, icon
from zorgbalie.ui.templatetags.record import unit_words
from zorgbalie.ui.templatetags.ui_formats import tel_links

MOMENT = dt.datetime(2026, 11, 26, 16, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        ("4.2", "3.5", "5.0", "Binnen de gewone waarden"),
        ("3.5", "3.5", "5.0", "Binnen de gewone waarden"),
        ("5.0", "3.5", "5.0", "Binnen de gewone waarden"),
        ("5.1", "3.5", "5.0", "Iets hoger dan de gewone waarden"),
        ("7.0", "3.5", "5.0", "Hoger dan de gewone waarden"),
        ("3.4", "3.5", "5.0", "Iets lager dan de gewone waarden"),
        ("1.0", "3.5", "5.0", "Lager dan de gewone waarden"),
        ("56", "60", None, "Iets lager dan de gewone waarden"),
        ("90", "60", None, "Binnen de gewone waarden"),
        ("4.0", None, "5.0", "Binnen de gewone waarden"),
        ("12", None, None, "Hier zijn geen gewone waarden voor bekend"),
    ],
)
def test_range_says_where_the_value_lies(value, low, high, words):
    """Ux 31: bar and words, never colour alone."""
    limits = {"low": low and Decimal(low), "high": high and Decimal(high)}
    html = fragment("{% ui_range value 'mmol/l' low high %}", value=Decimal(value), **limits)
    assert f"<span>{words}</span>" in html
    assert "mmol/l" in html


@pytest.mark.parametrize("value", ["-40", "0", "0.001", "4", "5", "1000000"])
def test_range_marker_stays_on_the_bar(value):
    bar = charts.range_bar(value=Decimal(value), low=Decimal(4), high=Decimal(5), unit="x")
    places = [float(place.rstrip("%")) for place in (bar.low_at, bar.value_at, bar.high_at)]
    assert all(0 <= place <= 100 for place in places)


def test_range_limits_share_their_decimals():
    bar = charts.range_bar(value=Decimal("4.2"), low=Decimal("3.5"), high=Decimal("5.0"), unit="mmol/l")
    assert (bar.low, bar.high) == ("3,5", "5,0")


def points(count: int) -> list[t.TrendPoint]:
    return [t.TrendPoint(day=dt.date(2020 + i, 1, 1), value=Decimal(60 + i)) for i in range(count)]


@pytest.mark.parametrize(("count", "drawn"), [(0, False), (1, False), (2, True), (30, True)])
def test_trend_starts_at_the_second_value(count, drawn):
    """Ux 30."""
    html = fragment("{% ui_trend points 'kg' 'Gewicht' %}", points=points(count))
    assert ("<figure" in html) is drawn


def test_trend_tells_its_story_and_has_a_table():
    """WCAG 1.1.1: the picture has a title, a description and the same numbers as a table."""
    html = fragment("{% ui_trend points 'kg' 'Gewicht' %}", points=points(3))
    assert "Van 60 kg op 1 januari 2020 naar 62 kg op 1 januari 2022." in html
    assert html.count("<tr>") == 4


def test_trend_puts_points_in_order_of_time():
    line = charts.trend_line(points=points(3)[::-1], unit="kg", low=None, high=None)
    assert [dot.day for dot in line.dots] == ["1 januari 2020", "1 januari 2021", "1 januari 2022"]


@pytest.mark.parametrize(
    ("values", "below"), [((70, 60), [False, True]), ((60, 70), [True, False]), ((60, 60), [False, False])]
)
def test_the_number_of_a_dot_stands_where_the_line_is_not(values, below):
    given = [t.TrendPoint(day=dt.date(2020 + i, 1, 1), value=Decimal(value)) for i, value in enumerate(values)]
    line = charts.trend_line(points=given, unit="kg", low=Decimal(40), high=Decimal(90))
    assert [float(dot.label_y[:-1]) > float(dot.y[:-1]) for dot in line.dots] == below


TERMS = [t.GlossaryTerm("RR", "bloeddruk", ["rr"]), t.GlossaryTerm("li", "links")]


def plain(html: str) -> str:
    """Give the text that stays when the explanations are taken away."""
    without = re.sub(r"<span class=\"zb-term__meaning\".*?</button></span>", "", html)
    without = re.sub(r"<span class=\"zb-hidden\">.*?</span>", "", without)
    return re.sub(r"<[^>]+>", "", without)


@pytest.mark.parametrize("text", ["RR 120/80, li knie; links niet.", "RR, (li), li.", "rr <b>120</b> & RR", "niets"])
def test_explained_text_is_the_doctors_text(text):
    """Ux 34: the plain-language layer does not alter a character."""
    html = fragment("{% ui_explain text terms %}", text=text, terms=TERMS)
    assert plain(html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_only_whole_words_are_explained_and_each_once():
    html = fragment("{% ui_explain text terms %}", text="RR links li RR li", terms=TERMS)
    assert html.count("zb-term__button") == 2


def test_a_mark_after_an_explained_word_stays_on_its_line():
    html = fragment("{% ui_explain text terms %}", text="RR, daarna li lager", terms=TERMS)
    assert html.count('<span class="zb-term-end">') == 1
    assert "</span>,</span> daarna" in html


def test_term_identifiers_are_unique_on_a_page():
    html = fragment("{% ui_explain 'RR' terms %}{% ui_explain 'RR' terms %}", terms=TERMS)
    identifiers = re.findall(r" id=\"([^\"]+)\"", html)
    assert len(identifiers) == len(set(identifiers)) == 2


def test_pagination_keeps_the_query():
    page = Paginator(range(100), 10).page(5)
    html = fragment("{% ui_pagination page %}", {"q": "a&b", "page": "5"}, page=page)
    assert 'href="?q=a%26b&amp;page=4"' in html
    assert 'href="?q=a%26b&amp;page=6"' in html
    assert html.count('aria-current="page"') == 1


def test_single_page_needs_no_pagination():
    assert fragment("{% ui_pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("query", "direction", "target"),
    [({}, "", "name"), ({"sort": "name"}, "ascending", "-name"), ({"sort": "-name"}, "descending", "name")],
)
def test_column_head_sorts_and_tells_the_direction(query, direction, target):
    html = fragment("{% ui_th 'Naam' 'name' %}", {**query, "page": "3", "q": "x"})
    assert f"sort={target}" in html
    assert "page=" not in html
    assert "q=x" in html
    assert (f'aria-sort="{direction}"' in html) is bool(direction)


def test_summary_shows_missing_answers():
    """Ux 4."""
    html = fragment("{% ui_summary rows %}", rows=[t.SummaryRow(label="Foto", change_href="/w/")])
    assert "Niet ingevuld" in html
    assert 'Wijzig<span class="zb-hidden">: Foto</span>' in html


def test_summary_escapes_answers():
    """Security row 26."""
    html = fragment("{% ui_summary rows %}", rows=[t.SummaryRow(label="x", value="<script>\nregel")])
    assert "&lt;script&gt;<br>regel" in html


def test_urgent_card_phones_112_and_the_practice():
    """R17, ux 13: the heading carries the action and the number is a link."""
    html = fragment("{% ui_urgent '020 123 45 67' 'tot 17.00 uur' 'Bel de post' %}")
    assert re.findall(r"href=\"(tel:[^\"]+)\"", html) == ["tel:112", "tel:0201234567"]
    assert "Bel de post" in html


def test_dates_are_dutch_and_follow_the_practice_clock():
    html = fragment("{% ui_time moment 'moment' %}", moment=MOMENT)
    assert ">donderdag 26 november 2026 om 17.05 uur</time>" in html
    assert 'datetime="2026-11-26T16:05:00+00:00"' in html


def test_dates_follow_the_language():
    with translation.override("en"):
        assert formats.long_date(value=MOMENT) == "Thursday 26 November 2026"


def test_a_day_has_no_clock_style():
    with pytest.raises(ValueError, match="does not fit"):
        fragment("{% ui_time day 'clock' %}", day=dt.date(2026, 11, 26))


@pytest.mark.parametrize(
    ("number", "text"), [("1234.50", "1.234,5"), ("5.0", "5"), ("100", "100"), ("0.03", "0,03"), ("-2", "-2")]
)
def test_numbers_are_dutch(number, text):
    assert formats.plain_number(value=Decimal(number)) == text


@pytest.mark.parametrize(("size", "text"), [(900, "900 bytes"), (2048, "2 kB"), (2_500_000, "2,4 MB")])
def test_sizes_are_readable(size, text):
    assert formats.file_size(size=size) == text


@pytest.mark.parametrize("name", ["nope", "../manifest", "A"])
def test_unknown_icon_is_refused(name):
    with pytest.raises(UnknownIconError):
        icon(name=name)


def test_every_vendored_icon_draws():
    assert all("<path" in icon(name=path.stem) or "<circle" in icon(name=path.stem) for path in FOLDER.glob("*.svg"))


def test_person_shows_name_function_and_initials():
    """Ux 26."""
    html = fragment("{% ui_person 'J. de Wit' 'huisarts' %}")
    assert re.findall(r">([^<>]+)<", html) == ["JW", "J. de Wit", "huisarts"]


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("umol/L", "µmol/L"), ("ug/L", "µg/L"), ("mL/min/1,73m2", "mL/min/1,73 m²"), ("kg/m2", "kg/m²"),
        ("mL/min/{1.73_m2}", "mL/min/1,73 m²"), ("10*9/L", "10⁹/L"), ("mm[Hg]", "mmHg"), ("mmol/L", "mmol/L"),
        ("", ""), ("<b>", "<b>"), ("urine", "urine"),
    ],
)  # fmt: skip
def test_unit_is_written_as_people_write_it(unit, written):
    assert unit_words(unit) == written


@pytest.mark.parametrize(
    ("sentence", "phone", "shown"),
    [
        ("Bel de post: 020 555 01 99.", "020 555 01 99", 'Bel de post: <a href="tel:0205550199">020 555 01 99</a>.'),
        ("Bel <b>de post</b>.", "", "Bel &lt;b&gt;de post&lt;/b&gt;."),
        ("Bel <b>: 112", "112", 'Bel &lt;b&gt;: <a href="tel:112">112</a>'),
        ("bel ook 113, of 0800-0113", "113", 'bel ook <a href="tel:113">113</a>, of 0800-0113'),
    ],
)
def test_ux13_the_number_in_a_sentence_can_be_called(sentence, phone, shown):
    assert tel_links(sentence, phone) == shown
