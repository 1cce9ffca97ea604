"""The time on the page of a question, with and without script (REQ 50; security rows 5, 6, 26, 32, 48)."""

import re
from uuid import uuid4

import pytest

from tests.billing.steps import Money
from tests.factories import world
from zorgbalie.billing.models import Declaration, TimeEntry
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db


class Desk(Money):
    """An assistant with a question on the screen."""

    def __init__(self, client, **settings):
        super().__init__(current_moment(), **settings)
        self.client = client
        client.sign_in(self.employee)
        self.path = f"/vragen/{self.person.pk}/{self.consult_id}/"

    def text(self, path=""):
        return self.client.get(self.path + path).content.decode()

    def hidden(self):
        page = self.text()
        names = ("revision", "token", "time_token")
        return {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in names}

    def post(self, doen, form=None, path="", **values):
        sure = {"vragen_gezien": "ja"} if doen == "versturen" else {}
        return self.client.post(self.path + path, {**(form or self.hidden()), "doen": doen, **sure, **values})


@pytest.fixture
def desk(desk_client):
    return Desk(desk_client)


def test_req50_sending_keeps_what_was_counted_and_typed(desk):
    answer = desk.post("versturen", answer="Ja.", time_seconds="125", time_typed="2:30")
    assert answer.status_code == 302
    assert TimeEntry.objects.get().seconds == 275


def test_req50_closing_keeps_the_time_before_it_asks_and_proposes_after(desk):
    desk.answered()
    form = desk.hidden()
    desk.post("afhandelen", form, time_seconds="360")
    assert TimeEntry.objects.get().seconds == 360
    answer = desk.client.post(desk.path, {**form, "doen": "afhandelen", "zeker": "ja"}, follow=True)
    assert "Voorstel voor een declaratie: 12011" in answer.content.decode()
    assert Declaration.objects.get().state == "proposed"


def test_closing_without_anything_to_bill_says_why(desk):
    form = desk.hidden()
    answer = desk.client.post(desk.path, {**form, "doen": "afhandelen", "zeker": "ja"}, follow=True)
    assert "Er is geen declaratie voorgesteld. De praktijk heeft deze vraag nog niet" in answer.content.decode()
    assert Consult.objects.get().state == "closed"


def test_closing_proposes_nothing_where_the_practice_does_that_by_hand(desk_client):
    desk = Desk(desk_client, proposes_at_close=False).answered()
    desk.post("afhandelen", zeker="ja", time_seconds="360")
    assert not Declaration.objects.exists()
    assert desk.post("voorstellen", path="tijd/").status_code == 302
    assert Declaration.objects.get().code == "12011"


def test_r12_closing_goes_on_when_the_patient_concerned_has_left(desk):
    child = desk.other_patient()
    Consult.objects.update(concerns=child)
    desk.answered()
    form = desk.hidden()
    Enrolment.objects.filter(person=child).update(ended_at=desk.now)
    assert "time_token" not in desk.text()
    answer = desk.post("afhandelen", form, zeker="ja")
    assert answer.status_code == 302
    assert Consult.objects.get().state == "closed"


def test_r12_time_and_proposal_are_of_the_patient_concerned(desk):
    child = desk.other_patient()
    Consult.objects.update(concerns=child)
    desk.answered()
    desk.post("afhandelen", zeker="ja", time_seconds="360")
    assert (TimeEntry.objects.get().patient, Declaration.objects.get().bsn) == (child, child.bsn)


def test_row48_the_page_that_is_sent_twice_counts_once(desk):
    form = desk.hidden()
    for _ in range(2):
        desk.post("versturen", form, answer="Ja.", time_seconds="60")
    assert [one.seconds for one in TimeEntry.objects.all()] == [60]
    assert ConsultMessage.objects.filter(author_kind="staff").count() == 1


def test_saving_the_time_keeps_the_answer_that_is_typed_and_starts_anew(desk):
    form = desk.hidden()
    page = desk.post("tijd", form, answer="Half antwoord", time_typed="6").content.decode()
    assert "Half antwoord" in page
    assert "Bewaard: 6 min" in page
    assert form["time_token"] not in page
    assert not re.search(r'name="time_typed" value="', page)


def test_the_page_counts_in_between_and_never_lowers(desk):
    token = uuid4()
    for seconds in (60, 120, 90):
        sent = {"time_token": token, "time_seconds": seconds, "time_typed": "half"}
        answer = desk.client.post(f"{desk.path}tijd/tellen/", {**sent, "time_typed": ""})
        assert answer.status_code == 204
    assert TimeEntry.objects.get().seconds == 120


def test_a_look_of_htmx_stores_nothing(desk):
    form = desk.hidden()
    desk.client.post(desk.path, {**form, "answer": "x", "time_seconds": "9"}, headers={"HX-Request": "true"})
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize("typed", ["abc", "6:99", "-1", "241", "1e3", "٦", "9999999", "a\x00b"])
def test_row32_what_is_no_time_is_said_at_the_field_and_nothing_is_lost(desk, typed):
    answer = desk.post("versturen", answer="Mijn lange antwoord", time_typed=typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mijn lange antwoord" in page
    assert 'id="id_time_typed_error"' in page
    assert not ConsultMessage.objects.filter(author_kind="staff").exists()
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize("values", [{"time_token": "x"}, {"time_seconds": "99999999"}, {"time_seconds": "x"}])
def test_row32_a_broken_count_is_refused(desk, values):
    sent = {"time_token": uuid4(), "time_seconds": 5, **values}
    assert desk.client.post(f"{desk.path}tijd/tellen/", sent).status_code == 422


def test_switched_off_the_page_is_as_it_was(desk):
    desk.settings.is_on = False
    desk.settings.save()
    page = desk.text()
    assert "time_token" not in page
    assert desk.client.get(f"{desk.path}tijd/").status_code == 404
    answer = desk.client.post(f"{desk.path}tijd/tellen/", {"time_token": uuid4(), "time_seconds": 5})
    assert answer.status_code == 409


def test_the_own_time_is_corrected_and_that_of_a_colleague_cannot(desk):
    desk.answered()
    desk.spend(600)
    desk.spend(300, world.make_employee(desk.practice, name="dr. J. de Wit"))
    page = desk.text("tijd/")
    assert "Samen: 15 min" in page
    assert page.count('name="minutes"') == 1
    own = TimeEntry.objects.get(employee=desk.employee)
    sent = {"entry": own.pk, "revision": 0, "minutes": "1:30", "doen": "verbeteren"}
    assert desk.client.post(f"{desk.path}tijd/", sent).status_code == 302
    assert desk.client.post(f"{desk.path}tijd/", sent).status_code == 409
    assert desk.client.post(f"{desk.path}tijd/", {**sent, "minutes": "x", "revision": 1}).status_code == 422
    other = TimeEntry.objects.exclude(pk=own.pk).get()
    assert desk.client.post(f"{desk.path}tijd/", {**sent, "entry": other.pk}).status_code == 404
    own.refresh_from_db()
    assert own.seconds == 90


def test_administration_is_marked_and_taken_back(desk):
    desk.answered()
    desk.spend(60)
    assert "Alleen een herhaalrecept of administratie" in desk.text("tijd/")
    assert desk.post("administratie", path="tijd/").status_code == 302
    assert Declaration.objects.get().state == "refused"
    assert desk.post("consult", path="tijd/").status_code == 302
    assert Declaration.objects.get().state == "proposed"
    assert desk.post("onzin", path="tijd/").status_code == 302


def test_after_confirming_the_time_stands_still(desk):
    desk.answered()
    desk.spend(360)
    desk.propose()
    desk.confirm(desk.row())
    page = desk.text()
    assert "bevestigd" in page
    assert "time_token" not in page
    assert desk.client.post(f"{desk.path}tijd/tellen/", {"time_token": uuid4(), "time_seconds": 9}).status_code == 409


def test_row5_row6_the_wall_of_the_pages(desk, desk_client):
    for path in ("tijd/", "tijd/tellen/"):
        without = [right for right in StaffRight if right is not StaffRight.ANSWER_CONSULTS]
        desk_client.sign_in(world.make_employee(desk.practice, rights=without))
        sent = {"time_token": uuid4(), "time_seconds": 5}
        assert desk_client.post(desk.path + path, {**sent, "doen": "voorstellen"}).status_code == 403
        desk_client.sign_in(world.make_employee(world.make_practice()))
        assert desk_client.post(desk.path + path, {**sent, "doen": "voorstellen"}).status_code == 404
    assert not TimeEntry.objects.exists()


def test_the_patient_reads_the_practices_own_sentence_and_no_amount(desk, portal_client):
    desk.answered()
    desk.spend(360)
    desk.propose()
    portal_client.sign_in(desk.person)
    path = f"/vragen/{desk.consult_id}/"
    page = portal_client.get(path).content.decode()
    assert "12011" not in page
    desk.settings.patient_text = "Wij <b>kunnen</b> dit declareren."
    desk.settings.save()
    assert "Wij &lt;b&gt;kunnen&lt;/b&gt; dit declareren." in portal_client.get(path).content.decode()
    desk.settings.is_on = False
    desk.settings.save()
    assert "declareren" not in portal_client.get(path).content.decode()
