"""A question from draft to answer, seen from both sides (REQ 28, 30, 32, 42, 48; R13 to R15; ux 8, 12, 37)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.conftest import acting
from tests.consult.steps import Scene
from tests.factories import consult as rows
from tests.factories import world
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import patient
from zorgbalie.consult.models import Consult, ConsultMessage, ConsultNote
from zorgbalie.consult.types import (
    About,
    AboutKind,
    ConsultChanged,
    ConsultClosed,
    ConsultRefused,
    ConsultState,
    ConsultStep,
    SentAlready,
    TextMissing,
    TooManyWait,
    UnknownAddressee,
)
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.practice.models import Account
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(now):
    return Scene(now)


# Writing


def test_req32_a_draft_goes_on_on_another_device_and_is_not_there_for_the_practice(scene):
    consult_id = scene.write(text="Iets waar ik niet over durf te praten")
    assert scene.draft(consult_id).text == "Iets waar ik niet over durf te praten"
    assert scene.start() == consult_id
    assert scene.listed() == ()
    with pytest.raises(NotVisible):
        scene.open(consult_id)
    assert not WorkItem.objects.filter(kind="consult").exists()


def test_row15_a_draft_is_of_its_writer_alone(now):
    scene = Scene(now)
    helper = world.make_person()
    world.represent(helper, scene.person, "helper")
    consult_id = scene.write()
    with pytest.raises(NotVisible):
        scene.draft(consult_id, helper)
    with pytest.raises(NotVisible):
        scene.send(consult_id, helper)
    assert scene.start(helper) != consult_id


def test_row48_starting_twice_is_one_draft_and_another_subject_is_another(scene):
    about = About(kind=AboutKind.EPISODE, about_id=7, title="Knie")
    assert scene.start(about=about) == scene.start(about=about)
    assert scene.start() != scene.start(about=about)
    assert Consult.objects.count() == 2


def test_req30_the_patient_writes_to_the_practice_the_own_doctor_or_a_function(scene):
    world.make_group(scene.practice, name="Niet te kiezen", is_visible_to_patients=False)
    world.make_account(scene.practice, name="dr. S. Ander")
    for key, name in (
        ("practice-0", ""), (f"account-{scene.account.pk}", "dr. J. de Wit"), (f"group-{scene.group.pk}", "Assistente"),
    ):  # fmt: skip
        assert scene.draft(scene.write(key=key)).addressee_name == name


def test_req30_nobody_else_can_be_written_to(scene):
    stranger = world.make_account(world.make_practice())
    hidden = world.make_group(scene.practice, is_visible_to_patients=False)
    other = world.make_account(scene.practice)
    for key in (f"account-{stranger.pk}", f"account-{other.pk}", f"group-{hidden.pk}", "x", ""):
        with pytest.raises(UnknownAddressee):
            scene.write(key=key)


def test_an_empty_or_too_long_question_is_refused(scene):
    for text in ("", "  \n ", "x" * 3001):
        with pytest.raises(TextMissing):
            scene.write(text=text)


def test_a_result_can_be_taken_away_unless_another_question_waits(scene):
    about = About(kind=AboutKind.EPISODE, about_id=7, title="Knie")
    consult_id = scene.write(about=about, subject="")
    other = scene.write(text="Iets anders")
    viewer = scene.viewer()
    with acting(viewer), pytest.raises(ConsultChanged):
        patient.save_subject(viewer=viewer, consult_id=consult_id, subject="Sport", keeps_about=False, now=scene.now)
    scene.send(other)
    with acting(viewer):
        patient.save_subject(viewer=viewer, consult_id=consult_id, subject="Sport", keeps_about=False, now=scene.now)
    assert scene.draft(consult_id).about is None


# Sending


def test_req28_a_sent_question_is_in_the_inbox_with_its_promised_time(scene):
    consult_id = scene.write(key=f"account-{scene.account.pk}")
    promised = scene.send(consult_id)
    item = WorkItem.objects.get(kind="consult")
    assert (item.about_id, item.person_id, item.due_at) == (consult_id, scene.person.pk, promised)
    assert (item.for_right, item.account_id) == ("answer_consults", scene.account.pk)
    row = Consult.objects.get(pk=consult_id)
    assert (row.state, row.draft_text, row.answer_by) == ("sent", "", promised)


def test_row48_sent_twice_is_one_question(scene):
    consult_id = scene.write()
    revision = Consult.objects.get(pk=consult_id).revision
    assert scene.send(consult_id, revision=revision) == scene.send(consult_id, revision=revision)
    assert ConsultMessage.objects.count() == WorkItem.objects.filter(kind="consult").count() == 1


def test_ux8_a_question_that_was_changed_on_another_device_is_shown_again_first(scene):
    consult_id = scene.write()
    shown = Consult.objects.get(pk=consult_id).revision
    scene.write(text="Anders")
    with pytest.raises(ConsultChanged):
        scene.send(consult_id, revision=shown)
    assert not ConsultMessage.objects.exists()


def test_a_doctor_who_is_gone_meanwhile_is_chosen_again(scene):
    consult_id = scene.write(key=f"group-{scene.group.pk}")
    scene.group.is_visible_to_patients = False
    scene.group.save()
    with pytest.raises(UnknownAddressee):
        scene.send(consult_id)


# Steps


def test_ux37_each_step_is_seen_by_the_patient(scene):
    consult_id = scene.ask()
    assert scene.read(consult_id).step is ConsultStep.SENT
    scene.open(consult_id)
    assert scene.read(consult_id).step is ConsultStep.READ
    scene.hand_to(consult_id)
    found = scene.read(consult_id)
    assert (found.step, found.with_name) == (ConsultStep.WITH_DOCTOR, "dr. J. de Wit")
    scene.answer(consult_id)
    assert scene.read(consult_id).step is ConsultStep.ANSWERED
    scene.close(consult_id)
    assert scene.read(consult_id).step is ConsultStep.CLOSED


def test_ux37_a_follow_up_was_not_read_because_the_first_text_was(scene):
    consult_id = scene.ask()
    scene.answer(consult_id)
    scene.follow_up(consult_id)
    assert scene.read(consult_id).step is ConsultStep.SENT
    scene.open(consult_id)
    assert scene.read(consult_id).step is ConsultStep.READ


def test_req42_an_assistant_puts_it_on_the_work_list_of_the_right_doctor(scene):
    consult_id = scene.ask()
    other = world.make_account(scene.practice, name="dr. S. Yilmaz")
    WorkItem.objects.update(assigned_to=scene.employee)
    assert scene.hand_to(consult_id, other) == "dr. S. Yilmaz"
    item = WorkItem.objects.get(kind="consult")
    assert (item.account_id, item.assigned_to_id, item.state) == (other.pk, None, "open")
    assert scene.hand_to(consult_id, other) == "dr. S. Yilmaz"
    for account in (world.make_account(scene.practice, is_active=False), world.make_account(world.make_practice())):
        with pytest.raises(ConsultRefused):
            scene.hand_to(consult_id, account)


def test_ux48_sending_and_closing_are_two_acts(scene):
    consult_id = scene.ask()
    scene.answer(consult_id)
    assert WorkItem.objects.get(kind="consult").state == "done"
    scene.follow_up(consult_id)
    assert WorkItem.objects.filter(kind="consult", state="open").count() == 1
    scene.close(consult_id)
    assert not WorkItem.objects.filter(kind="consult", state="open").exists()
    assert ConsultMessage.objects.filter(author_kind="staff").count() == 1
    with pytest.raises(ConsultClosed):
        scene.follow_up(consult_id)
    with pytest.raises(ConsultClosed):
        scene.answer(consult_id)
    assert [one.text for one in scene.read(consult_id).messages] == ["Mag ik sporten?", "Ja, dat mag.", "Nog iets"]


def test_ux37_an_answer_is_new_until_this_person_read_it(now):
    scene = Scene(now)
    helper = world.make_person()
    world.represent(helper, scene.person, "helper")
    consult_id = scene.ask()
    assert scene.news() == ()
    scene.answer(consult_id)
    assert [one.consult_id for one in scene.news()] == [consult_id]
    scene.read(consult_id)
    assert scene.news() == ()
    assert [one.is_unread for one in scene.listed()] == [False]
    assert [one.consult_id for one in scene.news(helper)] == [consult_id]
    scene.answer(consult_id, text="En nog iets.")
    assert [one.is_unread for one in scene.listed()] == [True]


# Two at once


def test_row48_the_same_form_twice_is_one_text_and_with_another_text_is_refused(scene):
    consult_id, token = scene.ask(), uuid4()
    for _ in range(2):
        scene.follow_up(consult_id, "Nog iets", token)
    with pytest.raises(SentAlready):
        scene.follow_up(consult_id, "Iets anders", token)
    token = uuid4()
    assert scene.answer(consult_id, "Ja.", token)
    assert not scene.answer(consult_id, "Ja.", token)
    with pytest.raises(SentAlready):
        scene.answer(consult_id, "Nee.", token)
    assert ConsultMessage.objects.count() == 3


def test_two_people_answer_at_once_and_the_second_is_told(scene):
    consult_id = scene.ask()
    revision = scene.open(consult_id).revision
    colleague = world.make_employee(scene.practice, name="dr. J. de Wit")
    scene.answer(consult_id, "Ja.", revision=revision, employee=colleague)
    with pytest.raises(ConsultChanged) as refusal:
        scene.answer(consult_id, "Nee.", revision=revision)
    assert "dr. J. de Wit" in refusal.value.message
    assert ConsultMessage.objects.filter(author_kind="staff").count() == 1


def test_a_text_of_the_patient_meanwhile_is_read_before_the_answer_goes(scene):
    consult_id = scene.ask()
    revision = scene.open(consult_id).revision
    scene.follow_up(consult_id, "Ik heb ook koorts")
    with pytest.raises(ConsultChanged):
        scene.answer(consult_id, revision=revision)


def test_a_note_is_for_colleagues_alone_and_once(scene):
    consult_id, token = scene.ask(), uuid4()
    for _ in range(2):
        scene.note(consult_id, "Geheim", token)
    assert ConsultNote.objects.count() == 1
    assert [one.text for one in scene.open(consult_id).notes] == ["Geheim"]
    assert "Geheim" not in str(scene.read(consult_id))


def test_ux17_an_answer_stays_news_until_it_is_read_whatever_was_answered_after_it(scene):
    made = []
    for number in range(7):
        made.append(scene.ask(subject=f"Vraag {number}"))
        scene.answer(made[-1])
        scene.now += timedelta(minutes=5)
    for consult_id in made[1:]:
        scene.read(consult_id)
    assert [one.consult_id for one in scene.news()] == [made[0]]


# More than anybody writes by hand


def test_row33_nobody_floods_the_inbox_of_a_practice(scene, monkeypatch):
    monkeypatch.setattr(patient, "_MOST_WAITING", 2)
    first = scene.ask(subject="Een")
    scene.ask(subject="Twee")
    draft = scene.write(subject="Drie")
    with pytest.raises(TooManyWait):
        scene.send(draft)
    assert scene.draft(draft).text == "Mag ik sporten?"
    scene.answer(first)
    scene.send(draft)


def test_row33_nobody_fills_a_page_of_the_practice_with_texts(scene, monkeypatch):
    monkeypatch.setattr(patient, "_MOST_IN_A_ROW", 3)
    consult_id, token = scene.ask(), uuid4()
    scene.follow_up(consult_id, "Twee")
    scene.follow_up(consult_id, "Drie", token=token)
    with pytest.raises(TooManyWait):
        scene.follow_up(consult_id, "Vier")
    scene.follow_up(consult_id, "Drie", token=token)  # sent again because no answer came: it is there
    scene.answer(consult_id)
    scene.follow_up(consult_id, "Vier")


# Notices and log


@pytest.mark.parametrize("says_yes", [True, False])
def test_req48_r15_an_answer_is_told_of_with_consent_alone(scene, says_yes):
    NoticePreference.objects.create(person=scene.person, kind="consult_answered", channel="email", is_on=says_yes)
    consult_id, token = scene.ask(), uuid4()
    for _ in range(2):
        scene.answer(consult_id, token=token)
    assert Notice.objects.filter(kind="consult_answered").count() == int(says_yes)


def test_r14_nobody_is_told_of_an_answer_that_is_not_served(scene):
    NoticePreference.objects.create(person=scene.person, kind="consult_answered", channel="email", is_on=True)
    consult_id = scene.ask()
    Account.objects.update(facilities=["journal_ep"])
    assert scene.answer(consult_id)
    assert Notice.objects.count() == 0


def test_r13_row39_each_look_and_change_leaves_a_line_without_content(scene):
    consult_id = scene.ask(text="Kanariezin")
    scene.open(consult_id)
    scene.note(consult_id, "Kanarienotitie")
    scene.hand_to(consult_id)
    scene.answer(consult_id, "Kanarieantwoord")
    scene.read(consult_id)
    scene.follow_up(consult_id)
    scene.close(consult_id)
    lines = AuditEvent.objects.filter(patient_id=scene.person.pk, kind="consults", outcome="0")
    assert {
        "consult.draft", "consult.send", "consult.open", "consult.note", "consult.hand_over", "consult.answer",
        "consult.read", "consult.follow_up", "consult.close",
    } <= set(lines.values_list("event", flat=True))  # fmt: skip
    assert "Kanarie" not in str(list(lines.values_list("detail", "object_id", "object_type")))


# Off


def test_r14_off_means_nothing_is_served(scene):
    consult_id, draft = scene.ask(), scene.write()
    Account.objects.update(facilities=["journal_ep", "diagnostic_values", "medication", "allergies"])
    for act in (
        lambda: scene.read(consult_id), lambda: scene.listed(), lambda: scene.start(), lambda: scene.draft(draft),
        lambda: scene.send(draft), lambda: scene.follow_up(consult_id),
    ):  # fmt: skip
        with pytest.raises(NotVisible):
            act()
    assert scene.news() == ()
    assert not scene.open(consult_id).reads_online


def test_req28_a_patient_of_a_pharmacy_alone_asks_the_pharmacy(now):
    person = world.make_person()
    pharmacy = world.make_practice("pharmacy")
    world.enrol(person, pharmacy, world.make_account(pharmacy))
    scene = Scene(now)
    scene.person = person
    assert Consult.objects.get(pk=scene.ask()).practice_id == pharmacy.pk


def test_the_state_names_are_those_that_are_stored():
    assert {state.value for state in ConsultState} == {"draft", "sent", "with_doctor", "answered", "closed"}
    assert rows.make_consult(*world.make_patient_with_open_record()).state == "sent"
