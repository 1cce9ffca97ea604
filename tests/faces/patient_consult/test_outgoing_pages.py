"""What the patient sees of what the practice begins (REQ 33, 34; AVG 21)."""

import pytest

from tests.factories import outgoing, world
from zorgbalie.consult.models import MailingObjection

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(portal_client):
    person, practice = world.make_patient_with_open_record()
    employee = world.make_employee(practice, name="dr. J. de Wit")
    portal_client.sign_in(person)
    return portal_client, person, practice, employee


def test_a_message_stands_on_the_first_page_and_in_the_list_in_words_of_its_own(scene):
    client, person, practice, employee = scene
    from zorgbalie.kernel.clock import current_moment

    row = outgoing.make_begun(person, practice, employee, changed_at=current_moment())
    assert "Lees het bericht van uw praktijk" in client.get("/").content.decode()
    listed = client.get("/vragen/").content.decode()
    assert "nieuw bericht" in listed
    assert "bericht van de praktijk" in listed
    page = client.get(f"/vragen/{row.pk}/").content.decode()
    assert "Komt u prikken?" in page
    assert f"Van {practice.name}" in page
    assert "Hoe ver is uw vraag?" not in page, "nothing was asked"
    assert "Lees het bericht van uw praktijk" not in client.get("/").content.decode()


def test_without_replies_there_is_no_field_and_a_way_to_ask_anew(scene):
    client, person, practice, employee = scene
    row = outgoing.make_begun(person, practice, employee, takes_replies=False)
    page = client.get(f"/vragen/{row.pk}/").content.decode()
    assert "U kunt hier niet terugschrijven" in page
    assert "<textarea" not in page
    answer = client.post(f"/vragen/{row.pk}/", {"text": "Toch", "token": "6d1f8a52-7d0e-4a57-9a63-6c3f2f1f7a10"})
    assert answer.status_code == 422
    assert "Toch" in answer.content.decode()


def test_a_planned_question_is_announced_with_its_day_and_not_its_text(scene):
    client, person, practice, employee = scene
    row = outgoing.make_begun(person, practice, employee)
    outgoing.make_plan(row, employee, text="Geheim tot die dag")
    page = client.get(f"/vragen/{row.pk}/").content.decode()
    assert "We vragen u op 9 november 2026 hoe het gaat" in page
    assert "Geheim tot die dag" not in page


def test_avg21_no_more_messages_to_a_group_and_again(scene):
    client, person, practice, employee = scene
    row = outgoing.make_begun(person, practice, employee, mailing=outgoing.make_mailing(practice, employee))
    assert "ging naar meer patiënten" in client.get(f"/vragen/{row.pk}/").content.decode()
    client.post(f"/vragen/{row.pk}/groep/", {"wens": "niet"})
    assert MailingObjection.objects.get().patient_id == person.pk
    assert "Stuur mij zulke berichten weer wel" in client.get(f"/vragen/{row.pk}/").content.decode()
    client.post(f"/vragen/{row.pk}/groep/", {"wens": "weer"})
    assert MailingObjection.objects.count() == 0
    single = outgoing.make_begun(person, practice, employee)
    assert client.post(f"/vragen/{single.pk}/groep/", {"wens": "niet"}).status_code == 404
