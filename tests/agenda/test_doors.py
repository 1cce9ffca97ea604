"""Who may not: other patients, other practices, ended relations, roles without the right (R10; rows 1, 3, 5, 6, 13)."""

from datetime import timedelta

import pytest

from tests.agenda.pressing import desks_browser, pass_warning, patients_browser, press_time
from tests.agenda.steps import Scene
from tests.factories import earlier, world
from zorgbalie.agenda.models import Appointment, Occupation
from zorgbalie.faces.patient.booking.times import place_value
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.people.models import Representation
from zorgbalie.practice.models import Account, Employee, Enrolment

pytestmark = pytest.mark.django_db
_TOKEN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def scene():
    return Scene(current_moment())


def _all_of(scene, row, offer):
    """Each address of an appointment, with the form that changes it."""
    mine, held = f"/afspraken/{row.pk}/", f"/afspraak-maken/{row.pk}/"
    place = {"plek": place_value(scene.place(9 * 60)), "revision": row.revision}
    yes = {"antwoord": "ja", "revision": row.revision}
    return {
        mine: None, f"{mine}afspraak.ics": None, f"{mine}verzetten/": place, f"{mine}afzeggen/": place,
        f"{mine}eerder/": {"whose": "any", "part": "any"}, f"{mine}eerder/stoppen/": {},
        f"/afspraken/aanbod/{offer.pk}/": yes, f"{held}gegevens/": {"doen": "stop"}, f"{held}controleer/": place,
        f"{held}klaar/": None, f"{held}weg/": {"doen": "stop"},
    }  # fmt: skip


def _closed(client, addresses):
    for path, form in addresses.items():
        if form is None or not path.endswith(("stoppen/", "weg/")):
            answer = client.get(path)
            assert answer.status_code == 404, path
        if form is not None:
            assert client.post(path, form).status_code == 404, path


@pytest.mark.parametrize("who", ["other patient", "other practice", "left", "facility off", "child of nobody"])
def test_row1_3_13_nothing_of_an_appointment_opens_and_nothing_changes(scene, who):
    row = Appointment.objects.get(pk=scene.booked(scene.place(9 * 60 + 30)).appointment_id)
    offer = earlier.make_offer(earlier.make_wish(row, scene.now), scene.place(), scene.now)
    person = {"other patient": scene.patient, "other practice": Scene(scene.now).patient}.get(
        who, lambda: scene.person
    )()
    client = patients_browser(person)
    if who == "left":
        Enrolment.objects.filter(person=person).update(ended_at=scene.now)
    elif who == "facility off":
        Account.objects.update(facilities=[])
    elif who == "child of nobody":
        parent = scene.patient()
        link = world.represent(parent, scene.person)
        client = patients_browser(parent, scene.person)
        Representation.objects.filter(pk=link.pk).update(ends_on=local_date(scene.now) - timedelta(days=1))
    before = Appointment.objects.values().get(pk=row.pk)
    if who == "child of nobody":
        for path, form in _all_of(scene, row, offer).items():
            answer = client.get(path) if form is None else client.post(path, form)
            assert answer.status_code in (302, 403, 404), path
            assert scene.kind.name not in answer.content.decode()
    else:
        _closed(client, _all_of(scene, row, offer))
    assert Appointment.objects.values().get(pk=row.pk) == before


def test_r14_who_leaves_the_practice_while_holding_books_nothing(scene):
    client = patients_browser(scene.person)
    pass_warning(client)
    here = press_time(client, scene.kind, scene.place(), _TOKEN)["Location"].removesuffix("gegevens/")
    client.post(f"{here}gegevens/", {"doen": "verder", "reason": "Keelpijn"})
    revision = Appointment.objects.get().revision
    Enrolment.objects.filter(person=scene.person).update(ended_at=scene.now)
    assert client.post(f"{here}controleer/", {"revision": revision}).status_code == 404
    assert Appointment.objects.get().state == "held"


def test_r11_no_way_of_a_patient_leads_to_the_urgent_reserve(scene):
    """All of the day is the reserve: pressed, kept, moved to, offered, with another agenda or length in the form."""
    row = Appointment.objects.get(pk=scene.booked(scene.place(9 * 60 + 30)).appointment_id)
    offer = earlier.make_offer(earlier.make_wish(row, scene.now), scene.place(), scene.now)
    client = patients_browser(scene.person)
    pass_warning(client)
    held = press_time(client, scene.kind, scene.place(9 * 60), _TOKEN)["Location"]
    type(scene.agenda).objects.update(urgent_reserve=99)
    number, begins, _length = place_value(scene.place()).split("_")
    for plek in (place_value(scene.place()), f"{number}_{begins}_20", f"{number}_{begins}_5"):
        assert client.post(held, {"doen": "verder", "plek": plek}).status_code == 409
        form = {"plek": plek, "revision": row.revision}
        assert client.post(f"/afspraken/{row.pk}/verzetten/", form).status_code == 409
    answer = client.post(f"/afspraken/aanbod/{offer.pk}/", {"antwoord": "ja", "revision": row.revision})
    assert answer.status_code == 409
    assert not Appointment.objects.filter(starts_at=scene.place().starts_at).exists()


@pytest.mark.parametrize("who", ["no right", "manager with the right", "pharmacy", "other practice"])
def test_row5_6_the_desk_without_the_right(scene, who):
    row = Appointment.objects.get(pk=scene.booked().appointment_id)
    scene.occupy(scene.place(9 * 60))
    employees = {
        "no right": lambda: world.make_employee(scene.practice, role="assistant", rights=()),
        "manager with the right": lambda: world.make_employee(scene.practice, role="manager"),
        "pharmacy": lambda: world.make_employee(world.make_practice(kind="pharmacy"), role="pharmacist"),
        "other practice": lambda: Scene(scene.now).employee,
    }
    client = desks_browser(employees[who]())
    here, busy = f"/afspraken/{scene.person.pk}/{row.pk}/", f"/agenda/vullen/{Occupation.objects.get().pk}/"
    before = Appointment.objects.values().get(pk=row.pk)
    for path in (here, f"{here}afzeggen/", f"{here}verzetten/", busy, f"/afspraken/{scene.person.pk}/nieuw/"):
        assert client.get(path).status_code in (403, 404), path
        form = {
            "revision": row.revision,
            "place": f"{scene.agenda.pk}|{scene.place(9 * 60 + 30).starts_at.isoformat()}",
        }
        assert client.post(path, {**form, "token": _TOKEN, "soort": scene.kind.pk}).status_code in (403, 404, 405), path
    assert client.post(f"{busy}weg/").status_code in (302, 403, 404)
    assert Appointment.objects.values().get(pk=row.pk) == before
    assert Occupation.objects.count() == 1
    for path in ("/agenda/", "/agenda/daglijst/", "/agenda/tabel/", "/afspraken/"):
        answer = client.get(path)
        assert answer.status_code in (403, 404) or who == "other practice"
        assert scene.kind.name not in answer.content.decode()


def test_row13_who_became_a_manager_reads_nothing_at_an_address_for_a_calendar(scene, settings):
    scene.occupy(scene.place(9 * 60), title="Geheim overleg")
    client = desks_browser(scene.employee)
    token = client.get("/agenda-koppelen/").context["form"]["token"].value()
    made = client.post("/agenda-koppelen/", {"name": "T", "agenda": "alle", "shows": "tijden", "token": token})
    path = "/agenda-feed/" + made.context["address"].rsplit("/", 1)[1]
    assert "Geheim overleg" in client.get(path).content.decode()
    Employee.objects.filter(pk=scene.employee.pk).update(role="manager")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("has_consent", "status"), [(False, 404), (True, 200)])
def test_bw7_450_a_parent_of_a_child_of_14_sees_appointments_with_its_consent_alone(scene, has_consent, status):
    child = scene.patient(birth_date=local_date(scene.now) - timedelta(days=365 * 14 + 30))
    row = Appointment.objects.get(pk=scene.booked(scene.place(), person=child).appointment_id)
    parent = scene.patient()
    world.represent(parent, child, child_consent_at=scene.now if has_consent else None)
    client = patients_browser(parent, child)
    assert client.get(f"/afspraken/{row.pk}/").status_code == status
    assert client.get(f"/afspraken/{row.pk}/afspraak.ics").status_code == status
    assert patients_browser(child).get(f"/afspraken/{row.pk}/").status_code == 200
