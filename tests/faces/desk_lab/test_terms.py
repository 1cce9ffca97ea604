"""Rules per kind and the patient's wish on the pages of `Verwerk postbericht` (REQ 62 to 64; ux 32, 50; row 7, 48)."""

from datetime import timedelta

import pytest

from tests.faces.desk_lab.test_process import XSS, Desk
from tests.factories.result_kinds import make_kind, make_wish
from zorgbalie.record.models import LabReport, Observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk_client, portal_client):
    return Desk(desk_client, portal_client)


def text_of(desk):
    return desk.client.get(desk.path).content.decode()


def test_ux32_without_wish_and_rule_the_page_says_so_and_asks_no_tick(desk):
    text = text_of(desk)
    assert "De patiënt heeft geen wens opgegeven." in text
    assert "Ik heb de patiënt hierover gesproken" not in text


def test_req64_the_doctor_sees_which_rule_and_why_and_the_first_day_is_filled_in(desk):
    make_kind(desk.practice, name="Nieren en zouten", words=["kalium"], wait_days=4, is_upsetting=True)
    text = text_of(desk)
    assert "<strong>Nieren en zouten</strong> (Kalium): De patiënt leest dit 4 dagen na binnenkomst." in text
    assert f'value="{(desk.today + timedelta(days=4)).isoformat()}"' in text
    form = desk.client.get(desk.path).context["form"]
    assert (form.initial["is_upsetting"], form.initial["has_spoken"]) == (True, False)
    assert "eerst de vraag of hij het nu wil lezen" in text


def test_req62_a_day_before_the_first_is_refused_at_the_field_and_keeps_the_text(desk):
    make_kind(desk.practice, words=["kalium"], wait_days=4)
    for day in ("", (desk.today + timedelta(days=3)).isoformat()):
        answer = desk.post("publiceren", conclusion="Mooie tekst.", publish_on=day, zeker="ja")
        assert (answer.status_code, desk.state()) == (422, "new")
        text = answer.content.decode()
        assert "Volgens de regels van uw praktijk mag de patiënt dit lezen vanaf" in text
        assert "Mooie tekst." in text
        assert 'href="#id_publish_on"' in text


def test_req64_a_kind_that_is_off_is_refused_before_it_is_asked_once_more(desk):
    make_kind(desk.practice, name="Erfelijk", words=["kalium"], uses_portal=False)
    assert "Niet via het portaal" in text_of(desk)
    for sure in ({}, {"zeker": "ja"}, {"zeker": "ja", "has_spoken": "on"}):
        answer = desk.post("publiceren", conclusion="Goed.", **sure)
        assert answer.status_code == 422
        assert "Uw praktijk geeft deze uitslag niet via het portaal: Kalium." in answer.content.decode()
    assert desk.post("uitnodigen", zeker="ja").status_code == 302


def test_ux32_the_wish_stands_at_the_buttons_and_on_the_page_that_asks_once_more(desk):
    make_wish(desk.patient, desk.practice, "call")
    text = text_of(desk)
    assert "De patiënt wil eerst gebeld worden" in text
    assert "Ik heb de patiënt hierover gesproken" in text
    refused = desk.post("publiceren", conclusion="Goed.")
    assert refused.status_code == 422
    assert 'href="#id_has_spoken"' in refused.content.decode()
    asked = desk.post("publiceren", conclusion="Goed.", has_spoken="on")
    assert "De patiënt wil eerst gebeld worden" in asked.content.decode()
    assert 'name="has_spoken" value="on"' in asked.content.decode()
    desk.post("publiceren", conclusion="Goed.", has_spoken="on", zeker="ja")
    assert desk.state() == "published"


def test_ux32_the_page_that_asks_once_more_is_no_way_around_a_wish_made_meanwhile(desk):
    assert desk.post("publiceren", conclusion="Goed.").status_code == 200
    make_wish(desk.patient, desk.practice, "visit")
    answer = desk.post("publiceren", conclusion="Goed.", zeker="ja")
    assert (answer.status_code, desk.state(), Observation.objects.count()) == (422, "new", 0)
    assert "eerst op het spreekuur" in answer.content.decode()


def test_row7_a_posted_moment_of_talking_or_wish_is_ignored(desk):
    make_kind(desk.practice, words=["kalium"], first="call")
    answer = desk.post("publiceren", conclusion="Goed.", zeker="ja", told_at="2020-01-01", spoken="1", wish="online")
    assert (answer.status_code, desk.state()) == (422, "new")


def test_the_tick_is_kept_when_the_page_is_opened_again(desk):
    make_kind(desk.practice, words=["kalium"], first="call")
    desk.post("opslaan", due_on=desk.today.isoformat(), has_spoken="on")
    assert LabReport.objects.get(pk=desk.report_id).told_at is not None
    assert desk.client.get(desk.path).context["form"].initial["has_spoken"] is True


def test_row27_the_name_of_a_kind_is_text(desk):
    make_kind(desk.practice, name=XSS[:60], words=["kalium"], wait_days=1)
    assert "<script>alert" not in text_of(desk)


def test_the_page_costs_the_same_with_many_kinds_and_wishes(desk, django_assert_max_num_queries):
    for number in range(30):
        kind = make_kind(desk.practice, words=["kalium", str(number)], wait_days=number)
        make_wish(desk.patient, desk.practice, "call", kind)
    with django_assert_max_num_queries(40):
        assert text_of(desk)
