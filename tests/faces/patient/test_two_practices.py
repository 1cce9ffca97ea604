"""The pages where a GP practice and a pharmacy each opened their own record, or only one of them (REQ 11, 17, 79)."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.practice.models import Practice

pytestmark = pytest.mark.django_db
GP, PHARMACY = "Praktijk De Linde", "Apotheek De Vijzel"
GP_PAGES = ("episodes", "contacts", "values")


def href(name):
    return reverse(f"patient_record_{name}", urlconf="zorgbalie.config.urls.portal")


def _enrol(person, *, kind, name, is_open):
    phone = "020 555 02 34" if kind == "pharmacy" else "020 555 01 23"
    practice = world.make_practice(kind=kind, name=name, phone=phone)
    world.enrol(person, practice, world.make_account(practice))
    world.make_medication(person, practice, title=f"Middel van {name}")
    world.make_allergy(person, practice, title=f"Allergie van {name}")
    if is_open:
        world.sign_agreement(person, practice)
        world.release_record(person, practice)
    return practice


@pytest.fixture
def sign_in(portal_client):
    """A patient of both, signed in, with those open that a test names."""

    def make(*, gp, pharmacy):
        person = world.make_person()
        practice = _enrol(person, kind="gp", name=GP, is_open=gp)
        world.make_episode(person, practice, title="Kanarie-episode")
        _enrol(person, kind="pharmacy", name=PHARMACY, is_open=pharmacy)
        portal_client.sign_in(person)
        return person

    return make


def _text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(("name", "word"), [("medicines", "Middel"), ("allergies", "Allergie")])
def test_req17_each_list_stands_under_its_practice(sign_in, portal_client, name, word):
    sign_in(gp=True, pharmacy=True)
    for address in (href(name), href("overview")):
        text = _text(portal_client, address)
        headings = [text.index(f">Van {one}</h") for one in (GP, PHARMACY)]
        first, second = (text.index(f"{word} van {one}") for one in (GP, PHARMACY))
        if address == href(name):
            assert headings[0] < first < headings[1] < second
    assert "Ziet u een verschil?" in _text(portal_client, href(name))
    assert "020 555 02 34</a>" in _text(portal_client, href(name)), "whom to ask"
    assert f"Dit hebben {GP} en {PHARMACY} over u opgeschreven." in _text(portal_client, href("overview"))


@pytest.mark.parametrize(("gp", "pharmacy"), [(True, False), (False, True)])
def test_r7_only_what_is_open_is_named_on_a_list(sign_in, portal_client, gp, pharmacy):
    sign_in(gp=gp, pharmacy=pharmacy)
    there, away = (GP, PHARMACY) if gp else (PHARMACY, GP)
    for name in ("medicines", "allergies"):
        text = _text(portal_client, href(name))
        assert f">Van {there}</h2>" in text
        assert f"Van {away}" not in text
        assert f"van {away}" not in text
        assert "Ziet u een verschil?" not in text


def test_req79_with_the_pharmacy_alone_the_patient_finds_the_medicines(sign_in, portal_client):
    sign_in(gp=False, pharmacy=True)
    for address in ("/", href("overview"), href("medicines")):
        text = _text(portal_client, address)
        assert f'href="{href("medicines")}"' in text
        assert f'href="{href("values")}"' not in text
        assert "Kanarie" not in text
    assert "Wat uw apotheek bijhoudt" in _text(portal_client, "/")
    for name in GP_PAGES:
        assert portal_client.get(href(name)).status_code == 404


def test_req6_the_dossier_tells_how_far_the_gp_practice_is(sign_in, portal_client):
    """Its answer would else be nowhere to read, and stay news for ever."""
    person = sign_in(gp=False, pharmacy=True)
    practice = Practice.objects.get(name=GP)
    world.sign_agreement(person, practice)
    world.release_record(person, practice, state="refused", reason="Bel ons eerst even.")
    text = _text(portal_client, href("overview"))
    assert f"Het dossier van {GP}" in text
    assert "Bel ons eerst even." in text
    assert f"Middel van {PHARMACY}" in text
    assert "Bel ons eerst even." not in _text(portal_client, href("medicines"))


def test_row39_a_line_for_each_practice(sign_in, portal_client):
    person = sign_in(gp=True, pharmacy=True)
    _text(portal_client, href("medicines"))
    lines = AuditEvent.objects.filter(event="record.read", patient_id=person.pk)
    names = dict(Practice.objects.values_list("pk", "name"))
    assert sorted((line.kind, names[line.practice_id]) for line in lines) == [
        ("medication", PHARMACY), ("medication", GP),
    ]  # fmt: skip


def test_each_list_has_pages_of_its_own(sign_in, portal_client):
    person = sign_in(gp=True, pharmacy=True)
    for practice in Practice.objects.all():
        for number in range(25):
            world.make_medication(person, practice, title=f"Nummer {number:02}")
    sources = portal_client.get(href("medicines") + "?apotheek=2").context["sources"]
    assert [(one.practice_name, one.listed.number, one.listed.total) for one, _pages, _name in sources] == [
        (GP, 1, 26), (PHARMACY, 2, 26),
    ]  # fmt: skip
    text = _text(portal_client, href("medicines") + "?apotheek=2")
    assert 'href="?apotheek=2&amp;page=2"' in text


def test_a_patient_without_a_gp_practice_reads_the_pharmacy(portal_client):
    person = world.make_person()
    _enrol(person, kind="pharmacy", name=PHARMACY, is_open=True)
    portal_client.sign_in(person)
    assert f"Middel van {PHARMACY}" in _text(portal_client, href("overview"))
    assert "Lees hoe u toegang krijgt" not in _text(portal_client, "/")


def test_row14_a_parent_reads_what_the_pharmacy_opened_for_a_child(portal_client):
    parent, child = world.make_person(), world.make_person(birth_date=date(2020, 1, 1), given_name="Sem")
    _enrol(child, kind="pharmacy", name=PHARMACY, is_open=True)
    portal_client.sign_in(parent, subject=child)
    assert portal_client.get(href("medicines")).status_code != 200
    world.represent(parent, child)
    assert f"Middel van {PHARMACY}" in _text(portal_client, href("medicines"))
