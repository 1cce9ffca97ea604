"""`Uitslag invoeren` as a page (REQ 62; rows 7, 26, 32, 48)."""

from decimal import Decimal

import pytest

from tests.factories import world
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.models import LabReport, LabResult

pytestmark = pytest.mark.django_db


class Entry:
    """A doctor who types in a result."""

    def __init__(self, client):
        self.client = client
        self.patient, self.practice = world.make_patient_with_open_record()
        self.doctor = world.make_employee(self.practice)
        self.path = f"/uitslag-invoeren/{self.patient.pk}/"
        client.sign_in(self.doctor)
        self.base = {
            "token": "a" * 32, "rows": "5", "source": "praktijk", "day": local_date(current_moment()).isoformat(),
            "r0-title": "Glucose", "r0-value": "7,4", "r0-unit": "mmol/L", "r0-low": "4", "r0-high": "6,0",
        }  # fmt: skip

    def post(self, **values):
        return self.client.post(self.path, {**self.base, **{key.replace("_", "-"): one for key, one in values.items()}})


@pytest.fixture
def entry(desk_client):
    return Entry(desk_client)


def test_req62_from_the_record_to_the_form_to_the_decision(entry):
    assert entry.path in entry.client.get(f"/dossier/{entry.patient.pk}/").content.decode()
    text = entry.client.get(entry.path).content.decode()
    assert text.count("<legend>Rij") == 5
    answer = entry.post(r1_title="Eiwit in de plas", r1_value="spoor", r3_title="CRP", r3_value="< 0,5", r3_code="2107")
    report = LabReport.objects.get()
    assert answer["Location"] == f"/postberichten/{entry.patient.pk}/{report.pk}/"
    rows = LabResult.objects.order_by("position").values_list("title", "value_comparator", "value_number", "value_text")
    assert list(rows) == [
        ("Glucose", "", Decimal("7.4"), ""),
        ("Eiwit in de plas", "", None, "spoor"),
        ("CRP", "<", Decimal("0.5"), ""),
    ]
    assert "Glucose" in entry.client.get(answer["Location"]).content.decode()


def test_another_row_keeps_all_that_was_typed_and_stores_nothing(entry):
    text = entry.post(doen="rij", r0_value="zeven").content.decode()
    assert text.count("<legend>Rij") == 6
    assert 'value="zeven"' in text
    assert f'value="{"a" * 32}"' in text
    assert entry.post(doen="rij", rows="40").content.decode().count("<legend>Rij") == 40
    assert not LabReport.objects.exists()


def test_row48_a_double_click_is_one_report_and_other_values_are_refused(entry):
    assert entry.post()["Location"] == entry.post()["Location"]
    answer = entry.post(r0_value="9")
    assert (answer.status_code, LabReport.objects.count()) == (422, 1)
    assert "al verstuurd" in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"r0_title": ""}, "Vul in wat er gemeten is"),
        ({"r0_value": ""}, "Vul de uitslag in"),
        ({"r0_low": "laag"}, "bijvoorbeeld 7,4"),
        ({"r0_low": "< 3"}, "bijvoorbeeld 7,4"),
        ({"r0_low": "9", "r0_high": "3"}, "bovengrens is lager"),
        ({"r0_code": "abc"}, "NHG-code is een getal"),
        ({"r0_title": "a\0b"}, "Rij 1."),
        ({"source": "laboratorium"}, "Vul de naam van het laboratorium"),
        ({"day": "2199-01-01"}, "niet later dan vandaag"),
        ({"day": "gisteren"}, "Dag van de meting"),
        ({"for_account": "dr. Onbekend"}, "Voor het postvak van"),
        ({"r0_title": "", "r0_value": "", "r0_unit": "", "r0_low": "", "r0_high": ""}, "ten minste één bepaling"),
        ({"token": "x"}, ""),
        ({"rows": "9" * 40}, ""),
        ({"rows": "-1"}, ""),
        ({"r0_value": "x" * 501}, "Uitslag"),
        ({"r0_low": "9" * 25}, "Ondergrens"),
    ],
)
def test_row32_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(entry, values, words):
    more = {} if "ten minste" in words else {"r1-title": "Kalium", "r1-value": "4,1"}
    changed = {key.replace("r0_", "r0-"): one for key, one in values.items()}
    answer = entry.client.post(entry.path, {**entry.base, **more, **changed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not LabReport.objects.exists()


def test_rows5_6_refused_without_the_right_and_not_found_for_a_stranger(entry):
    for missing in (StaffRight.PUBLISH_RESULTS, StaffRight.READ_RECORD):
        rights = [right for right in StaffRight if right is not missing]
        entry.client.sign_in(world.make_employee(entry.practice, rights=rights))
        assert (entry.client.get(entry.path).status_code, entry.post().status_code) == (403, 403)
    entry.client.sign_in(
        world.make_employee(entry.practice, rights=[one for one in StaffRight if one is not StaffRight.PUBLISH_RESULTS])
    )
    assert entry.path not in entry.client.get(f"/dossier/{entry.patient.pk}/").content.decode()
    entry.client.sign_in(world.make_employee(world.make_practice()))
    assert (entry.client.get(entry.path).status_code, entry.post().status_code) == (404, 404)
    assert not LabReport.objects.exists()


def test_row7_state_and_sharing_cannot_be_posted(entry):
    entry.post(state="published", shared="on", status="corrected", conclusion="x", r0_shared="on", r0_flag="HH")
    row, result = LabReport.objects.get(), LabResult.objects.get()
    assert (row.state, row.status, row.conclusion, result.shared, result.flag) == ("new", "final", "", False, "H")


def test_row26_typed_text_is_text(entry):
    xss = "<script>alert(1)</script>"
    wrong = entry.post(r0_title=xss, r0_low="x")
    done = entry.post(r0_title=xss, r0_value=xss, r0_unit=xss, source="laboratorium", laboratory=xss)
    for answer in (wrong, entry.client.get(done["Location"]), entry.client.get("/")):
        assert b"<script>alert" not in answer.content
