"""What laboratory messages say, by README of the format: both formats, with and without counters, all line ends."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories.lab import BSN, LABORATORY, hl7, medlab, medvri
from zorgbalie.exchange.lab.files import cut_file
from zorgbalie.exchange.lab.reading import digest_of, read_message
from zorgbalie.exchange.lab.reports import to_reports
from zorgbalie.exchange.lab.types import BrokenMessage, LabFormat, Reason
from zorgbalie.record.types.lab import ReportStatus

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def read(data: bytes):
    [raw] = cut_file(data=data)
    return read_message(raw=raw)


def report(data: bytes):
    [found] = to_reports(message=read(data), now=NOW)
    return found


def broken(data: bytes):
    [raw] = cut_file(data=data)
    with pytest.raises(BrokenMessage) as error:
        read_message(raw=raw)
    return error.value.reason, error.value.segment, error.value.line


@pytest.mark.parametrize("counters", [True, False])
@pytest.mark.parametrize("wrap", ["\n", "\r\n", "\r", ""])
def test_medlab_is_read_with_and_without_counters_whatever_the_line_ends(counters, wrap):
    message = read(medlab(counters=counters, wrap=wrap))
    assert (message.patient.bsn, message.patient.birth_date) == (BSN, date(1970, 5, 4))
    assert message.patient.name == "A. van 't Wolf - de Bruin"
    assert (message.laboratory, message.requester_name, message.requester_agb) == (
        LABORATORY,
        "J. de Linde",
        "01000001",
    )
    [found] = to_reports(message=message, now=NOW)
    assert (found.report_number, found.status, found.remark) == (
        "26114711",
        ReportStatus.FINAL,
        "bloed: licht hemolytisch",
    )
    assert found.sampled_at == datetime(2026, 11, 19, 7, 15, tzinfo=UTC)
    assert found.reported_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    hb, leukocytes, crp, empty = found.results
    assert (hb.title, hb.value_number, hb.unit, hb.code, hb.flag) == (
        "Hemoglobine",
        Decimal("8.6"),
        "mmol/l",
        "HB",
        "N",
    )
    assert (hb.reference_low, hb.reference_high, hb.remark) == (Decimal("8.5"), Decimal("11.0"), "nuchter: ja, 5 + 3")
    assert (hb.group_title, crp.group_title) == ("bloed: HAEMATOLOGIE", "bloed: CHEMIE")
    assert (leukocytes.flag, crp.value_comparator, crp.value_number) == ("H", "<", Decimal(5))
    assert (empty.title, empty.value_number, empty.value_text) == ("Glucose in urine", None, "")


def test_every_element_that_has_no_place_is_counted():
    assert read(medlab()).original_only == {
        "ZKH-2": 1, "ZKH-3": 1, "ZKH-4": 1, "PAD-1": 1, "PAD-2": 1, "ART-1": 1, "ART-4": 1, "AFD-1": 1, "AFD-2": 1,
        "ARA-1": 1, "ARA-2": 1,
    }  # fmt: skip
    assert read(hl7()).original_only["PV1-2"] == 1


def test_counters_decide_where_a_result_stands():
    results = [
        "SEC:1:2+CHEMIE'", "BEP:1:1:1+0+gewicht+70.0++kg++0+1000+GEW'", "BEP:1:2:1+0+CRP+4++mg/l'",
        "OPB:1:1:1:1+zonder schoenen'",
    ]  # fmt: skip
    weight, crp = report(medlab(results=results)).results
    assert {weight.title: weight.group_title, crp.title: crp.group_title} == {
        "gewicht": "bloed: HAEMATOLOGIE",
        "CRP": "bloed: CHEMIE",
    }
    assert (weight.remark, crp.remark) == ("zonder schoenen", "")


def test_type_one_without_anything_is_a_heading():
    results = ["BEP:1:1:1+1+MEDICIJNEN'", "BEP:1:1:2+0+Clozapine+Zie onder++ug/l++++CLOZB'"]
    [found] = report(medlab(results=results)).results
    assert (found.title, found.group_title, found.value_text) == ("Clozapine", "bloed: MEDICIJNEN", "Zie onder")


@pytest.mark.parametrize("text", ["*", "+++", "1e9", "1.000,5", "12345678901234567890", "negatief"])
def test_text_results_stay_text(text):
    text = text.replace("+", "?+")
    [found] = report(medlab(results=[f"BEP:1:1:1+0+Test+{text}++mmol/l'"])).results
    assert (found.value_number, found.value_text) == (None, text.replace("?", ""))


def test_what_follows_later_is_not_a_result_yet():
    results = ["BEP:1:1:1+0+TSH+volgt++mU/l'", "NUB:1:1+FT4'"]
    assert [(one.title, one.status) for one in report(medlab(results=results)).results] == [
        ("TSH", "registered"),
        ("FT4", "registered"),
    ]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"complete": "N"}, ReportStatus.PRELIMINARY),
        ({"complete": "J"}, ReportStatus.FINAL),
        ({"complete": "C"}, ReportStatus.FINAL),
        ({"results": ["BEP:1:1:1+0+Hb+8.7+1+mmol/l'"]}, ReportStatus.CORRECTED),
    ],
)
def test_status_of_medlab(values, status):
    assert report(medlab(**values)).status == status


@pytest.mark.parametrize("wrap", ["\r", "\n", "\r\n"])
def test_hl7_is_read_whatever_the_line_ends(wrap):
    message = read(hl7(wrap=wrap))
    assert (message.format, message.patient.bsn, message.patient.birth_date) == (LabFormat.HL7, BSN, date(1970, 5, 4))
    assert (message.requester_name, message.requester_agb) == ("J Linde", "01000001")
    [found] = to_reports(message=message, now=NOW)
    assert (found.report_number, found.status, found.remark) == ("L2611-0815", ReportStatus.FINAL, "Nuchter\nafgenomen")
    hb, crp, culture, group = found.results
    assert (hb.code, hb.code_system, hb.value_number, hb.unit, hb.unit_code) == (
        "718-7", "http://loinc.org", Decimal("8.6"), "mmol/l", "mmol/L",
    )  # fmt: skip
    assert (hb.reference_low, hb.reference_high, hb.flag) == (Decimal("8.5"), Decimal("11.0"), "N")
    assert (crp.value_comparator, crp.value_number, crp.reference_text) == ("<", Decimal(5), "<10")
    assert culture.value_text == "Geen groei & geen gist\nFlora: normaal"
    assert culture.remark == "Let op: patiënt gebruikt een antibioticum"
    assert (group.value_text, group.group_title) == ("O positief", "Bloed: Bloedbeeld")


@pytest.mark.parametrize(
    ("letter", "expected", "result"),
    [
        ("P", ReportStatus.PRELIMINARY, "preliminary"),
        ("F", ReportStatus.FINAL, "final"),
        ("C", ReportStatus.CORRECTED, "corrected"),
        ("X", ReportStatus.FINAL, "cancelled"),
        ("D", ReportStatus.CORRECTED, "entered-in-error"),
    ],
)
def test_status_of_hl7(letter, expected, result):
    found = report(hl7(results=[f"OBX|1|NM|718-7^Hb^LN||8.6|mmol/l||||| {letter}"]))
    assert (found.status, found.results[0].status) == (expected, result)


@pytest.mark.parametrize(
    ("charset", "encoding"), [("8859/1", "latin-1"), ("UNICODE UTF-8", "utf-8"), ("", "utf-8"), ("", "latin-1")]
)
def test_character_sets(charset, encoding):
    found = report(hl7(charset=charset, encoding=encoding))
    assert "patiënt" in found.results[2].remark


def test_other_separators_and_escapes():
    data = hl7().replace(b"|", b"#").replace(b"\\", b"|").replace(b"^~|&", b"^~|&")
    assert report(data).results[2].value_text == "Geen groei & geen gist\nFlora: normaal"
    result = "OBX|1|ST|K^Kweek^L||a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f \\X E9\\\\XE9\\ \\H\\vet\\N\\||||||F"
    assert report(hl7(results=[result])).results[0].value_text == "a|b^c&d~e\\f é vet"
    una = b"UNA:*.! ~" + medlab(results=["BEP:1:1:1*0*Hb*8.6'"]).replace(b"+", b"*").replace(b"'", b"~")
    una = una.replace(b"?", b"!")
    assert report(una).results[0].value_number == Decimal("8.6")


def test_pdf_in_a_result_is_kept_in_the_original_only():
    pdf = "OBX|1|ED|PDF^Rapport^L||^application^pdf^Base64^" + "QUJD" * 200_000 + "||||||F"
    message = read(hl7(results=[pdf]))
    assert message.original_only["OBX-5"] == 1
    assert "QUJD" not in repr(message)


def test_two_patients_in_one_file_are_two_messages():
    data = medlab() + b"\n" + medlab("999990020", birth="1980:01:02")
    assert [read_message(raw=raw).patient.birth_date for raw in cut_file(data=data)] == [
        date(1970, 5, 4),
        date(1980, 1, 2),
    ]
    data = hl7() + hl7(birth="19800102")
    assert [(raw.line, read_message(raw=raw).patient.birth_date) for raw in cut_file(data=data)] == [
        (1, date(1970, 5, 4)),
        (13, date(1980, 1, 2)),
    ]


def test_the_same_content_has_the_same_digest_however_it_travelled():
    first = [digest_of(raw=cut_file(data=data)[0]) for data in (
        medlab(), medlab(wrap=""), medlab(reference="9", sent="261121:1200"), hl7(), hl7(wrap="\n", control="M9"),
    )]  # fmt: skip
    assert len({*first[:3]}) == 1
    assert len({*first[3:]}) == 1
    assert digest_of(raw=cut_file(data=medlab(number="1"))[0]) not in first


def _one(old: str, new: str, **values) -> bytes:
    text = medlab(**values).decode("latin-1")
    assert old in text
    return text.replace(old, new, 1).encode("latin-1")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"zomaar tekst", (Reason.UNKNOWN_FORMAT, "", 1)),
        (b"", (Reason.UNKNOWN_FORMAT, "", 1)),
        (medlab()[:-60], (Reason.NOT_CLOSED, "", 1)),
        (_one("UNT+18", "UNT+17"), (Reason.COUNT_DIFFERS, "UNT", 19)),
        (_one("DET:1+26:11:19", "DET:1+26:13:39"), (Reason.BAD_DATE, "DET", 9)),
        (medlab(patients=2), (Reason.TWO_PATIENTS, "PID", 5)),
        (medlab(patients=0), (Reason.MISSING_SEGMENT, "PID", 18)),
        (medlab(results=["COM+niets'"]), (Reason.NO_RESULTS, "BEP", 14)),
        (medlab(results=["BEP:1:1:1+0++8.6'"]), (Reason.MISSING_FIELD, "BEP", 13)),
        (medlab(results=["BEP:2:1:1+0+Hb+8.6'"]), (Reason.OUT_OF_PLACE, "BEP", 13)),
        (medlab(results=["be'"]), (Reason.NO_SEGMENT, "", 13)),
        (medlab(results=[f"BEP:1:1:1+0+{'x' * 256}+1'"]), (Reason.TOO_LONG, "BEP", 13)),
        (medlab(kind="MEDRAD"), (Reason.OTHER_KIND, "UNH", 2)),
        (medvri().replace(b"TXT:2+", b"TXT:3+"), (Reason.COUNT_DIFFERS, "TXT", 7)),
        (medvri().replace(b"UNT+8", b"UNT+9"), (Reason.COUNT_DIFFERS, "UNT", 9)),
        (medlab(results=["BEP:1:1:1+0+H\0b+8'"]), (Reason.CHARACTERS, "", 13)),
        (hl7(results=["OBX|1|NM|1^Hb^LN||8|||||||F", "nog een regel"]), (Reason.NO_SEGMENT, "", 8)),
        (hl7(results=["OBX|1|NM|1^Hb^LN||8|||||||"]), (Reason.BAD_STATUS, "OBX", 7)),
        (hl7(results=["OBX|1|NM|||8|||||||F"]), (Reason.MISSING_FIELD, "OBX", 7)),
        (hl7(results=["OBX|1|NM|1^Hb^LN||8||||||F|||20261332"]), (Reason.BAD_DATE, "OBX", 7)),
        (hl7(results=["PID|2"]), (Reason.TWO_PATIENTS, "PID", 7)),
        (hl7(results=["NTE|1||leeg"]), (Reason.NO_RESULTS, "OBX", 8)),
        (hl7(sent="gisteren"), (Reason.BAD_DATE, "MSH", 1)),
        (hl7(charset="KLINGON"), (Reason.CHARACTERS, "MSH", 1)),
        (hl7(charset="UTF-8", encoding="latin-1"), (Reason.CHARACTERS, "", 10)),
        (hl7().replace(b"ORU^R01^ORU_R01", b"ADT^A08"), (Reason.OTHER_KIND, "MSH", 1)),
        (hl7().replace(b"^~\\&", b"^^\\&"), (Reason.SEPARATORS, "MSH", 1)),
        (hl7(f"{BSN}^^^NLMINBIZA^NNNLD~999990020"), (Reason.TWO_NUMBERS, "PID", 2)),
    ],
)
def test_broken_messages_are_refused_with_segment_and_line(data, expected):
    assert broken(data) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"bsn": ""}, ("", False)),
        ({"bsn": "123456789"}, ("", True)),
        ({"bsn": "12345"}, ("", True)),
    ],
)
def test_who_cannot_be_named_is_no_error(values, expected):
    for make in (medlab, hl7):
        patient = read(make(**values)).patient
        assert (patient.bsn, patient.bsn_invalid) == expected


def test_row30_line_breaks_and_steering_signs_in_names_are_taken_out():
    message = read(hl7(family="Bos\\X0D0A\\Set-Cookie\u202e", charset="UTF-8", encoding="utf-8"))
    assert message.patient.name == "Anna Bos Set-Cookie"
    assert read(medlab(name="Bos\r\nX:::::A.")).patient.name == "A. BosX"


def test_huge_messages_are_refused():
    assert broken(medlab(results=["BEP:1:1:1+0+Hb+" + "x" * 1_100_000 + "'"]))[0] is Reason.TOO_LARGE
    assert broken(hl7(results=["OBX|1|ST|K^K^L||" + "x" * 10_100_000 + "||||||F"]))[0] is Reason.TOO_LARGE
    assert broken(hl7(results=["OBX|1|NM|1^Hb^LN||8||||||F"] * 5_001))[0] is Reason.TOO_LARGE
