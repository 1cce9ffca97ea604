"""`Afspraken` as pages, without script (REQ 38; R10, R11, R14, R15; ux 16, 17, 42, 43)."""

from datetime import timedelta

import pytest

from tests.agenda.steps import Scene
from tests.factories import agenda as rows
from tests.factories import earlier, world
from zorgbalie.agenda.models import Appointment, AppointmentKind, EarlierOffer, EarlierWish
from zorgbalie.kernel.clock import current_moment
from zorgbalie.messaging.models import NoticePreference
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


class Portal(Scene):
    """A patient with an appointment at 9.50, who signed in at the portal."""

    def __init__(self, client):
        super().__init__(current_moment())
        self.client = client
        self.card = self.booked(self.place(9 * 60 + 50))
        self.row = Appointment.objects.get(pk=self.card.appointment_id)
        self.path = f"/afspraken/{self.row.pk}/"
        client.sign_in(self.person)

    def text(self, path, status=200):
        answer = self.client.get(path)
        assert answer.status_code == status, path
        return answer.content.decode()

    def post(self, path, follow=True, **values):
        answer = self.client.post(path, values, follow=follow)
        return answer.status_code, answer.content.decode()

    def plek(self, minutes):
        from zorgbalie.faces.patient.booking.times import place_value

        return place_value(self.place(minutes))

    def offered(self, **values):
        wish = EarlierWish.objects.filter(appointment=self.row).first() or earlier.make_wish(self.row, self.now)
        return earlier.make_offer(wish, self.place(), self.now, **values)

    def starts_at(self):
        return Appointment.objects.get(pk=self.row.pk).starts_at


@pytest.fixture
def portal(portal_client):
    return Portal(portal_client)


def test_r17_every_page_about_an_appointment_says_whom_to_phone_when_it_cannot_wait(portal):
    offer = portal.offered()
    pages = ["", "verzetten/", "afzeggen/", "eerder/"]
    for path in ["/afspraken/", f"/afspraken/aanbod/{offer.pk}/", *(portal.path + one for one in pages)]:
        assert "Kan het niet wachten?" in portal.text(path), path


def test_req38_the_list_leads_to_one_and_to_a_new_one(portal):
    text = portal.text("/afspraken/")
    assert f'href="{portal.path}"' in text
    assert "/afspraak-maken/" in text
    assert "gepland" in text


def test_an_empty_list_explains_itself(portal):
    portal.client.sign_in(portal.patient())
    assert "U heeft nog geen afspraken" in portal.text("/afspraken/")


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", "²", "%00"])
def test_a_strange_page_is_a_page(portal, page):
    portal.text(f"/afspraken/?page={page}")


def test_ux43_one_shows_where_what_to_bring_and_until_when(portal):
    AppointmentKind.objects.update(room="Kamer 3", bring=XSS, cancel_hours=24)
    text = portal.text(portal.path)
    for word in ("Kamer 3", "10 minuten", "Keelpijn", portal.agenda.name, "tot ", portal.practice.phone):
        assert word in text
    assert "&lt;script&gt;" in text
    assert XSS not in text


@pytest.mark.parametrize(
    ("mode", "how", "words"),
    [("phone", "Wij bellen u.", "Aan de telefoon"), ("video", "Via de link.", "Met beeldbellen")],
)
def test_a_call_says_how_it_goes_and_gives_no_room(portal, mode, how, words):
    AppointmentKind.objects.update(how=how, room="Kamer 3")
    Appointment.objects.update(mode=mode)
    text = portal.text(portal.path)
    assert words in text
    assert how in text
    assert "Kamer 3" not in text


def test_ux43_cancel_asks_first_then_frees_the_time_and_offers_a_new_one(portal):
    text = portal.text(f"{portal.path}afzeggen/")
    assert "Wat u vooraf invulde" in text
    revision = portal.card.revision
    status, text = portal.post(f"{portal.path}afzeggen/", revision=revision)
    assert status == 200
    assert "afgezegd door u" in text
    assert "Maak een nieuwe afspraak" in text
    assert portal.post(f"{portal.path}afzeggen/", revision=revision)[0] == 200, "row 48: pressed twice"
    assert portal.place(9 * 60 + 50) in portal.found().on_day


def test_too_late_to_cancel_or_move_gives_the_number_to_call(portal):
    AppointmentKind.objects.update(cancel_hours=24 * 30)
    for path in (portal.path, f"{portal.path}afzeggen/", f"{portal.path}verzetten/"):
        text = portal.text(path)
        assert "kan hier niet meer" in text, path
        assert f"Bel de praktijk: {portal.practice.phone}" in text, path
        assert "Zeg de afspraak af</" not in text
    assert portal.post(f"{portal.path}afzeggen/", revision=portal.card.revision)[0] == 409
    assert Appointment.objects.get(pk=portal.row.pk).state == "booked"


@pytest.mark.parametrize("revision", ["", "x", "99", "-1", "9" * 40, "\x00"])
def test_cancelling_what_one_did_not_see_shows_what_is_there(portal, revision):
    status, text = portal.post(f"{portal.path}afzeggen/", revision=revision)
    assert status == 409
    assert "Kijk wat er nu staat" in text
    assert Appointment.objects.get(pk=portal.row.pk).state == "booked"


def test_ux42_move_chooses_compares_and_moves(portal):
    path = f"{portal.path}verzetten/"
    assert 'name="plek"' in portal.text(path)
    status, text = portal.post(path, plek=portal.plek(8 * 60))
    assert status == 200
    assert "Uw afspraak nu" in text
    assert "De nieuwe tijd" in text
    values = {"plek": portal.plek(8 * 60), "revision": portal.card.revision}
    assert "Uw afspraak is verzet" in portal.post(path, **values)[1]
    assert portal.starts_at() == portal.place().starts_at
    assert portal.post(path, **values)[0] == 200, "row 48: pressed twice"
    assert portal.starts_at() == portal.place().starts_at


def test_a_time_that_was_taken_gives_others_and_the_old_one_stays(portal):
    portal.booked(portal.place(), portal.patient())
    status, text = portal.post(f"{portal.path}verzetten/", plek=portal.plek(480), revision=portal.card.revision)
    assert status == 409
    assert "net door iemand anders gekozen" in text
    assert text.count('name="plek"') >= 3
    assert portal.starts_at() == portal.card.starts_at


def test_a_stale_move_shows_what_is_there_now(portal):
    status, text = portal.post(f"{portal.path}verzetten/", plek=portal.plek(480), revision=99)
    assert status == 409
    assert "Dit staat er nu" in text
    assert portal.starts_at() == portal.card.starts_at


@pytest.mark.parametrize("plek", ["", "x", "\x00", "1_20261301T0800_10", "999999999_20991231T2350_9999"])
def test_a_time_that_is_none_is_a_sentence(portal, plek):
    assert portal.post(f"{portal.path}verzetten/", plek=plek)[0] == 422
    assert portal.post(f"{portal.path}verzetten/", plek=plek, revision=0)[0] in {409, 422}
    assert portal.starts_at() == portal.card.starts_at


def test_r11_a_time_of_the_reserve_is_not_moved_to(portal):
    portal.agenda.urgent_reserve = 12
    portal.agenda.save()
    status, _text = portal.post(f"{portal.path}verzetten/", plek=portal.plek(480), revision=portal.card.revision)
    assert status == 409


def test_what_is_not_booked_online_is_moved_by_phone(portal):
    AppointmentKind.objects.update(is_online=False)
    assert "verzet u met de telefoon" in portal.text(f"{portal.path}verzetten/")
    assert "geen lijst voor eerder" in portal.text(f"{portal.path}eerder/")
    assert "verzetten/" not in portal.text(portal.path)


def test_the_practice_cancelled_it_says_so_with_its_text(portal):
    Appointment.objects.update(
        state="cancelled", claim=None, cancelled_at=portal.now, cancelled_by="practice", cancel_text=f"Ziek {XSS}"
    )
    for path in ("/afspraken/", portal.path):
        text = portal.text(path)
        assert "Ziek &lt;script&gt;" in text
    assert "De praktijk heeft deze afspraak afgezegd" in text
    assert "De praktijk heeft uw afspraak afgezegd" in portal.text("/")


def test_r15_on_the_list_says_how_one_hears_of_it(portal):
    path = f"{portal.path}eerder/"
    text = portal.text(path)
    assert "U krijgt nu geen bericht" in text
    assert "/meldingen/" in text
    NoticePreference.objects.create(person=portal.person, kind="earlier_time", channel="email", is_on=True)
    assert "U hoort van een aanbod met e-mail" in portal.text(path)
    status, text = portal.post(path, whose="same", part="morning", from_date="")
    assert status == 200
    assert "U staat op de lijst voor eerder" in text
    assert EarlierWish.objects.get().only_same_agenda
    assert "Wilt u eerder aan de beurt zijn" in portal.post(f"{path}stoppen/")[1]


@pytest.mark.parametrize(
    "values",
    [
        {"whose": "x", "part": "any"},
        {"whose": "any", "part": "\x00"},
        {"whose": "any", "part": "any", "from_date": "9999-12-31"},
        {"whose": "any", "part": "any", "from_date": "0001-01-01x"},
        {},
    ],
)
def test_a_wish_that_cannot_be_read_is_a_sentence(portal, values):
    assert portal.post(f"{portal.path}eerder/", **values)[0] == 422
    assert not EarlierWish.objects.exists()


def test_ux43_an_offer_stands_on_top_and_yes_moves(portal):
    offer = portal.offered()
    path = f"/afspraken/aanbod/{offer.pk}/"
    for page in ("/", "/afspraken/", portal.path):
        assert "U kunt eerder terecht" in portal.text(page), page
    assert "Ja, deze tijd" in portal.text(path)
    assert portal.post(path)[0] == 409
    status, text = portal.post(path, antwoord="ja", revision=portal.card.revision)
    assert (status, portal.starts_at()) == (200, portal.place().starts_at)
    assert "eerdere tijd" in text
    assert portal.post(path, antwoord="ja", revision=portal.card.revision)[0] == 200, "row 48: pressed twice"
    assert "U heeft deze tijd gekozen" in portal.text(path)
    assert "U kunt eerder terecht" not in portal.text("/afspraken/")


def test_who_is_too_late_reads_it_and_who_says_no_keeps_all(portal):
    offer = portal.offered()
    path = f"/afspraken/aanbod/{offer.pk}/"
    portal.booked(portal.place(), portal.patient())
    assert "U kunt eerder terecht" not in portal.text("/afspraken/")
    assert "niet meer vrij" in portal.text(path)
    status, text = portal.post(path, antwoord="ja", revision=portal.card.revision)
    assert (status, portal.starts_at()) == (409, portal.card.starts_at)
    assert "U blijft op de lijst" in text
    portal.post(path, antwoord="nee")
    assert (EarlierOffer.objects.get().state, EarlierWish.objects.get().state) == ("refused", "waiting")


def test_ux16_the_first_page_and_the_menu(portal):
    text = portal.text("/")
    assert "Uw volgende afspraak" in text
    assert portal.agenda.name in text
    assert "Keelpijn" not in text
    assert text.count('class="zb-task"') <= 6


def test_r14_off_takes_menu_first_page_and_addresses_away(portal):
    offer = portal.offered()
    Account.objects.update(facilities=["e_consult"])
    text = portal.text("/")
    assert "Afspraken" not in text
    assert "Uw volgende afspraak" not in text
    for path in ("", f"{portal.row.pk}/", f"{portal.row.pk}/verzetten/", f"{portal.row.pk}/afzeggen/",
                 f"{portal.row.pk}/eerder/", f"aanbod/{offer.pk}/"):  # fmt: skip
        portal.text(f"/afspraken/{path}", 404)


def test_row1_of_another_is_the_same_as_none(portal):
    offer = portal.offered()
    portal.client.sign_in(portal.patient())
    for path in (f"{portal.row.pk}/", f"{portal.row.pk}/afzeggen/", f"{portal.row.pk}/verzetten/",
                 f"{portal.row.pk}/eerder/", f"aanbod/{offer.pk}/", "999999999999999999/"):  # fmt: skip
        assert portal.client.get(f"/afspraken/{path}").status_code == 404
        if not path.endswith(f"/{portal.row.pk}/"):
            assert portal.client.post(f"/afspraken/{path}", {"antwoord": "ja", "revision": 0}).status_code in {404, 405}
    assert Appointment.objects.get(pk=portal.row.pk).state == "booked"


def test_ux41_a_parent_sees_and_cancels_for_a_child_until_it_ends(portal):
    today = portal.now.date()
    child = portal.patient(birth_date=today.replace(year=today.year - 8, day=1))
    link = world.represent(portal.person, child)
    row = rows.make_appointment(child, portal.agenda, portal.kind, portal.place().starts_at)
    portal.client.post("/wisselen/", {"person": child.pk})
    assert f"/afspraken/{row.pk}/" in portal.text("/afspraken/")
    portal.text(portal.path, 404)
    assert portal.post(f"/afspraken/{row.pk}/afzeggen/", revision=0)[0] == 200
    assert "afgezegd in het portaal" in portal.text("/afspraken/")
    link.delete()
    assert portal.client.get("/afspraken/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_ux56_the_pages_cost_the_same_with_1_and_30_rows(portal, number):
    from tests.faces.test_query_bounds import queries_of

    for count in range(number - 1):
        begins = portal.place(9 * 60).starts_at + timedelta(days=1 + count)
        made = rows.make_appointment(portal.person, portal.agenda, portal.kind, begins)
        earlier.make_offer(
            earlier.make_wish(made, portal.now), portal.place(480, day=portal.day + timedelta(days=count)), portal.now
        )
    offer = portal.offered()
    pages = {"/": 21, "/afspraken/": 14, portal.path: 16, f"{portal.path}afzeggen/": 16, f"{portal.path}eerder/": 16,
             f"{portal.path}verzetten/": 26, f"/afspraken/aanbod/{offer.pk}/": 14}  # fmt: skip
    portal.client.get("/")
    costs = {path: queries_of(portal.client, path)[0] for path in pages}
    assert {path: cost for path, cost in costs.items() if cost > pages[path]} == {}
