"""The first page: what there is to do, the tasks that work, acting for somebody (ux 16, 17, 41; rows 14, 15)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import world
from zorgbalie.access.models import AccessRequest
from zorgbalie.audit.models import AuditEvent
from zorgbalie.faces.patient.home.todo import list_todos
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.messaging.models import NoticePreference
from zorgbalie.record.types.results import ResultNews

pytestmark = pytest.mark.django_db
TODAY = local_date(current_moment())


def years_ago(years, days=0):
    return date(TODAY.year - years, TODAY.month, min(TODAY.day, 28)) - timedelta(days=days)


@pytest.fixture
def family():
    """A parent with an open record and a child of 8 at the same practice, whose record is open too."""
    parent, practice = world.make_patient_with_open_record()
    child = world.make_person(given_name="Sem", birth_date=years_ago(8, 40))
    world.enrol(child, practice, practice.accounts.first())
    world.sign_agreement(child, practice)
    world.release_record(child, practice)
    world.make_episode(child, practice, title="Waterpokken van Sem")
    world.make_episode(parent, practice, title="Eigen kwaal")
    world.represent(parent, child)
    return parent, child, practice


def page(client, address="/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_ux16_tasks_are_only_those_that_work(portal_client):
    patient, _ = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    answer = portal_client.get("/")
    tasks = [task.href for task in answer.context["tasks"]]
    record = ["/dossier/medicijnen/", "/dossier/uitslagen/", "/dossier/", "/dossier/brieven/"]
    assert tasks == ["/vragen/", "/afspraak-maken/", *record], "six at most"
    menu = [item.href for item in answer.context["nav"]][1:7]
    assert menu == ["/vragen/", "/afspraken/", *record], "the menu keeps the same order"
    for address in tasks:
        assert portal_client.get(address).status_code == 200
    assert "Berichten" not in answer.content.decode()


def test_req88_every_page_names_the_practice_and_its_phone(portal_client):
    patient, practice = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    for address in ("/", "/dossier/"):
        text = page(portal_client, address)
        assert practice.name in text
        assert 'href="tel:0205550123"' in text


def test_ux13_the_number_outside_hours_can_be_called_from_every_page(portal_client):
    patient, practice = world.make_patient_with_open_record()
    practice.out_of_hours_name, practice.out_of_hours_phone = "Post <Oost>", "020 555 01 99"
    practice.save()
    portal_client.sign_in(patient)
    for address in ("/", "/meldingen/"):
        assert 'Bel Post &lt;Oost&gt;: <a href="tel:0205550199">020 555 01 99</a>.' in page(portal_client, address)


def test_ux41_the_words_of_who_acts_for_a_child_are_about_the_child(portal_client, family):
    parent, child, practice = family
    portal_client.sign_in(parent)
    assert f"Dit heeft {practice.name} over u opgeschreven." in page(portal_client, "/dossier/")
    assert portal_client.post("/wisselen/", {"person": child.pk}).status_code == 302
    assert "over u opgeschreven" not in page(portal_client, "/dossier/")
    for address in ("/", "/dossier/", "/logboek/", "/toegang/", "/meldingen/"):
        text = page(portal_client, address)
        assert "mijn dossier gezien" not in text, address
        assert "Toegang tot mijn dossier" not in text, address
        assert "Wie heeft het dossier gezien?" in text, address
    medicines, allergies = page(portal_client, "/dossier/medicijnen/"), page(portal_client, "/dossier/allergieen/")
    for words in ("Dit gebruikt u nu", "wat u nu gebruikt", "over uw medicijnen", "waar u niet goed tegen kunt"):
        assert words not in medicines + allergies
    assert f"Dit gebruikt {child.given_name}" in medicines


def test_ux17_a_new_release_is_news_until_the_record_was_read(portal_client):
    patient, _ = world.make_patient_with_open_record()
    AccessRequest.objects.filter(person=patient).update(decided_at=current_moment() - timedelta(days=1))
    portal_client.sign_in(patient)
    assert "Lees uw dossier" in page(portal_client)
    page(portal_client, "/dossier/")
    assert "Lees uw dossier" not in page(portal_client)


def test_r6_an_answer_of_the_practice_is_news_until_it_was_read(portal_client):
    practice = world.make_practice()
    patient = world.make_person()
    world.enrol(patient, practice, world.make_account(practice))
    world.sign_agreement(patient, practice)
    moment = current_moment() - timedelta(days=1)
    world.release_record(patient, practice, state="refused", reason="Kom langs", decided_at=moment)
    portal_client.sign_in(patient)
    assert "Lees het antwoord van uw praktijk" in page(portal_client)
    assert "Kom langs" in page(portal_client, "/dossier/")
    assert "Lees het antwoord van uw praktijk" not in page(portal_client)


def test_ux17_waiting_asks_nothing_of_the_patient(portal_client):
    practice = world.make_practice()
    patient = world.make_person()
    world.enrol(patient, practice, world.make_account(practice))
    world.sign_agreement(patient, practice)
    world.release_record(patient, practice, state="asked", decided_at=None)
    portal_client.sign_in(patient)
    answer = portal_client.get("/")
    assert list_todos(state=answer.context["state"], ask_notices=False, news=ResultNews(), phone="") == []
    assert "De praktijk kijkt ernaar" in answer.content.decode()


def test_ux17_the_next_step_is_on_top_and_its_link_works(portal_client):
    practice = world.make_practice()
    patient = world.make_person()
    world.enrol(patient, practice, world.make_account(practice))
    portal_client.sign_in(patient)
    assert [todo.icon for todo in portal_client.get("/").context["todos"]] == ["bell"], "nothing to sign before REQ 4"
    agreement = world.sign_agreement(patient, practice, patient_signed_at=None)
    assert [todo.icon for todo in portal_client.get("/").context["todos"]] == ["edit", "bell"]
    agreement.patient_signed_at = agreement.practice_signed_at
    agreement.save()
    todos = portal_client.get("/").context["todos"]
    assert [todo.icon for todo in todos] == ["folder", "bell"]
    for todo in todos:
        assert portal_client.get(todo.href).status_code == 200


def test_ux17_nothing_to_do_is_said(portal_client):
    patient, _ = world.make_patient_with_open_record()
    NoticePreference.objects.create(person=patient, kind="record_released", channel="email", is_on=False)
    portal_client.sign_in(patient)
    assert "U hoeft nu niets te doen" in page(portal_client)


def test_row_39_the_first_page_leaves_one_line_per_kind(portal_client):
    patient, _ = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    page(portal_client)
    lines = [(line.event, line.kind, line.patient_id) for line in AuditEvent.objects.order_by("pk")]
    kinds = ("release", "consults", "appointments", "observations", "documents")
    assert lines == [("home.read", kind, patient.pk) for kind in kinds]


def test_row_39_naming_a_child_leaves_a_line_for_the_child(portal_client, family):
    parent, child, _ = family
    portal_client.sign_in(parent)
    assert "Sem" in page(portal_client)
    line = AuditEvent.objects.get(patient_id=child.pk)
    assert (line.event, line.kind, line.relation, line.user_id) == (
        "home.read",
        "profile",
        "parent",
        f"person:{parent.pk}",
    )


def test_row_15_switching_shows_the_child_and_nothing_of_the_parent(portal_client, family):
    parent, child, _ = family
    portal_client.sign_in(parent)
    assert "Eigen kwaal" in page(portal_client, "/dossier/klachten/")
    answer = portal_client.post("/wisselen/", {"person": child.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    for address in ("/", "/dossier/", "/dossier/klachten/", "/dossier/uitslagen/"):
        text = page(portal_client, address)
        assert "U regelt dit voor" in text
        assert "8 jaar" in text
        assert "Eigen kwaal" not in text
    assert "Waterpokken van Sem" in page(portal_client, "/dossier/klachten/")
    read = AuditEvent.objects.filter(patient_id=child.pk, event="record.read").first()
    assert (read.acts_for_id, read.user_id, read.relation) == (child.pk, f"person:{parent.pk}", "parent")
    portal_client.post("/wisselen/", {"person": parent.pk})
    text = page(portal_client, "/dossier/klachten/")
    assert "Eigen kwaal" in text
    assert "Waterpokken" not in text
    assert "U regelt dit voor" not in text


@pytest.mark.parametrize(
    ("birth_date", "relation", "allowed"),
    [
        (years_ago(11), {}, True),
        (years_ago(13), {}, False),
        (years_ago(13), {"child_consent_at": world.MOMENT}, True),
        (years_ago(17), {"child_consent_at": world.MOMENT}, False),
        (years_ago(11), {"closed_for_safety_at": world.MOMENT}, False),
        (years_ago(11), {"ends_on": TODAY - timedelta(days=1)}, False),
        (years_ago(40), {"kind": "helper"}, True),
        (years_ago(11), {"kind": "helper"}, False),
    ],
)
def test_row_14_who_may_be_acted_for(portal_client, birth_date, relation, allowed):
    parent, practice = world.make_patient_with_open_record()
    other = world.make_person(given_name="Ander", birth_date=birth_date)
    world.enrol(other, practice, practice.accounts.first())
    world.represent(parent, other, **relation)
    portal_client.sign_in(parent)
    assert ("Ander" in page(portal_client)) is allowed
    answer = portal_client.post("/wisselen/", {"person": other.pk})
    assert answer.status_code == (302 if allowed else 404)
    assert portal_client.session["subject_id"] == (other.pk if allowed else parent.pk)


@pytest.mark.parametrize("person", ["", "x", "-1", "0", "9" * 30, "999999"])
def test_row_2_switching_to_nobody_is_not_found(portal_client, person):
    patient, _ = world.make_patient_with_open_record()
    portal_client.sign_in(patient)
    assert portal_client.post("/wisselen/", {"person": person}).status_code == 404
    assert portal_client.session["subject_id"] == patient.pk


def test_row_1_switching_to_a_stranger_is_refused_like_nobody(portal_client):
    patient, practice = world.make_patient_with_open_record()
    stranger, _ = world.make_patient_with_open_record(practice)
    portal_client.sign_in(patient)
    assert portal_client.post("/wisselen/", {"person": stranger.pk}).status_code == 404


def test_row_24_switching_is_a_post(portal_client, family):
    parent, child, _ = family
    portal_client.sign_in(parent)
    assert portal_client.get(f"/wisselen/?person={child.pk}").status_code == 405
    assert portal_client.session["subject_id"] == parent.pk


def test_row_14_acting_ends_by_itself_without_a_word_why(portal_client, family):
    parent, child, _ = family
    portal_client.sign_in(parent, subject=child)
    assert "Waterpokken" in page(portal_client, "/dossier/klachten/")
    type(child).objects.filter(pk=child.pk).update(birth_date=years_ago(12))
    assert portal_client.get("/dossier/klachten/").status_code == 404
    answer = portal_client.get("/", follow=True)
    text = answer.content.decode()
    assert "U kunt nu niets meer regelen voor deze persoon" in text
    assert "Sem" not in text
    assert portal_client.session["subject_id"] == parent.pk


def test_a_child_of_eleven_gets_its_own_words(portal_client):
    practice = world.make_practice()
    child = world.make_person(birth_date=years_ago(11))
    world.enrol(child, practice, world.make_account(practice))
    portal_client.sign_in(child)
    assert "Je bent nog geen 12 jaar" in page(portal_client, "/dossier/")
    assert page(portal_client)


def test_a_patient_without_practice_gets_a_page(portal_client):
    person = world.make_person()
    portal_client.sign_in(person)
    assert "niet ingeschreven" in page(portal_client, "/dossier/")
    assert page(portal_client)


@pytest.mark.parametrize("children", [1, 6])
def test_ux41_the_first_page_costs_the_same_for_one_child_and_for_six(portal_client, family, children):
    parent, child, practice = family
    for number in range(children - 1):
        another = world.make_person(given_name=f"Kind {number}", birth_date=years_ago(5, number))
        world.enrol(another, practice)
        world.represent(parent, another)
    portal_client.sign_in(parent)
    with portal_client.stay(), CaptureQueriesContext(connection) as captured:
        answer = portal_client.get("/")
    assert len(answer.context["others"]) == children
    assert len([one for one in captured if "SAVEPOINT" not in one["sql"] and " ROLE " not in one["sql"]]) <= 22
    lines = AuditEvent.objects.filter(event="home.read", kind="profile")
    assert {line.patient_id for line in lines} == {person.person_id for person, _age in answer.context["others"]}
    assert lines.count() == children
    assert lines.get(patient_id=child.pk).consent == "agreement"


def test_row14_a_child_that_may_not_be_acted_for_is_not_named(portal_client, family):
    parent, child, practice = family
    too_old = world.make_person(given_name="Puber", birth_date=years_ago(13))
    closed = world.make_person(given_name="Veilig", birth_date=years_ago(6))
    for one, values in ((too_old, {}), (closed, {"closed_for_safety_at": current_moment()})):
        world.enrol(one, practice)
        world.represent(parent, one, **values)
    portal_client.sign_in(parent)
    assert [person.name for person, _age in portal_client.get("/").context["others"]] == [f"Sem {child.family_name}"]
    assert not AuditEvent.objects.filter(patient_id__in=[too_old.pk, closed.pk]).exists()
