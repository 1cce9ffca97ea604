"""A pharmacy reads words that are its own, and is not asked about what it does not keep (REQ 68, 79, 80; ux 19)."""

import re
from html import unescape

import pytest

from tests.factories import consult, world
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight, StaffRole

pytestmark = pytest.mark.django_db
OF_A_DOCTOR = re.compile(r"(?<![-{\w])(arts|artsen)\b(?! of apotheker)", re.IGNORECASE)
PAGES = (
    "/", "/vragen/", "/patienten/", "/patienten/nieuw/", "/standaardantwoorden/", "/standaardantwoorden/nieuw/",
    "/beheer/praktijk/", "/beheer/online-inzage/", "/beheer/accounts/", "/beheer/medewerkers/rechten/",
    "/beheer/groepen/", "/beheer/vragen/", "/beheer/vragen/tijden/", "/beheer/vragen/wie/",
    "/beheer/vragen/berichten/", "/beheer/links/",
)  # fmt: skip
ABOUT_A_PATIENT = (
    "/patienten/{0}/",
    "/patienten/{0}/arts/",
    "/vragen/{0}/",
    "/vragen/{0}/bericht/",
    "/vragen/{0}/{1}/",
)


def seen_on(client, path):
    """What somebody reads on a page."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL))


@pytest.fixture
def pharmacy(desk_client):
    practice = world.make_practice("pharmacy", name="Apotheek De Vijzel")
    account = world.make_account(practice, name="M. Koster", facilities=["medication", "allergies", "e_consult"])
    desk_client.patient = world.make_person(given_name="Anna")
    world.enrol(desk_client.patient, practice, account)
    desk_client.question = consult.make_consult(desk_client.patient, practice, sent_at=current_moment())
    desk_client.sign_in(world.make_employee(practice, role=StaffRole.PHARMACIST, rights=list(StaffRight)))
    desk_client.practice = practice
    return desk_client


def test_a_pharmacy_reads_no_words_that_are_meant_for_a_doctor(pharmacy):
    about = [path.format(pharmacy.patient.pk, pharmacy.question.pk) for path in ABOUT_A_PATIENT]
    found = {path: OF_A_DOCTOR.findall(seen_on(pharmacy, path)) for path in (*PAGES, *about)}
    assert {path: words for path, words in found.items() if words} == {}


def test_req45_a_pharmacy_finds_its_standard_answers_and_not_what_belongs_to_results(pharmacy):
    text = seen_on(pharmacy, "/")
    for name in ("Standaardantwoorden", "Links voor antwoorden"):
        assert text.count(name) == 2, "once in the menu of a wide screen and once in that of a phone"
    for name in ("Maskerbrieven", "Op te lossen berichten", "Uitslagen via het portaal", "Correspondentie delen"):
        assert name not in text


@pytest.mark.parametrize("kind", ["gp", "pharmacy"])
def test_each_page_stands_in_the_menu_once(desk_client, kind):
    practice = world.make_practice(kind)
    desk_client.sign_in(world.make_employee(practice, rights=list(StaffRight)))
    groups = desk_client.get("/").context["nav_groups"]
    addresses = [item.href for group in groups for item in group.items]
    assert len(addresses) == len(set(addresses))


def test_req54_online_access_of_a_pharmacy_asks_only_what_it_keeps(pharmacy):
    path = "/beheer/online-inzage/"
    text = seen_on(pharmacy, path)
    assert "medicijnen en allergieën van uw apotheek" in text
    for words in ("episodes", "conclusies", "metingen", "E- en P-regels"):
        assert words not in text
    before = pharmacy.practice.online_access_since
    version = re.search(r'name="version" value="([^"]*)"', pharmacy.get(path).content.decode())[1]
    values = {"version": version, "release_mode": "automatic", "staff_idle_minutes": 20, "results_months": 3}
    assert pharmacy.post(path, values).status_code == 302
    pharmacy.practice.refresh_from_db()
    row = pharmacy.practice
    assert (row.release_mode, row.staff_idle_minutes, row.online_access_since) == ("automatic", 20, before)
    assert row.results_months != 3


def test_ux46_a_pharmacist_sees_medicines_and_allergies_beside_a_question(pharmacy):
    world.make_medication(pharmacy.patient, pharmacy.practice, title="AMLODIPINE")
    world.make_allergy(pharmacy.patient, pharmacy.practice, title="Penicilline")
    text = seen_on(pharmacy, f"/vragen/{pharmacy.patient.pk}/{pharmacy.question.pk}/")
    for words in ("Dossier in het kort", "AMLODIPINE", "Penicilline"):
        assert words in text
    assert "Lopende episodes" not in text
    pharmacy.sign_in(world.make_employee(pharmacy.practice, role="pharmacist", rights=["answer_consults"]))
    assert "AMLODIPINE" not in seen_on(pharmacy, f"/vragen/{pharmacy.patient.pk}/{pharmacy.question.pk}/")
