"""The patient's queries and the desk's preview: same values, each behind its own right (REQ 55; R3, R7, R13)."""

from datetime import date

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access.models import Agreement
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.record.models import Episode
from zorgbalie.record.queries import glossary, patient_home, patient_record, preview
from zorgbalie.record.types import Hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    """A patient with an open record of one of each."""
    patient, practice = world.make_patient_with_open_record()
    episode = world.make_episode(patient, practice, title="Astma")
    world.make_entry(world.make_encounter(patient, practice), episode, text="Gaat goed")
    world.make_observation(patient, practice)
    world.make_allergy(patient, practice)
    world.make_medication(patient, practice)
    return patient, practice, episode


READS = {
    "overview": lambda viewer, now: patient_record.get_overview(viewer=viewer, now=now),
    "episodes": lambda viewer, now: patient_record.list_episodes(viewer=viewer, now=now, page=1),
    "contacts": lambda viewer, now: patient_record.list_contacts(viewer=viewer, now=now, page=1),
    "values": lambda viewer, now: patient_record.list_values(viewer=viewer, now=now, page=1),
    "allergies": lambda viewer, now: patient_record.list_allergies(viewer=viewer, now=now, page=1),
    "medicines": lambda viewer, now: patient_record.list_medicines(viewer=viewer, now=now, page=1),
}


@pytest.mark.parametrize("name", READS)
def test_a_patient_reads_and_a_stranger_does_not(file, now, name):
    patient, _, _ = file
    own = world.viewer_of_patient(patient)
    with acting(own):
        assert READS[name](own, now)
    stranger = world.viewer_of_patient(world.make_person(), subject=patient)
    with pytest.raises(NotVisible), acting(stranger):
        READS[name](stranger, now)


@pytest.mark.parametrize("name", READS)
def test_r7_nothing_is_read_after_the_agreement_ended(file, now, name):
    patient, _practice, _ = file
    Agreement.objects.filter(person=patient).update(ended_at=now)
    viewer = world.viewer_of_patient(patient)
    with pytest.raises(NotVisible), acting(viewer):
        READS[name](viewer, now)
    assert set(AuditEvent.objects.values_list("outcome", flat=True)) <= {"4"}


@pytest.mark.parametrize("name", READS)
def test_staff_do_not_come_in_by_the_patients_door(file, now, name):
    _, practice, _ = file
    staff = world.viewer_of_employee(world.make_employee(practice))
    with pytest.raises(NotVisible), acting(staff):
        READS[name](staff, now)


def test_req55_the_preview_is_what_the_patient_reads(file, now):
    patient, practice, episode = file
    world.make_episode(patient, practice, title="Verborgen", visible_to_patient=False)
    viewer, staff = world.viewer_of_patient(patient), world.viewer_of_employee(world.make_employee(practice))
    with acting(viewer):
        own = patient_record.get_overview(viewer=viewer, now=now)
    with acting(staff):
        previewed = preview.preview_record(viewer=staff, patient_id=patient.pk, hidden=None, now=now)
        everything = preview.list_candidates(viewer=staff, patient_id=patient.pk, now=now)
        tried = preview.preview_record(
            viewer=staff, patient_id=patient.pk, hidden=Hidden(episode_ids=frozenset({episode.pk})), now=now
        )
    assert previewed.episodes == own.episodes
    (allergies,), (medicines,) = own.allergies, own.medicines
    for seen, read in (
        (previewed.contacts, own.contacts),
        (previewed.values, own.values),
        (previewed.allergies, allergies.listed),
        (previewed.medicines, medicines.listed),
    ):
        assert (seen.items, seen.total) == (read.items, read.total)
    assert own.practice_names == (practice.name,)
    assert [one.title for one in everything.episodes.items] == ["Verborgen", "Astma"]
    assert [one.title for one in tried.episodes.items] == ["Verborgen"]
    assert tried.counts.lines == 0
    assert Episode.objects.filter(visible_to_patient=False).count() == 1


def test_req55_the_stored_ticks_can_be_asked_for(file, now):
    patient, practice, episode = file
    type(episode).objects.filter(pk=episode.pk).update(visible_to_patient=False)
    staff = world.viewer_of_employee(world.make_employee(practice))
    with acting(staff):
        assert preview.get_stored_hidden(viewer=staff, patient_id=patient.pk, now=now) == Hidden(
            episode_ids=frozenset({episode.pk})
        )


def test_row_6_a_preview_asks_the_right_to_release(file, now):
    patient, practice, _ = file
    without = world.make_employee(practice, rights=[one for one in StaffRight if one is not StaffRight.RELEASE_RECORD])
    manager = world.make_employee(practice, role=StaffRole.MANAGER)
    elsewhere = world.make_employee(world.make_practice())
    for employee, error in ((without, NotAllowed), (manager, NotAllowed), (elsewhere, NotVisible)):
        viewer = world.viewer_of_employee(employee)
        with pytest.raises(error), acting(viewer):
            preview.preview_record(viewer=viewer, patient_id=patient.pk, hidden=None, now=now)
        with pytest.raises(error), acting(viewer):
            preview.get_stored_hidden(viewer=viewer, patient_id=patient.pk, now=now)


def test_r14_a_preview_leaves_out_what_is_off(now):
    practice = world.make_practice()
    patient = world.make_person()
    world.enrol(patient, practice, world.make_account(practice, facilities=["journal_ep", "diagnostic_values"]))
    world.make_medication(patient, practice)
    staff = world.viewer_of_employee(world.make_employee(practice))
    with acting(staff):
        found = preview.preview_record(viewer=staff, patient_id=patient.pk, hidden=None, now=now)
    assert (found.medicines, found.allergies) == (None, None)


def test_the_practice_that_keeps_the_record_is_the_gp(file):
    patient, practice, _ = file
    pharmacy = world.make_practice(kind="pharmacy", name="Aapotheek")
    world.enrol(patient, pharmacy)
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        assert patient_home.check_record_practice(viewer=viewer) == practice.pk


def test_ux34_the_glossary_falls_back_on_dutch(file):
    patient, _, _ = file
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        dutch, english, frisian = (glossary.list_terms(language=one) for one in ("nl", "en", "fy"))
    assert len(dutch) >= 60
    assert (dutch["RR"], english["RR"], frisian["RR"]) == ("bloeddruk", "blood pressure", "bloeddruk")
    assert dutch.keys() == english.keys()


def test_a_line_before_online_access_stays_inside_although_the_rest_is_open(file, now):
    patient, practice, episode = file
    old = world.make_encounter(patient, practice, started_on=date(2024, 6, 1))
    world.make_entry(old, episode, text="CANARIE")
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        found, contacts = patient_record.get_episode(viewer=viewer, episode_id=episode.pk, now=now, page=1)
    assert found.title == "Astma"
    assert [line.text for contact in contacts.items for line in contact.lines] == ["Gaat goed"]
