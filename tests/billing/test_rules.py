"""The pure rules: which performance, which tariff, how a file is read and written (REQ 50; row 29)."""

from datetime import date

import pytest

from zorgbalie.billing.rules.export import euros, file_of, minutes
from zorgbalie.billing.rules.lines import read_tariffs
from zorgbalie.billing.rules.proposing import counted_seconds, obstacle, propose, tariffs_on
from zorgbalie.billing.types import Obstacle, Rounding, Source, SourceKind, Tariff, TariffFault
from zorgbalie.kernel.column_files import NotAText

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def tariff(code="12011", low=5, high=20, cents=1243, since=YEAR[0], until=YEAR[1], **values):
    return Tariff(
        code=code, description=f"Consult {code}", minutes_from=low, minutes_to=high, amount_cents=cents,
        valid_from=since, valid_until=until, source="NZa", **values,
    )  # fmt: skip


CONSULTS = (tariff("12010", 0, 5, 621), tariff("12011", 5, 20, 1243), tariff("12001", 20, None, 2485))


@pytest.mark.parametrize(
    ("seconds", "code", "cents"),
    [
        (1, "12010", 621), (299, "12010", 621), (300, "12011", 1243), (301, "12011", 1243), (1199, "12011", 1243),
        (1200, "12001", 2485), (14400, "12001", 2485),
    ],
)  # fmt: skip
def test_req50_the_code_follows_from_the_time_really_spent(seconds, code, cents):
    """4:59 and 5:00, 19:59 and 20:00 lie on either side of a bound."""
    found = propose(seconds=seconds, tariffs=CONSULTS)
    assert (found.code, found.amount_cents) == (code, cents)


@pytest.mark.parametrize(("seconds", "code"), [(299, "12010"), (300, "12011"), (1199, "12011"), (1200, "12001")])
def test_req50_without_a_tariff_the_code_stands_and_no_amount_is_guessed(seconds, code):
    found = propose(seconds=seconds, tariffs=())
    assert (found.code, found.amount_cents, found.source) == (code, None, "")


def test_req50_bounds_are_data():
    other = (tariff("12010", 0, 10, 700), tariff("12011", 10, 20, 1400))
    assert propose(seconds=599, tariffs=other).code == "12010"
    assert propose(seconds=600, tariffs=other).code == "12011"
    gap = (tariff("12010", 0, 3, 700), tariff("12011", 10, 20, 1400))
    assert propose(seconds=300, tariffs=gap).amount_cents is None


def test_a_performance_that_does_not_follow_from_time_alone_is_never_proposed():
    assert propose(seconds=360, tariffs=(tariff("12110", 0, None, 9999), *CONSULTS)).code == "12011"


@pytest.mark.parametrize(
    ("rounding", "seconds", "counted"),
    [
        (Rounding.EXACT, 299, 299), (Rounding.UP, 299, 300), (Rounding.UP, 300, 300), (Rounding.UP, 0, 0),
        (Rounding.NEAREST, 329, 300), (Rounding.NEAREST, 330, 360), (Rounding.NEAREST, 29, 0),
    ],
)  # fmt: skip
def test_rounding_is_of_the_practice(rounding, seconds, counted):
    assert counted_seconds(seconds=seconds, rounding=rounding) == counted


@pytest.mark.parametrize(
    ("day", "cents"),
    [
        (date(2024, 12, 31), None), (date(2025, 1, 1), 1243), (date(2025, 12, 31), 1243), (date(2026, 1, 1), 1300),
        (date(2030, 1, 1), 1300),
    ],
)  # fmt: skip
def test_req50_the_tariff_is_that_of_the_day_of_the_contact(day, cents):
    known = [tariff(), tariff(cents=1300, since=date(2026, 1, 1), until=None)]
    found = {one.code: one.amount_cents for one in tariffs_on(tariffs=known, day=day)}
    assert found.get("12011") == cents


def test_the_practices_own_tariff_goes_before_that_of_all():
    known = [tariff(cents=1100, is_own=True, since=date(2024, 6, 1)), tariff()]
    assert [one.amount_cents for one in tariffs_on(tariffs=known, day=date(2025, 6, 1))] == [1100]


SOURCE = Source(kind=SourceKind.CONSULT, source_id=1, patient_id=1, practice_id=1, day=date(2025, 6, 1))
IN_ORDER = {"source": SOURCE, "seconds": 1, "is_administration": False, "is_enrolled": True, "has_bsn": True}


@pytest.mark.parametrize(
    ("changed", "why_not"),
    [
        ({}, None),
        ({"seconds": 0}, Obstacle.NO_TIME),
        ({"is_administration": True}, Obstacle.ADMINISTRATION),
        ({"is_enrolled": False}, Obstacle.NOT_ENROLLED),
        ({"has_bsn": False}, Obstacle.NO_BSN),
        (
            {"source": Source(kind=SourceKind.CONSULT, source_id=1, patient_id=1, practice_id=1, day=None)},
            Obstacle.NO_ANSWER,
        ),
        (
            {
                "source": Source(
                    kind=SourceKind.CONSULT, source_id=1, patient_id=1, practice_id=1, day=None, is_draft=True
                )
            },
            Obstacle.DRAFT,
        ),
    ],
)
def test_req50_each_reason_alone_refuses(changed, why_not):
    assert obstacle(**{**IN_ORDER, **changed}) is why_not


GOOD = "12011;Consult;5;20;1243;2025-01-01;2025-12-31;NZa 2025"


def test_a_file_of_tariffs_is_read_with_a_heading_and_without():
    heading = "code;omschrijving;minuten_van;minuten_tot;bedrag_cent;geldig_vanaf;geldig_tot;bron\n"
    for text in (GOOD, heading + GOOD, "\ufeff" + heading + GOOD, GOOD.replace(";", ",")):
        found, refused = read_tariffs(data=text.encode())
        assert (len(found), refused) == (1, [])
        assert found[0].amount_cents == 1243
    ((open_end,), _refused) = read_tariffs(data=b"12001;Lang;20;;2485;2025-01-01;;NZa")
    assert (open_end.minutes_to, open_end.valid_until) == (None, None)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("12011;Consult", TariffFault.COLUMNS),
        (GOOD.replace("12011", "1"), TariffFault.CODE),
        (GOOD.replace("12011", "12 011"), TariffFault.CODE),
        (GOOD.replace("Consult", "x" * 161), TariffFault.DESCRIPTION),
        (GOOD.replace("Consult", ""), TariffFault.DESCRIPTION),
        (GOOD.replace("Consult", "Con\u202esult"), TariffFault.DESCRIPTION),
        (GOOD.replace(";5;", ";x;"), TariffFault.MINUTES),
        (GOOD.replace(";5;", ";20;"), TariffFault.MINUTES),
        (GOOD.replace("1243", "12,43"), TariffFault.AMOUNT),
        (GOOD.replace("1243", "0"), TariffFault.AMOUNT),
        (GOOD.replace("1243", "99999999999999999999"), TariffFault.AMOUNT),
        (GOOD.replace("1243", "١٢"), TariffFault.AMOUNT),
        (GOOD.replace("2025-01-01", "01-01-2025"), TariffFault.DAY),
        (GOOD.replace("2025-01-01", "2025-02-30"), TariffFault.DAY),
        (GOOD.replace("2025-12-31", "2024-12-31"), TariffFault.DAY),
        (GOOD.replace("NZa 2025", ""), TariffFault.SOURCE),
        (GOOD.replace("Consult", "=1+1"), TariffFault.FORMULA),
        (f"{GOOD}\n{GOOD}", TariffFault.DOUBLE),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_on(line, fault):
    found, refused = read_tariffs(data=f"{line}\n12099;Ander;0;5;100;2025-01-01;;Eigen".encode())
    assert refused[-1].fault is fault
    assert found[-1].code == "12099"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\x81\x00", ("x;\n" * 6000).encode()])
def test_what_is_no_text_is_refused_as_a_whole(data):
    with pytest.raises(NotAText):
        read_tariffs(data=data)


def test_row29_no_cell_of_a_file_is_taken_for_a_formula():
    data = file_of(rows=[["1", "=1+1", "\t=1", "\r\n-2;x", "Bos"]])
    assert data.endswith(b"1;'=1+1;'\t=1;\"' -2;x\";Bos\r\n")


def test_a_file_has_a_mark_semicolons_and_plain_numbers():
    data = file_of(rows=[["1", "debet", 'Bos; "Anna"']])
    assert data.startswith(b"\xef\xbb\xbfregelnummer;soort;bsn")
    assert data.endswith(b'1;debet;"Bos; ""Anna"""\r\n')
    assert (euros(1243), euros(-5), euros(None), minutes(299)) == ("12,43", "0,05", "", "4:59")
