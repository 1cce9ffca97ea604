"""What happens when many press at once on the real pages (R11; security rows 46, 48 and 59)."""

import re
from uuid import uuid4

import pytest

from tests.agenda.pressing import (
    BROWSERS,
    KINDS,
    ROUNDS,
    at_once,
    desks_browser,
    pass_warning,
    patients_browser,
    press_many,
    press_time,
)
from tests.agenda.steps import Scene
from tests.factories import earlier
from zorgbalie.agenda.models import Appointment, AppointmentChange, Claim, EarlierOffer, Occupation
from zorgbalie.faces.patient.booking.times import place_value
from zorgbalie.kernel.clock import current_moment, local_date

pytestmark = pytest.mark.django_db(transaction=True)


def _want(client, scene, place):
    """All pages from the warning to the appointment; the last answer, or the first that says no."""
    pass_warning(client)
    answer = press_time(client, scene.kind, place, uuid4())
    if answer.status_code != 302:
        return answer
    here = answer["Location"].removesuffix("gegevens/")
    client.post(f"{here}gegevens/", {"doen": "verder", "reason": "Keelpijn"})
    shown = re.search(r'name="revision" value="(\d+)"', client.get(f"{here}controleer/").content.decode())
    return client.post(f"{here}controleer/", {"revision": shown[1]})


def test_row46_many_browsers_press_one_time_and_one_has_it_the_others_get_other_times():
    scene = Scene(current_moment())
    browsers = [patients_browser(scene.patient()) for _ in range(BROWSERS)]
    for number in range(ROUNDS):
        place = scene.place(8 * 60 + 10 * (number % 10))
        answers = at_once([lambda one=one, at=place: _want(one, scene, at) for one in browsers], browsers)
        refused = [answer for answer in answers if answer.status_code == 409]
        assert len(refused) == BROWSERS - 1, sorted(answer.status_code for answer in answers)
        assert all(answer.content.decode().count('name="plek"') >= 3 for answer in refused), "no dead end"
        booked = Appointment.objects.get(state="booked")
        claim = Claim.objects.get()
        assert (booked.starts_at, booked.claim_id, claim.expires_at) == (place.starts_at, claim.pk, None)
        AppointmentChange.objects.all().delete()
        Appointment.objects.all().delete()
        claim.delete()


def test_row48_each_form_of_a_patient_pressed_many_times_at_once_has_one_effect_and_one_answer():
    scene = Scene(current_moment())
    client, place, other = patients_browser(scene.person), scene.place(9 * 60), scene.place(9 * 60 + 30)
    pass_warning(client)
    held = press_many(client, f"{KINDS}{scene.kind.pk}/", {"plek": place_value(place), "token": str(uuid4())})
    here = held["Location"].removesuffix("gegevens/")
    assert Appointment.objects.count() == Claim.objects.count() == 1
    assert press_many(client, f"{here}gegevens/", {"doen": "verder", "reason": "Keelpijn"}).status_code == 302
    row = Appointment.objects.get()
    assert press_many(client, f"{here}controleer/", {"revision": row.revision})["Location"] == f"{here}klaar/"
    row.refresh_from_db()
    mine, values = f"/afspraken/{row.pk}/", {"plek": place_value(other), "revision": row.revision}
    assert press_many(client, f"{mine}verzetten/", values)["Location"] == mine
    row.refresh_from_db()
    assert (row.starts_at, Claim.objects.count()) == (other.starts_at, 1)
    offer = earlier.make_offer(earlier.make_wish(row, scene.now), scene.place(8 * 60), scene.now)
    values = {"antwoord": "ja", "revision": row.revision}
    assert press_many(client, f"/afspraken/aanbod/{offer.pk}/", values)["Location"] == mine
    row.refresh_from_db()
    assert (row.starts_at, Claim.objects.count()) == (scene.place(8 * 60).starts_at, 1)
    assert press_many(client, f"{mine}afzeggen/", {"revision": row.revision})["Location"] == mine
    row.refresh_from_db()
    assert (row.state, Claim.objects.count(), EarlierOffer.objects.get().state) == ("cancelled", 0, "taken")
    steps = AppointmentChange.objects.order_by("pk").values_list("what", flat=True)
    assert list(steps) == ["booked", "moved", "moved", "cancelled"], "each once"


def test_row48_each_form_of_the_desk_pressed_many_times_at_once_has_one_effect_and_one_answer():
    scene = Scene(current_moment())
    client = desks_browser(scene.employee)

    def text_of(minutes):
        return f"{scene.agenda.pk}|{scene.place(minutes).starts_at.isoformat()}"

    values = {"token": str(uuid4()), "soort": scene.kind.pk, "place": text_of(480), "reason": "Belde"}
    answer = press_many(client, f"/afspraken/{scene.person.pk}/nieuw/", values)
    row = Appointment.objects.get()
    here = f"/afspraken/{scene.person.pk}/{row.pk}/"
    assert answer["Location"] == here
    values = {"revision": row.revision, "place": text_of(500)}
    assert press_many(client, f"{here}verzetten/", values)["Location"] == here
    row.refresh_from_db()
    assert (row.starts_at, Claim.objects.count()) == (scene.place(500).starts_at, 1)
    address = scene.place(520).starts_at.strftime("%Y-%m-%dT%H:%MZ")
    dragged = f"/agenda/verzetten/{scene.person.pk}/{row.pk}/?agenda={scene.agenda.pk}&begin={address}"
    answer = press_many(client, dragged, {"revision": row.revision})
    assert answer["Location"].endswith(f"#a{row.pk}")
    row.refresh_from_db()
    assert (row.starts_at, Claim.objects.count()) == (scene.place(520).starts_at, 1)
    assert press_many(client, f"{here}afzeggen/", {"revision": row.revision})["Location"] == here
    row.refresh_from_db()
    assert (row.state, Claim.objects.count()) == ("cancelled", 0)
    values = {
        "soort": "meeting", "titel": "Overleg", "agenda": scene.agenda.pk, "dag": scene.day.isoformat(),
        "van": "09:00", "tot": "09:30",
    }  # fmt: skip
    assert press_many(client, "/agenda/vullen/", values).status_code == 302
    assert Occupation.objects.count() == Claim.objects.count() == 1
    steps = AppointmentChange.objects.order_by("pk").values_list("what", flat=True)
    assert list(steps) == ["booked", "moved", "moved", "cancelled"], "each once"
    assert local_date(Occupation.objects.get().starts_at) == scene.day
