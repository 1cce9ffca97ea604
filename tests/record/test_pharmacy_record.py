"""A pharmacy opens its own record beside that of the GP practice, each with its own agreement (REQ 11, 17, 79)."""

from datetime import timedelta

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access.actions import requests
from zorgbalie.access.models import AccessRequest, Agreement
from zorgbalie.access.types import AgreementMissing, RequestState
from zorgbalie.access.wall import set_subject
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.messaging.models import Notice
from zorgbalie.practice.types import Facility
from zorgbalie.record.actions.copy import check_wish, make_copy, publish_copy
from zorgbalie.record.actions.release import release_record
from zorgbalie.record.models import Medication, Observation
from zorgbalie.record.queries import patient_home, patient_record
from zorgbalie.record.queries.copy import get_copy_plan
from zorgbalie.record.queries.notes import may_keep_notes
from zorgbalie.record.queries.release import get_cockpit
from zorgbalie.record.types.desk import Choice, CopyWish, ItemKind, ItemRef, RecordPart
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
GP_PARTS = {
    "episodes": lambda viewer, now: patient_record.list_episodes(viewer=viewer, now=now, page=1),
    "contacts": lambda viewer, now: patient_record.list_contacts(viewer=viewer, now=now, page=1),
    "values": lambda viewer, now: patient_record.list_values(viewer=viewer, now=now, page=1),
}
LISTS = {
    "allergies": lambda viewer, now: patient_record.list_allergies(viewer=viewer, now=now, page=1),
    "medicines": lambda viewer, now: patient_record.list_medicines(viewer=viewer, now=now, page=1),
}


class Two:
    """A patient enrolled with both, each practice with rows of its own; what is open is for the test to say."""

    def __init__(self) -> None:
        self.practice = world.make_practice(name="De Linde")
        self.pharmacy = world.make_practice(kind="pharmacy", name="Apotheek De Vijzel")
        self.patient = world.make_person()
        world.enrol(self.patient, self.practice, world.make_account(self.practice))
        self.account = world.make_account(self.pharmacy, facilities=[Facility.MEDICATION, Facility.ALLERGIES])
        self.enrolment = world.enrol(self.patient, self.pharmacy, self.account)
        episode = world.make_episode(self.patient, self.practice, title="Kanarie-episode")
        world.make_entry(world.make_encounter(self.patient, self.practice), episode, text="Kanarie-regel")
        world.make_observation(self.patient, self.practice, title="Kanarie-meting")
        for place, word in ((self.practice, "huisarts"), (self.pharmacy, "apotheek")):
            world.make_medication(self.patient, place, title=f"Middel van de {word}")
            world.make_allergy(self.patient, place, title=f"Allergie van de {word}")
        self.viewer = world.viewer_of_patient(self.patient)
        self.pharmacist = world.viewer_of_employee(world.make_employee(self.pharmacy, role=StaffRole.PHARMACIST))

    def open(self, *places) -> None:
        for place in places:
            world.sign_agreement(self.patient, place)
            world.release_record(self.patient, place)


@pytest.fixture
def two() -> Two:
    return Two()


def _titles(found):
    return [(one.practice_name, [item.title for item in one.listed.items]) for one in found]


def _ask(two, now):
    with acting(two.viewer):
        requests.ask_to_read(viewer=two.viewer, practice_id=two.pharmacy.pk, now=now)
    return AccessRequest.objects.get(person=two.patient, practice=two.pharmacy)


def _look(two, now, viewer=None, choice=None):
    viewer = viewer or two.pharmacist
    with acting(viewer):
        return get_cockpit(viewer=viewer, patient_id=two.patient.pk, choice=choice or Choice(), now=now)


def _release(two, request, now, viewer=None, choice=None):
    viewer, choice = viewer or two.pharmacist, choice or Choice()
    digest = _look(two, now, choice=choice).digest
    with acting(viewer):
        release_record(
            viewer=viewer, request_id=request.pk, choice=choice, reason="van een ander", digest=digest, now=now
        )


def test_req79_the_whole_path_at_a_pharmacy(two, now):
    """The patient asks, the pharmacist looks, hides one medicine, releases; the patient reads the rest."""
    hidden = world.make_medication(two.patient, two.pharmacy, title="Verborgen middel")
    world.sign_agreement(two.patient, two.pharmacy)
    request = _ask(two, now)
    (item,) = WorkItem.objects.filter(practice=two.pharmacy)
    assert (item.about_id, item.for_right, item.state) == (request.pk, StaffRight.RELEASE_RECORD, "open")
    with pytest.raises(NotVisible), acting(two.viewer):
        LISTS["medicines"](two.viewer, now)
    _release(two, request, now, choice=Choice(hide=frozenset({ItemRef(ItemKind.MEDICINE, hidden.pk)})))
    request.refresh_from_db()
    item.refresh_from_db()
    assert (request.state, item.state) == (RequestState.RELEASED, "done")
    with acting(two.viewer):
        assert _titles(LISTS["medicines"](two.viewer, now)) == [("Apotheek De Vijzel", ["Middel van de apotheek"])]
    assert Medication.objects.get(pk=hidden.pk).hidden_reason == "van een ander"


def test_req79_the_cockpit_of_a_pharmacy_has_its_own_medicines_and_allergies_alone(two, now):
    cockpit = _look(two, now)
    assert {(item.ref.kind, item.title) for item in cockpit.items} == {
        (ItemKind.MEDICINE, "Middel van de apotheek"), (ItemKind.ALLERGY, "Allergie van de apotheek"),
    }  # fmt: skip
    page = cockpit.preview
    assert (page.episodes, page.contacts, page.values) == (None, None, None)
    assert (page.counts.medicines, page.counts.allergies, page.counts.lines) == (1, 1, 0)
    assert (cockpit.is_pharmacy, cockpit.is_served) == (True, True)


def test_r7_a_pharmacy_releases_nothing_before_both_signed(two, now):
    """An agreement with the GP practice is no agreement with the pharmacy."""
    world.sign_agreement(two.patient, two.practice)
    with pytest.raises(NotVisible), acting(two.viewer):
        requests.ask_to_read(viewer=two.viewer, practice_id=two.pharmacy.pk, now=now)
    request = world.release_record(two.patient, two.pharmacy, state="asked", decided_at=None)
    with pytest.raises(AgreementMissing):
        _release(two, request, now)
    request.refresh_from_db()
    assert request.state == RequestState.ASKED
    assert not Notice.objects.filter(person=two.patient).exists()


@pytest.mark.parametrize("half", [{"practice_signed_at": None}, {"patient_signed_at": None}])
def test_r7_half_an_agreement_opens_no_pharmacy(two, now, half):
    two.open(two.practice, two.pharmacy)
    Agreement.objects.filter(practice=two.pharmacy).update(**half)
    with acting(two.viewer):
        assert [name for name, _ in _titles(LISTS["medicines"](two.viewer, now))] == ["De Linde"]


def test_req79_who_decides_at_a_pharmacy(two, now):
    """The right decides; a colleague of the GP practice and another pharmacy have nothing to say."""
    world.sign_agreement(two.patient, two.pharmacy)
    request = _ask(two, now)
    without = [one for one in StaffRight if one is not StaffRight.RELEASE_RECORD]
    elsewhere = world.make_practice(kind="pharmacy")
    for practice, role, rights, error in (
        (two.pharmacy, StaffRole.PHARMACY_ASSISTANT, without, NotAllowed),
        (two.pharmacy, StaffRole.MANAGER, tuple(StaffRight), NotAllowed),
        (two.practice, StaffRole.GP, tuple(StaffRight), NotVisible),
        (elsewhere, StaffRole.PHARMACIST, tuple(StaffRight), NotVisible),
    ):
        viewer = world.viewer_of_employee(world.make_employee(practice, role=role, rights=rights))
        with pytest.raises(error):
            _release(two, request, now, viewer=viewer)
    request.refresh_from_db()
    assert request.state == RequestState.ASKED
    assistant = world.make_employee(two.pharmacy, role=StaffRole.PHARMACY_ASSISTANT)
    _release(two, request, now, viewer=world.viewer_of_employee(assistant))
    request.refresh_from_db()
    assert (request.state, request.decided_by_id) == (RequestState.RELEASED, assistant.pk)


def test_req17_both_lists_stand_side_by_side_under_their_practice(two, now):
    two.open(two.practice, two.pharmacy)
    with acting(two.viewer):
        overview = patient_record.get_overview(viewer=two.viewer, now=now)
        medicines, allergies = (LISTS[name](two.viewer, now) for name in ("medicines", "allergies"))
    assert _titles(medicines) == _titles(overview.medicines) == [
        ("De Linde", ["Middel van de huisarts"]), ("Apotheek De Vijzel", ["Middel van de apotheek"]),
    ]  # fmt: skip
    assert _titles(allergies) == _titles(overview.allergies) == [
        ("De Linde", ["Allergie van de huisarts"]), ("Apotheek De Vijzel", ["Allergie van de apotheek"]),
    ]  # fmt: skip
    assert overview.practice_names == ("De Linde", "Apotheek De Vijzel")


def test_row39_one_line_per_kind_and_practice(two, now):
    two.open(two.practice, two.pharmacy)
    with acting(two.viewer):
        LISTS["medicines"](two.viewer, now)
    found = AuditEvent.objects.filter(event="record.read").order_by("pk")
    assert [(line.kind, line.practice_id, line.outcome) for line in found] == [
        ("medication", two.practice.pk, "0"), ("medication", two.pharmacy.pk, "0"),
    ]  # fmt: skip


@pytest.mark.parametrize("open_at", ["practice", "pharmacy"])
@pytest.mark.parametrize("name", LISTS)
def test_r7_what_one_practice_opened_opens_nothing_of_the_other(two, now, open_at, name):
    two.open(getattr(two, open_at))
    word, other = ("huisarts", "apotheek") if open_at == "practice" else ("apotheek", "huisarts")
    with acting(two.viewer):
        text = str(LISTS[name](two.viewer, now)) + str(patient_record.get_overview(viewer=two.viewer, now=now))
    assert word in text
    assert f"van de {other}" not in text


@pytest.mark.parametrize("name", GP_PARTS)
def test_req17_with_the_pharmacy_alone_nothing_else_of_the_record_is_open(two, now, name):
    two.open(two.pharmacy)
    with pytest.raises(NotVisible), acting(two.viewer):
        GP_PARTS[name](two.viewer, now)
    with acting(two.viewer):
        overview = patient_record.get_overview(viewer=two.viewer, now=now)
        shell = patient_home.get_shell(viewer=two.viewer, now=now)
    assert (overview.episodes, overview.contacts, overview.values) == (None, None, None)
    assert "Kanarie" not in str(overview)
    assert shell.kinds == {"medication", "allergies"}


def test_r14_medication_off_shuts_the_pharmacy_at_both_sides(two, now):
    two.open(two.pharmacy)
    two.account.facilities = [Facility.ALLERGIES.value]
    two.account.save()
    for read in LISTS.values():
        with pytest.raises(NotVisible), acting(two.viewer):
            read(two.viewer, now)
    cockpit = _look(two, now)
    assert (cockpit.is_served, cockpit.items, cockpit.preview.medicines) == (False, (), None)


def test_r14_allergies_off_leaves_the_medicines(two, now):
    two.open(two.practice, two.pharmacy)
    two.account.facilities = [Facility.MEDICATION.value]
    two.account.save()
    with acting(two.viewer):
        assert [name for name, _ in _titles(LISTS["allergies"](two.viewer, now))] == ["De Linde"]
        assert len(LISTS["medicines"](two.viewer, now)) == 2
    assert _look(two, now).preview.allergies is None


def test_r14_rows_that_no_pharmacy_keeps_stay_shut_whatever_is_switched_on(two, now):
    """Should an import ever bring one, it is shown to nobody: the condition is on the practice, not on the rows."""
    two.open(two.practice, two.pharmacy)
    two.account.facilities = [one.value for one in Facility]
    two.account.save()
    world.make_episode(two.patient, two.pharmacy, title="Vreemde episode")
    world.make_observation(two.patient, two.pharmacy, title="Vreemde meting")
    assert "Vreemde" not in str(_look(two, now))
    with acting(two.viewer):
        shown = patient_record.get_overview(viewer=two.viewer, now=now)
        assert "Vreemde" not in str((shown, *(read(two.viewer, now) for read in GP_PARTS.values())))
        assert "Kanarie-episode" in str(shown)


def test_req79_the_wall_itself_tells_the_two_practices_apart(two):
    """Row-level security, without the gate: staff of either see no row of the other."""
    gp = world.viewer_of_employee(world.make_employee(two.practice))
    for viewer, own in ((two.pharmacist, "apotheek"), (gp, "huisarts")):
        with acting(viewer):
            set_subject(two.patient.pk)
            assert list(Medication.objects.values_list("title", flat=True)) == [f"Middel van de {own}"]
            assert Observation.objects.count() == (1 if own == "huisarts" else 0)


def test_req66_req79_a_pharmacy_copies_its_own_two_lists(two, now):
    viewer, patient_id = two.pharmacist, two.patient.pk
    world.sign_agreement(two.patient, two.pharmacy)
    request = _ask(two, now)
    wish = CopyWish(parts=frozenset(RecordPart), with_so=True, explanation="Uw medicijnen op papier.")
    with acting(viewer):
        plan = get_copy_plan(viewer=viewer, patient_id=patient_id, now=now)
        assert plan.counts == {RecordPart.ALLERGIES: 1, RecordPart.MEDICINES: 1}
        check_wish(wish=wish)
        assert publish_copy(viewer=viewer, patient_id=patient_id, wish=wish, now=now)
        assert make_copy(viewer=viewer, patient_id=patient_id, wish=wish, now=now).startswith(b"%PDF")
    request.refresh_from_db()
    assert request.state == RequestState.REFUSED
    gp = world.viewer_of_employee(world.make_employee(two.practice))
    with acting(gp):
        assert RecordPart.CONTACTS in get_copy_plan(viewer=gp, patient_id=patient_id, now=now).counts


def test_req59_a_pharmacy_keeps_no_work_notes(two, now):
    with acting(two.pharmacist):
        assert not may_keep_notes(viewer=two.pharmacist, patient_id=two.patient.pk, now=now)


def test_req24_news_of_one_practice_is_not_read_at_the_other(two, now):
    """The patient reads the pharmacy's list; that the GP practice opened its record stays news until it is read."""
    two.open(two.pharmacy)
    with acting(two.viewer):
        patient_record.get_overview(viewer=two.viewer, now=now)
    world.sign_agreement(two.patient, two.practice)
    world.release_record(two.patient, two.practice, decided_at=current_moment() - timedelta(hours=1))
    with acting(two.viewer):
        assert patient_home.get_state(viewer=two.viewer, now=now, event="home.read").is_news
        patient_record.get_overview(viewer=two.viewer, now=now)
    with acting(two.viewer):
        assert not patient_home.get_state(viewer=two.viewer, now=now, event="home.read").is_news
