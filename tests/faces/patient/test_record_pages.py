"""The record's pages, in the portal's own database role: what is on them, what never is, and the line each leaves."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.practice.types import Facility

pytestmark = pytest.mark.django_db
TODAY = local_date(current_moment())
LISTS = {
    "overview": ("allergies", "documents", "episodes", "journal", "medication", "observations"),
    "episodes": ("episodes",),
    "contacts": ("episodes", "journal"),
    "values": ("observations",),
    "allergies": ("allergies",),
    "medicines": ("medication",),
}


def href(name, *args):
    return reverse(f"patient_record_{name}", urlconf="zorgbalie.config.urls.portal", args=args)


def fill(patient, practice, rows=1):
    """A record with a line of each type; the latest episode and observation are returned."""
    for number in range(rows):
        day = TODAY - timedelta(days=number)
        episode = world.make_episode(patient, practice, title=f"Klacht {number}")
        contact = world.make_encounter(patient, practice, started_on=day)
        for soep in "SOEP":
            world.make_entry(contact, episode, soep=soep, text=f"Tekst {soep}-regel {number}")
        value = world.make_observation(patient, practice, code=str(number), observed_on=day)
        world.make_allergy(patient, practice)
        world.make_medication(patient, practice)
    return episode, value


@pytest.fixture
def reader(portal_client):
    """A signed-in patient with an open record."""
    patient, practice = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    return portal_client, patient, practice


def _same(answer, number):
    """A page without what differs by request: its own address and the token of its forms."""
    text = answer.content.decode().replace(f"/{number}/", "/")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def addresses(patient, practice):
    episode, value = fill(patient, practice)
    return [*(href(name) for name in LISTS), href("episode", episode.pk), href("value", value.pk)]


def test_req15_no_page_holds_an_s_or_o_line_in_html_or_context(reader):
    client, patient, practice = reader
    shown = set()
    for address in addresses(patient, practice):
        answer = client.get(address)
        assert answer.status_code == 200
        everything = answer.content.decode() + repr([part.flatten() for part in answer.context or []])
        for letter in "SOEP":
            if f"Tekst {letter}-regel" in everything:
                shown.add(letter)
    assert shown == {"E", "P"}


def test_r3_no_page_tells_that_something_is_hidden(reader):
    client, patient, practice = reader
    secret = world.make_episode(patient, practice, title="CANARIE", visible_to_patient=False, hidden_reason="CANARIE")
    contact = world.make_encounter(patient, practice, started_on=TODAY, reason="CANARIE")
    world.make_entry(contact, secret, text="CANARIE")
    value = world.make_observation(patient, practice, episode=secret, title="CANARIE", observed_on=TODAY)
    world.make_medication(patient, practice, episode=secret, title="CANARIE")
    for address in map(href, LISTS):
        answer = client.get(address)
        assert "CANARIE" not in answer.content.decode() + repr(answer.context)
    for name, number in (("episode", secret.pk), ("value", value.pk)):
        hidden, missing = (client.get(href(name, one)) for one in (number, 10**9))
        assert hidden.status_code == missing.status_code == 404
        assert _same(hidden, number) == _same(missing, 10**9)


def test_rows_1_and_2_ids_of_another_patient_are_not_found(reader):
    client, _, practice = reader
    other, _ = world.make_patient_with_open_record(practice)
    episode, value = fill(other, practice)
    for address in (href("episode", episode.pk), href("value", value.pk)):
        answer = client.get(address)
        assert answer.status_code == 404
        assert other.family_name not in answer.content.decode()
    for query in (f"?patient={other.pk}", f"?subject_id={other.pk}&person={other.pk}"):
        assert "Klacht 0" not in client.get(href("episodes") + query).content.decode()


@pytest.mark.parametrize("bad", ["0", "-1", "x", "9" * 30, "1e3", "", "%00", "²"])
def test_row_32_a_page_number_that_is_none_is_the_nearest_page(reader, bad):
    client, patient, practice = reader
    fill(patient, practice)
    assert client.get(href("episodes") + f"?page={bad}").status_code == 200


def test_row_32_an_id_too_big_for_the_database_does_not_exist(reader):
    client, _, _ = reader
    assert client.get(href("episode", 10**40)).status_code == 404
    assert client.get(href("value", 10**40)).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_row_39_one_line_per_kind_and_request(reader, name):
    client, patient, practice = reader
    fill(patient, practice, rows=3)
    before = AuditEvent.objects.count()
    client.get(href(name))
    lines = AuditEvent.objects.order_by("pk")[before:]
    assert sorted(line.kind for line in lines) == list(LISTS[name])
    assert {(line.event, line.outcome, line.patient_id) for line in lines} == {("record.read", "0", patient.pk)}


def table_queries(client, address):
    """How many queries on tables one request takes; naming the viewer and savepoints are not counted."""
    client.get(address)  # the words that are explained are read once per process
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len([one for one in captured if " FROM " in one["sql"] or "INSERT" in one["sql"]]), answer


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("overview", 14), ("episodes", 6), ("contacts", 7), ("values", 10), ("allergies", 6), ("medicines", 6)],
)
def test_query_count_does_not_grow_with_the_record(reader, rows, name, queries):
    client, patient, practice = reader
    fill(patient, practice, rows=rows)
    assert table_queries(client, href(name))[0] == queries


def test_ten_thousand_values_are_read_by_page(reader):
    client, patient, practice = reader
    row = world.make_observation(patient, practice, observed_on=TODAY)
    type(row).objects.bulk_create(
        type(row)(
            patient=patient, practice=practice, category="measurement", title="gewicht", code="1744", unit="kg",
            value_number=70 + number % 9, observed_on=TODAY - timedelta(days=1 + number % 300),
        )
        for number in range(10_000)
    )  # fmt: skip
    queries, answer = table_queries(client, href("value", row.pk))
    assert queries == 9
    assert len(answer.context["history"].values.items) == 50
    assert len(answer.content) < 100_000
    assert client.get(href("value", row.pk) + "?page=201").context["history"].values.number == 201


def test_row_26_care_text_is_shown_as_text(reader):
    client, patient, practice = reader
    attack = "<script>alert('zn')</script> \"><img src=x onerror=alert(1)> RR"
    episode = world.make_episode(patient, practice, title=attack)
    contact = world.make_encounter(patient, practice, started_on=TODAY, reason=attack, author_name=attack)
    world.make_entry(contact, episode, text=attack, author_name=attack + "2")
    world.make_observation(
        patient, practice, code="", title=attack, observed_on=TODAY, value_number=None, value_text=attack, remark=attack
    )
    world.make_allergy(patient, practice, title=attack, reaction=attack, remark=attack)
    world.make_medication(patient, practice, title=attack, dosage=attack, reason=attack)
    for name in LISTS:
        page = client.get(href(name)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert escape("<script>alert(") in page


def test_ux34_abbreviations_are_explained_without_altering_the_text(reader):
    client, patient, practice = reader
    contact = world.make_encounter(patient, practice, started_on=TODAY)
    world.make_entry(contact, text="RR 120/80 li. Roken -. Links geen lichen, zn. terug")
    page = client.get(href("contacts")).content.decode()
    for word, meaning in (("RR", "bloeddruk"), ("li", "links"), ("Roken -", "rookt niet"), ("zn", "zo nodig")):
        assert f'">{word}<span class="zb-hidden">' in page
        assert meaning in page
    assert '">Li<span class="zb-hidden">' not in page
    english = client.get(href("contacts"), headers={"accept-language": "en"}).content.decode()
    assert "blood pressure" in english


@pytest.mark.parametrize(("facility", "name"), [(Facility.ALLERGIES, "allergies"), (Facility.MEDICATION, "medicines")])
def test_r14_a_facility_that_is_off_is_absent_everywhere(portal_client, facility, name):
    practice = world.make_practice()
    account = world.make_account(practice, facilities=[one for one in Facility if one is not facility])
    patient = world.make_person()
    world.enrol(patient, practice, account)
    world.sign_agreement(patient, practice)
    world.release_record(patient, practice)
    fill(patient, practice)
    portal_client.sign_in(patient)
    assert portal_client.get(href(name)).status_code == 404
    for address in (href("overview"), "/"):
        assert href(name) not in portal_client.get(address).content.decode()


@pytest.mark.parametrize("missing", [Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES])
def test_r14_without_the_two_facilities_there_is_no_dossier_at_all(portal_client, missing):
    practice = world.make_practice()
    patient = world.make_person()
    world.enrol(
        patient, practice, world.make_account(practice, facilities=[one for one in Facility if one is not missing])
    )
    world.sign_agreement(patient, practice)
    world.release_record(patient, practice)
    portal_client.sign_in(patient)
    for name in LISTS:
        assert portal_client.get(href(name)).status_code == 404
    assert href("overview") not in portal_client.get("/").content.decode()


def _enrolled(birth_date=None, **values):
    practice = world.make_practice()
    patient = world.make_person(**({"birth_date": birth_date} if birth_date else {}))
    world.enrol(patient, practice, world.make_account(practice), **values)
    return patient, practice


def _not_invited():
    return _enrolled()


def _not_signed():
    patient, practice = _enrolled()
    world.sign_agreement(patient, practice, patient_signed_at=None)
    return patient, practice


def _practice_must_sign():
    patient, practice = _enrolled()
    world.sign_agreement(patient, practice, practice_signed_at=None)
    return patient, practice


def _not_asked():
    patient, practice = _enrolled()
    world.sign_agreement(patient, practice)
    return patient, practice


def _with_request(**values):
    def make():
        patient, practice = _not_asked()
        world.release_record(patient, practice, **values)
        return patient, practice

    return make


def _copy_only():
    return _enrolled(online_access="copy_only")


def _young():
    return _enrolled(birth_date=TODAY - timedelta(days=3650))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_not_invited, "nog niet uitgenodigd"),
        (_not_signed, "Eerst maakt u afspraken met uw praktijk"),
        (_practice_must_sign, "De praktijk moet dat ook nog doen"),
        (_not_asked, "nog niet gevraagd om uw dossier te openen"),
        (_with_request(state="asked", decided_at=None), "De praktijk kijkt uw dossier eerst na"),
        (_with_request(state="left_open", reason="Wij wachten op uw 16e jaar"), "Wij wachten op uw 16e jaar"),
        (_with_request(state="refused", reason="Kom eerst langs"), "Kom eerst langs"),
        (_copy_only, "U kunt wel een kopie vragen"),
        (_young, "Je bent nog geen 12 jaar"),
    ],
)
def test_r6_without_access_the_page_says_why_and_holds_nothing(portal_client, make, words):
    patient, practice = make()
    episode, value = fill(patient, practice)
    portal_client.sign_in(patient)
    for name in LISTS:
        answer = portal_client.get(href(name))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert words in page
        assert "Klacht 0" not in page + repr(answer.context)
        assert "regel" not in page
    for address in (href("episode", episode.pk), href("value", value.pk)):
        assert portal_client.get(address).status_code == 404
    assert not AuditEvent.objects.filter(event="record.read", outcome="0").exists()


def test_r7_a_release_without_agreement_shows_nothing(portal_client):
    patient, practice = _enrolled()
    world.release_record(patient, practice)
    fill(patient, practice)
    portal_client.sign_in(patient)
    assert "Klacht 0" not in portal_client.get(href("overview")).content.decode()


def test_row_4_anonymous_is_sent_to_sign_in(portal_client):
    for name in LISTS:
        answer = portal_client.get(href(name))
        assert (answer.status_code, answer["Location"]) == (302, "/inloggen/")


@pytest.mark.parametrize("name", LISTS)
def test_row_24_reading_pages_refuse_to_be_posted_to(reader, name):
    client, _, _ = reader
    assert client.post(href(name)).status_code == 405


def test_ux36_an_empty_part_explains_itself(reader):
    client, _, _ = reader
    for name, words in (
        ("episodes", "Hier staan geen klachten of ziektes"),
        ("contacts", "Hier staan geen contacten"),
        ("values", "Hier staan geen uitslagen"),
        ("allergies", "Hier staan geen allergieën"),
        ("medicines", "Hier staan geen medicijnen"),
    ):
        assert words in client.get(href(name)).content.decode()
