"""Solving messages at the desk: who may, what is shown, and that a message goes into one record whole (REQ 62)."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import acting, as_role
from tests.factories import world
from tests.factories.lab import hl7, medlab, medvri
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange.actions.lab_importing import import_lab_files
from zorgbalie.exchange.actions.lab_solving import assign_message, set_message_aside
from zorgbalie.exchange.lab.outcome import MessageHandled, NoteMissing, OtherPatient
from zorgbalie.exchange.models import ReceivedMessage
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.record.models import LabReport
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
HOME = "/op-te-lossen/"


@pytest.fixture
def place():
    practice = world.make_practice(agb=f"01{next(world._number):06d}")
    return world.make_patient_with_open_record(practice)


@pytest.fixture
def employee(place):
    practice = place[1]
    employee = world.make_employee(practice)
    practice.accounts.first().members.add(employee)
    return employee


@pytest.fixture
def waiting(place, tmp_path, now):
    """Put messages on the list; returns their rows."""

    def put(*contents):
        paths = []
        for number, content in enumerate(contents):
            paths.append(tmp_path / f"{number}.edi")
            paths[-1].write_bytes(content)
        with as_role("zorgbalie_worker"):
            import_lab_files(paths=paths, practice=place[1].agb, dry_run=False, now=now)
        return list(ReceivedMessage.objects.filter(state="waiting").order_by("pk"))

    return put


def test_message_is_found_in_the_inbox_compared_and_put_in_the_record(desk_client, place, employee, waiting):
    patient, _ = place
    [row] = waiting(medlab(""))
    desk_client.sign_in(employee)
    assert f"{HOME}{row.pk}/" in desk_client.get("/").content.decode()
    page = desk_client.get(f"{HOME}{row.pk}/").content.decode()
    assert "Er staat geen BSN in het bericht." in page
    assert "Hemoglobine" in page
    compare = f"{HOME}{row.pk}/patient/{patient.pk}/"
    assert compare in page  # found by the birth date
    assert desk_client.post(compare).status_code == 422
    assert not LabReport.objects.exists()
    assert desk_client.post(compare, {"compared": "on"}).status_code == 302
    report = LabReport.objects.get()
    assert (report.patient_id, report.results.count()) == (patient.pk, 4)
    row.refresh_from_db()
    assert (row.state, row.patient_id, row.decided_by_id) == ("assigned", patient.pk, employee.pk)
    assert sorted(WorkItem.objects.values_list("kind", "state")) == [("lab_report", "open"), ("lab_unmatched", "done")]
    assert {"lab.assign", "lab.receive", "lab.compare"} <= set(
        AuditEvent.objects.filter(patient_id=patient.pk).values_list("event", flat=True)
    )
    assert "gekoppeld" in desk_client.get(HOME, {"opgelost": "1"}).content.decode()


def test_row64_a_bsn_of_somebody_else_cannot_be_assigned(desk_client, place, employee, waiting, now):
    patient, practice = place
    other, _ = world.make_patient_with_open_record(practice)
    [row] = waiting(medlab(other.bsn, birth="1999:01:01"))
    desk_client.sign_in(employee)
    page = desk_client.get(f"{HOME}{row.pk}/patient/{patient.pk}/").content.decode()
    assert "Het BSN in het bericht is niet dat van deze patiënt." in page
    assert 'name="compared"' not in page
    viewer = world.viewer_of_employee(employee)
    with pytest.raises(OtherPatient), acting(viewer):
        assign_message(viewer=viewer, message_id=row.pk, patient_id=patient.pk, now=now)
    assert not LabReport.objects.exists()
    assert "De geboortedatum is anders" in desk_client.get(f"{HOME}{row.pk}/patient/{other.pk}/").content.decode()


def test_row45_the_bsn_is_masked_on_every_page(desk_client, place, employee, waiting):
    patient, practice = place
    [row] = waiting(hl7(patient.bsn, birth="19990101"))
    desk_client.sign_in(employee)
    pages = [HOME, f"{HOME}{row.pk}/", f"{HOME}{row.pk}/patient/{patient.pk}/", f"{HOME}{row.pk}/wegleggen/"]
    for path in pages:
        answer = desk_client.get(path)
        assert answer.status_code == 200
        assert patient.bsn not in answer.content.decode(), path
    assert practice.pk


def test_broken_message_shows_its_line_and_can_only_be_set_aside(desk_client, place, employee, waiting):
    patient, _ = place
    broken, free = waiting(
        hl7(patient.bsn, results=["OBX|1|NM|<script>^Hb^LN||8|||||||Q"]),
        medvri(patient.bsn).replace(b"TXT:2+", b"TXT:3+"),
    )
    desk_client.sign_in(employee)
    page = desk_client.get(f"{HOME}{broken.pk}/").content.decode()
    assert "regel 7" in page
    assert "&lt;script&gt;" in page
    assert "/patient/" not in page
    assert desk_client.get(f"{HOME}{broken.pk}/patient/{patient.pk}/").status_code == 302
    assert desk_client.post(f"{HOME}{broken.pk}/patient/{patient.pk}/", {"compared": "on"}).status_code == 302
    assert not LabReport.objects.exists()
    assert "Er ontbreken regels, of er zijn er te veel." in desk_client.get(f"{HOME}{free.pk}/").content.decode()
    aside = f"{HOME}{broken.pk}/wegleggen/"
    assert desk_client.post(aside, {"note": "  "}).status_code == 422
    assert desk_client.post(aside, {"note": "Het laboratorium stuurt het opnieuw."}).status_code == 302
    broken.refresh_from_db()
    assert (broken.state, broken.note, bool(broken.content)) == (
        "set_aside",
        "Het laboratorium stuurt het opnieuw.",
        True,
    )
    assert AuditEvent.objects.filter(event="lab.set_aside", object_id=str(broken.pk)).count() == 1


def test_rows5_and_6_others_see_nothing(desk_client, place, waiting, now):
    patient, practice = place
    [row] = waiting(medlab(""))
    rights = [right for right in StaffRight if right is not StaffRight.PUBLISH_RESULTS]
    without = world.make_employee(practice, rights=rights)
    practice.accounts.first().members.add(without)
    elsewhere = world.make_practice()
    stranger = world.make_employee(elsewhere)
    world.make_account(elsewhere).members.add(stranger)
    paths = [f"{HOME}{row.pk}/", f"{HOME}{row.pk}/patient/{patient.pk}/", f"{HOME}{row.pk}/wegleggen/"]
    for who, status in ((without, 403), (stranger, 404)):
        desk_client.sign_in(who)
        assert [desk_client.get(path).status_code for path in paths] == [status] * 3
        answers = [desk_client.post(path, {"compared": "on", "note": "x"}).status_code for path in paths[1:]]
        assert answers == [status] * 2
    assert "Op te lossen berichten" not in _page(desk_client, without, "/")
    viewer, outsider = world.viewer_of_employee(without), world.viewer_of_employee(stranger)
    with pytest.raises(NotAllowed), acting(viewer):
        set_message_aside(viewer=viewer, message_id=row.pk, note="x", now=now)
    with pytest.raises(NotVisible), acting(outsider):
        set_message_aside(viewer=outsider, message_id=row.pk, note="x", now=now)
    with acting(outsider):
        assert not ReceivedMessage.objects.exists()  # the wall, not the query
    row.refresh_from_db()
    assert row.state == "waiting"


def _page(client, employee, path):
    client.sign_in(employee)
    return client.get(path).content.decode()


def test_the_wall_hides_what_went_into_a_record_at_once(place, employee, waiting):
    patient, _ = place
    waiting(medlab(patient.bsn))
    assert ReceivedMessage.objects.get().state == "stored"
    with acting(world.viewer_of_employee(employee)):
        assert not ReceivedMessage.objects.exists()
    with pytest.raises(DatabaseError, match="permission denied"), acting(world.viewer_of_patient(patient)):
        ReceivedMessage.objects.exists()


def test_message_is_not_assigned_to_a_patient_of_another_practice(place, employee, waiting, now):
    other, _ = world.make_patient_with_open_record()
    [row] = waiting(medlab(""))
    viewer = world.viewer_of_employee(employee)
    with pytest.raises(NotVisible), acting(viewer):
        assign_message(viewer=viewer, message_id=row.pk, patient_id=other.pk, now=now)
    assert not LabReport.objects.exists()


def test_solved_message_is_not_solved_again(place, employee, waiting, now):
    patient, _ = place
    [row] = waiting(medlab(""))
    viewer = world.viewer_of_employee(employee)
    with pytest.raises(NoteMissing), acting(viewer):
        set_message_aside(viewer=viewer, message_id=row.pk, note=" ", now=now)
    with acting(viewer):
        set_message_aside(viewer=viewer, message_id=row.pk, note="dubbel", now=now)
    with pytest.raises(MessageHandled), acting(viewer):
        assign_message(viewer=viewer, message_id=row.pk, patient_id=patient.pk, now=now)
    assert not LabReport.objects.exists()
    assert waiting(medlab("")) == []  # sent again, it stays set aside


def test_list_pages_searches_and_costs_the_same_at_thirty(desk_client, place, employee, waiting):
    desk_client.sign_in(employee)
    assert "Geen berichten op te lossen" in desk_client.get(HOME).content.decode()
    waiting(medlab("", number="0", name="Zonderling:::::Q."))
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert "Q. Zonderling" in desk_client.get(HOME).content.decode()
    waiting(*(medlab("", number=str(number)) for number in range(1, 30)))
    with CaptureQueriesContext(connection) as thirty:
        page = desk_client.get(HOME).content.decode()
    assert len(thirty) <= len(one)
    assert "30 berichten" in page
    assert desk_client.get(HOME, {"q": "zonderling"}).content.decode().count("Q. Zonderling") == 1
    assert "Niets gevonden" in desk_client.get(HOME, {"q": "niemand"}).content.decode()
    assert desk_client.get(HOME, {"page": "2"}).content.decode().count(f'href="{HOME}') >= 5


def test_row32_garbage(desk_client, place, employee, waiting):
    [row] = waiting(medlab(""))
    desk_client.sign_in(employee)
    for value in ("\0", "x" * 5000, "-1", "%", "99-99-9999"):
        assert desk_client.get(HOME, {"q": value, "page": value}).status_code == 200
        assert desk_client.get(f"{HOME}{row.pk}/", {"patient": value}).status_code == 200
        assert desk_client.post(f"{HOME}{row.pk}/wegleggen/", {"note": "\0" + value * 400}).status_code in (302, 422)
