"""By when the answer comes, as the patient reads it; and what is said while no question can be sent (REQ 31; R17)."""

import re
from datetime import timedelta

import pytest

from tests.faces.patient_consult.test_pages import Portal
from tests.factories import consult as rows
from tests.factories import outgoing, promises, world
from zorgbalie.consult.models import Consult
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.practice.models import Practice
from zorgbalie.ui.formats import day_date, long_moment
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(portal_client):
    portal = Portal(portal_client)
    Practice.objects.update(out_of_hours_phone="020 555 01 99", out_of_hours_name="Huisartsenpost Lindedorp")
    return portal


def words(portal, path):
    return " ".join(portal.text(path).split())


def closed_now(portal):
    """The practice has hours, and none of them is now: one minute on a day far enough away."""
    week = [[] for _ in range(7)]
    week[(local_date(current_moment()) + timedelta(days=3)).weekday()] = [[480, 1020]]
    promises.set_hours(portal.practice, week=week, holidays=[])


def test_req31_the_same_moment_stands_before_and_after_sending_and_in_the_list(portal):
    promises.set_hours(portal.practice)
    draft = portal.fill()
    before = re.search(r"antwoord uiterlijk <strong>(.+?)</strong>", words(portal, f"{draft}controleer/"))[1]
    assert portal.press_send(draft).status_code == 302
    row = Consult.objects.get()
    assert before == long_moment(value=row.answer_by)
    for path in (f"/vragen/{row.pk}/verstuurd/", f"/vragen/{row.pk}/", "/vragen/"):
        assert before in words(portal, path)


def test_req31_a_full_day_and_the_own_sentence_are_said_before_sending(portal):
    promises.set_times(portal.practice, cap_per_day=1, sent_text="Op woensdag is er geen arts.")
    other = portal.ask(subject="Eerder")
    draft = portal.fill()
    text = words(portal, f"{draft}controleer/")
    assert "Dat is later dan anders: er staan al veel vragen." in text
    assert "Op woensdag is er geen arts." in text
    assert portal.press_send(draft).status_code == 302
    made = Consult.objects.exclude(pk=other).get()
    assert made.answer_by > Consult.objects.get(pk=other).answer_by
    assert "Op woensdag is er geen arts." in words(portal, f"/vragen/{made.pk}/verstuurd/")


def test_req31_a_page_that_promised_too_much_is_shown_again_and_nothing_was_sent(portal):
    draft = portal.fill()
    row = Consult.objects.get()
    values = {"revision": row.revision, "promised": "2020-01-01T12:00:00+01:00"}
    answer = portal.client.post(f"{draft}controleer/", values, follow=True)
    assert "Het antwoord komt nu later dan hier net stond." in answer.content.decode()
    assert Consult.objects.get().state == "draft"


def test_row48_the_whole_form_pressed_twice_is_sent_once(portal):
    draft = portal.fill()
    moment = re.search(r'name="promised" value="([^"]+)"', portal.text(f"{draft}controleer/"))[1]
    values = {"revision": Consult.objects.get().revision, "promised": moment}
    answers = [portal.client.post(f"{draft}controleer/", values) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert all(one["Location"].endswith("/verstuurd/") for one in answers)
    assert WorkItem.objects.count() == 1


def test_row32_a_moment_that_is_none_is_refused_and_nothing_is_lost(portal):
    draft = portal.fill()
    answer = portal.client.post(f"{draft}controleer/", {"revision": 3, "promised": "ooit\x00"})
    assert answer.status_code == 422
    assert Consult.objects.get().draft_text == "Mag ik sporten?"


def test_ux15_outside_hours_the_draft_is_kept_and_the_page_says_from_when(portal):
    closed_now(portal)
    promises.set_times(portal.practice, outside_hours="wait")
    draft = portal.fill()
    text = words(portal, f"{draft}controleer/")
    assert "De praktijk is nu dicht" in text
    assert "Versturen kan vanaf" in text
    assert "<strong>Uw vraag is nog niet verstuurd.</strong>" in text, "nothing goes by itself"
    assert "Bewaar en sluit" in text
    assert "Verstuur naar de praktijk" not in text
    answer = portal.press_send(draft)
    assert answer.status_code == 302
    assert not WorkItem.objects.exists()
    assert "Versturen kan vanaf" in words(portal, "/vragen/")
    assert "Versturen kan vanaf" in words(portal, "/vragen/nieuw/")


def test_req49_in_a_pause_the_own_text_and_the_number_are_read_and_writing_goes_on(portal):
    today = local_date(current_moment())
    promises.set_times(
        portal.practice, closed_from=today, closed_until=today, closed_text="Wij zijn weg.", closed_phone="020 1234567"
    )
    for path in ("/vragen/", "/vragen/nieuw/", f"{portal.fill()}controleer/"):
        text = words(portal, path)
        assert "De praktijk neemt nu geen nieuwe vragen aan" in text
        assert "Wij zijn weg." in text
        assert 'href="tel:0201234567"' in text
        assert "Verstuur naar de praktijk" not in text


def test_r17_outside_hours_the_out_of_hours_service_is_called_and_112_always_stands_there(portal):
    open_text = words(portal, "/vragen/nieuw/")
    assert "Bel de praktijk nu bij:" in open_text
    closed_now(portal)
    text = words(portal, "/vragen/nieuw/")
    assert "De praktijk is nu dicht. Bel Huisartsenpost Lindedorp." in text
    assert 'href="tel:0205550199"' in text
    assert "De praktijk is er weer op" in text
    for one in (open_text, text):
        assert "Bel 112 bij:" in one
        assert 'href="tel:112"' in one


def test_r17_within_hours_the_practice_is_called_with_until_when(portal):
    promises.set_hours(portal.practice, week=promises.ALWAYS, holidays=[])
    text = words(portal, "/vragen/nieuw/")
    assert "Bel de praktijk nu bij:" in text
    assert "De praktijk is nu open, tot" in text


def test_req31_when_it_takes_longer_the_thread_and_the_list_say_so(portal):
    row = rows.make_consult(
        portal.person, portal.practice, sent_at=current_moment(), answer_by=current_moment() + timedelta(days=2)
    )
    assert "Het duurt langer" not in words(portal, f"/vragen/{row.pk}/")
    promises.add_slip(row)
    text = words(portal, f"/vragen/{row.pk}/")
    assert "Het duurt langer dan we zeiden" in text
    assert f"U krijgt nu antwoord uiterlijk <strong>{long_moment(value=row.answer_by)}</strong>" in text
    assert "Het duurt langer dan we zeiden." in words(portal, "/vragen/")
    Consult.objects.update(state="answered")
    assert "Het duurt langer" not in words(portal, f"/vragen/{row.pk}/")


def test_req49_the_patient_reads_until_when_to_write_back_and_that_it_ended_by_itself(portal):
    promises.set_times(portal.practice, open_days=14)
    row = rows.make_consult(portal.person, portal.practice, state="answered", changed_at=current_moment())
    assert "U kunt hier terugschrijven tot" in words(portal, f"/vragen/{row.pk}/")
    Consult.objects.update(state="closed", closed_by_time=True)
    text = words(portal, f"/vragen/{row.pk}/")
    assert "Deze vraag is vanzelf afgerond" in text
    assert "Stel een nieuwe vraag" in text


@pytest.mark.parametrize(
    ("open_days", "until", "is_planned", "shown"),
    [
        (14, None, False, ("U kunt hier terugschrijven tot",)),
        (0, None, False, ()),
        (14, 3, False, ("U kunt terugschrijven tot en met",)),
        (14, 30, False, ("U kunt terugschrijven tot en met",)),
        (0, 30, False, ("U kunt terugschrijven tot en met",)),
        (14, None, True, ()),
        (14, 30, True, ("U kunt terugschrijven tot en met",)),
    ],
)
def test_req33_req49_one_true_line_of_until_when(portal, open_days, until, is_planned, shown):
    """The days of the practice, a last day of the message itself, or a follow-up to come: never two that differ."""
    now = current_moment()
    if open_days:
        promises.set_times(portal.practice, open_days=open_days)
    employee = world.make_employee(portal.practice)
    last = local_date(now) + timedelta(days=until) if until else None
    row = outgoing.make_begun(portal.person, portal.practice, employee, changed_at=now, sent_at=now, reply_until=last)
    if is_planned:
        outgoing.make_plan(row, employee, ask_on=local_date(now) + timedelta(days=60))
    text = words(portal, f"/vragen/{row.pk}/")
    lines = ("U kunt hier terugschrijven tot", "U kunt terugschrijven tot en met")
    assert tuple(line for line in lines if line in text) == shown
    if last:
        assert f"U kunt terugschrijven tot en met {day_date(value=last)}." in text


@pytest.mark.parametrize(
    ("values", "labels", "current"),
    [
        ({"state": "sent"}, ["Verstuurd", "Gelezen door de praktijk", "Beantwoord", "Afgerond"], "Verstuurd"),
        ({"state": "with_doctor"},
         ["Verstuurd", "Gelezen door de praktijk", "Bij dr. J. de Wit", "Beantwoord", "Afgerond"], "Bij dr. J. de Wit"),
        ({"state": "answered"}, ["Verstuurd", "Gelezen door de praktijk", "Beantwoord", "Afgerond"], "Beantwoord"),
        ({"state": "closed"}, ["Verstuurd", "Gelezen door de praktijk", "Beantwoord", "Afgerond"], ""),
    ],
)  # fmt: skip
def test_ux37_one_line_of_steps_says_how_far_a_question_is(portal, values, labels, current):
    if values["state"] == "with_doctor":
        values = {**values, "with_account": portal.account}
    row = rows.make_consult(portal.person, portal.practice, **values)
    html = words(portal, f"/vragen/{row.pk}/")
    assert re.findall(r'zb-step__label">([^<]+)<', html) == labels
    found = re.search(r'aria-current="step">.*?zb-step__label">([^<]+)<', html)
    assert (found[1] if found else "") == current
