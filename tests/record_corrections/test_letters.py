"""What is said about a letter stands beside it for everybody who reads it (ux 35; BW 7:454 lid 2; R4)."""

import pytest

from tests.conftest import acting
from tests.factories import documents, world
from tests.record_corrections.asking import ask, decide
from zorgbalie.kernel.clock import current_moment
from zorgbalie.record.models import CorrectionRequest, Document
from zorgbalie.record.queries.desk_corrections import get_desk_correction
from zorgbalie.record.types.corrections import CorrectionNotUsable, Wish

pytestmark = pytest.mark.django_db


class File:
    """A patient with a letter that is shared, and who decides."""

    def __init__(self):
        self.now = current_moment()
        self.patient, self.practice = world.make_patient_with_open_record()
        self.employee = world.make_employee(self.practice, name="dr. J. de Wit")
        documents.switch_on(self.practice)
        self.letter = documents.make_document(
            self.patient, self.practice, title="Brief over het hart", state="shared", published_at=self.now
        )

    def ask(self, **values):
        return ask(self.patient, self.now, item=("brief", self.letter), **values)

    def desk(self, correction_id):
        viewer = world.viewer_of_employee(self.employee)
        with acting(viewer):
            return get_desk_correction(
                viewer=viewer, patient_id=self.patient.pk, correction_id=correction_id, now=self.now
            )


@pytest.fixture
def file():
    return File()


def test_ux35_own_words_stand_on_the_letters_page_on_both_sides(file, portal_client, desk_client):
    correction_id = file.ask(wish=Wish.ADD, text="Ik slik dit middel niet meer.")
    decide(file.employee, file.patient, correction_id, "granted", file.now)
    portal_client.sign_in(file.patient)
    desk_client.sign_in(file.employee)
    file.practice.accounts.first().members.add(file.employee)
    for client, path in (
        (portal_client, f"/dossier/brieven/{file.letter.pk}/"),
        (portal_client, f"/verzoeken/{correction_id}/"),
        (desk_client, f"/correcties/{file.patient.pk}/{correction_id}/"),
    ):
        text = client.get(path).content.decode()
        assert "Ik slik dit middel niet meer." in text, path
        assert "Eigen tekst van de patiënt" in text, path
        assert "Brief over het hart" in text, path


def test_ux35_a_correction_of_a_letter_leaves_its_day_beside_it(file, portal_client):
    correction_id = file.ask()
    decide(file.employee, file.patient, correction_id, "granted", file.now, note="De naam is verbeterd.")
    portal_client.sign_in(file.patient)
    text = portal_client.get(f"/dossier/brieven/{file.letter.pk}/").content.decode()
    assert "Gecorrigeerd op" in text
    assert "De naam is verbeterd." in text


def test_r3_desk_sees_that_the_patient_reads_the_letter_or_does_not_or_that_it_is_gone(file):
    correction_id = file.ask()
    found = file.desk(correction_id)
    assert (found.item.letter.title, found.own_row, found.item_is_gone) == ("Brief over het hart", None, False)
    Document.objects.update(state="withdrawn")
    found = file.desk(correction_id)
    assert (found.item, found.item_is_gone) == (None, False)
    CorrectionRequest.objects.update(item_id=987654321)
    assert file.desk(correction_id).item_is_gone


def test_req57_a_letter_has_no_tick_so_that_it_is_not_hidden_here(file):
    """The desk stops sharing it on the letter's own page."""
    correction_id = file.ask(wish=Wish.REMOVE)
    assert not file.desk(correction_id).can_hide
    with pytest.raises(CorrectionNotUsable):
        decide(file.employee, file.patient, correction_id, "granted", file.now, hide=True)
    assert CorrectionRequest.objects.get().state == "sent"


def test_row_4_a_practice_elsewhere_and_its_staff_do_not_reach_the_letter_through_a_request(file, desk_client):
    correction_id = file.ask()
    elsewhere = world.make_practice()
    stranger = world.make_employee(elsewhere)
    world.make_account(elsewhere).members.add(stranger)
    desk_client.sign_in(stranger)
    answer = desk_client.get(f"/correcties/{file.patient.pk}/{correction_id}/")
    assert answer.status_code == 404
    assert b"Brief over het hart" not in answer.content
