"""A message to a selection (REQ 34; ux 50; security rows 29, 48, 50, 62)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.conftest import acting, as_role
from tests.consult.outgoing import MESSAGE, Outgoing, says_yes
from tests.factories import outgoing, world
from tests.messaging.fake_smtp import fake_smtp
from tests.messaging.notices import work_off
from zorgbalie.access.wall import select_patients
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import mailing_work, mailings
from zorgbalie.consult.models import Consult, ConsultMessage, Mailing, MailingObjection, MailingRecipient
from zorgbalie.consult.queries import mailings as reads
from zorgbalie.consult.tasks import outgoing as tasks
from zorgbalie.consult.types import (
    CountDiffers,
    Criteria,
    MailingChanged,
    MailingRefused,
    MailingState,
    NewMessage,
    RecipientState,
    SentAlready,
    TextMissing,
    TooWide,
    WhyNot,
)
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole, system_viewer
from zorgbalie.messaging.models import Notice
from zorgbalie.practice.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(now):
    return Outgoing(now, given_name="Anna", family_name="Bos")


def _chosen(mailing_id):
    rows = MailingRecipient.objects.filter(mailing_id=mailing_id, state="chosen")
    return set(rows.values_list("patient_id", flat=True))


# Who fits


def test_req34_running_episodes_of_a_code_and_the_codes_below_it(scene):
    fits = {scene.diabetic().pk, scene.diabetic("T90").pk}
    scene.diabetic("T901")
    scene.diabetic("K86")
    over = scene.diabetic("K86")
    world.make_episode(over, scene.practice, icpc_code="T90", end_date=date(2026, 1, 1))
    elsewhere = world.make_person()
    world.enrol(elsewhere, world.make_practice())
    world.make_episode(elsewhere, scene.practice, icpc_code="T90")
    assert _chosen(scene.selected()) == fits


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Criteria(age_from=40, age_until=49), {"old"}),
        (Criteria(sex="male"), {"man"}),
        (Criteria(medicine="METFORM"), {"pill"}),
        (Criteria(measured="hba1c", measured_before=date(2026, 6, 1)), {"old", "man", "contact"}),
        (Criteria(contact_before=date(2026, 6, 1)), {"old", "man", "pill"}),
        (Criteria(age_from=40, sex="male"), set()),
    ],
)
def test_each_criterion_and_all_together(scene, wanted, fits):
    people = {
        "old": world.make_person(birth_date=date(1984, 1, 1)),
        "man": world.make_person(birth_date=date(2000, 1, 1), sex="male"),
        "pill": world.make_person(birth_date=date(2000, 1, 1)),
        "contact": world.make_person(birth_date=date(2000, 1, 1)),
    }
    for person in people.values():
        world.enrol(person, scene.practice, scene.account)
    world.make_medication(people["pill"], scene.practice, title="Metformine tablet", status="active", end_date=None)
    world.make_observation(people["pill"], scene.practice, title="HbA1c", observed_on=date(2026, 10, 1))
    world.make_encounter(people["contact"], scene.practice, started_on=date(2026, 6, 1))
    found = _chosen(scene.selected(wanted)) - {scene.person.pk}
    assert found == {people[name].pk for name in fits}


def test_a_doctor_and_the_use_of_the_portal(scene):
    other = world.make_account(scene.practice, name="dr. B")
    theirs = world.make_person()
    world.enrol(theirs, scene.practice, other)
    assert _chosen(scene.selected(Criteria(account_id=other.pk))) == {theirs.pk}
    scene.listed()
    assert _chosen(scene.selected(Criteria(uses_portal=True))) == {scene.person.pk}
    assert _chosen(scene.selected(Criteria(uses_portal=False))) == {theirs.pk}


def test_who_is_left_out_and_why(scene):
    off = world.make_account(scene.practice, facilities=(), name="dr. Uit")
    left = {
        WhyNot.NOT_SERVED: scene.diabetic(account=off),
        WhyNot.NOT_KNOWN: scene.diabetic(bsn_verified_at=None),
        WhyNot.NO_PARENT: scene.diabetic(birth_date=date(2020, 1, 1)),
        WhyNot.NO_ONLINE: scene.diabetic(enrolled={"online_access": "vulnerable"}),
        WhyNot.OBJECTED: scene.diabetic(),
    }
    MailingObjection.objects.create(practice=scene.practice, patient=left[WhyNot.OBJECTED])
    moved = scene.diabetic(enrolled={"ended_at": scene.now - timedelta(days=30)})
    long_gone = scene.diabetic(enrolled={"ended_at": scene.now - timedelta(days=800)})
    fits = scene.diabetic()
    mailing_id = scene.selected()
    found = scene.get(mailing_id)
    assert found.left_out == dict.fromkeys(left, 1)
    assert (found.chosen, found.departed, found.never_signed_in) == (1, 1, 1)
    stored = set(MailingRecipient.objects.values_list("patient_id", flat=True))
    assert stored == {fits.pk, *(person.pk for person in left.values())}
    assert not stored & {moved.pk, long_gone.pk}


def test_ten_thousand_patients_are_selected_in_a_fixed_number_of_queries(scene):
    """REQ 34: the same for 10 and for 10,000."""
    counts = []
    for number in (10, 10_000):
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH made AS (INSERT INTO people_person (given_name, family_name, birth_date, sex, initials,"
                " name_prefix, email, phone, street, house_number, postcode, city, language, bsn_verified_at)"
                " SELECT 'Veel', 'Patiënt ' || n, DATE '1970-01-01', 'female', '', '', '', '', '', '', '', '', 'nl',"
                " now() FROM generate_series(1, %s) n RETURNING id), joined AS (INSERT INTO practice_enrolment"
                " (practice_id, practice_kind, person_id, account_id, starts_on, online_access)"
                " SELECT %s, 'gp', id, %s, DATE '2020-01-01', 'allowed' FROM made)"
                " INSERT INTO record_episode (patient_id, practice_id, author_name, author_role, visible_to_patient,"
                " hidden_reason, icpc_code, title, has_attention) SELECT id, %s, '', '', true, '', 'T90', 'DM', false"
                " FROM made",
                [number, scene.practice.pk, scene.account.pk, scene.practice.pk],
            )
        mailing_id = scene.look_for()
        with CaptureQueriesContext(connection) as captured:
            scene.select(mailing_id)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert scene.get(mailing_id).chosen == 10_010


def test_the_selection_leaves_one_line_with_criteria_and_count(scene):
    scene.diabetic()
    mailing_id = scene.selected(Criteria(icpc=("T90",), age_from=18))
    line = AuditEvent.objects.get(event="mailing.select")
    assert (line.object_id, line.patient_id) == (str(mailing_id), None)
    assert line.detail == {"criteria": "age_from=18; icpc=['T90']", "count": 1, "by": scene.doctor.pk}
    assert AuditEvent.objects.get(event="mailing.ask").user_id == f"employee:{scene.doctor.pk}"


# Sending


def test_each_gets_an_own_thread_with_own_words_and_a_line_in_the_own_log(scene):
    people = [scene.diabetic(given_name="Els", family_name=f"Jansen{number}") for number in range(3)]
    mailing_id = scene.sent_mailing()
    rows = Consult.objects.filter(mailing_id=mailing_id)
    assert {row.patient_id for row in rows} == {person.pk for person in people}
    assert {one.text for one in ConsultMessage.objects.all()} == {
        f"Beste Els Jansen{number}, komt u prikken?" for number in range(3)
    }
    for person in people:
        lines = AuditEvent.objects.filter(patient_id=person.pk, event="mailing.receive")
        assert [line.detail for line in lines] == [{"by": scene.doctor.pk}]
    found = scene.get(mailing_id)
    assert (found.state, found.sent, found.chosen) == (MailingState.DONE, 3, 0)


def test_row62_500_patients_get_500_threads_and_500_envelopes_of_one(scene, settings):
    """Each mail has one recipient, and no Cc or Bcc."""
    for number in range(500):
        person = scene.diabetic(email=f"p{number}@post.example")
        says_yes(person)
    mailing_id = scene.sent_mailing()
    assert Consult.objects.filter(mailing_id=mailing_id).count() == 500
    notices = list(Notice.objects.all())
    assert len(notices) == 500
    with fake_smtp(settings) as smtp:
        for notice in notices:
            work_off(notice)
    assert sorted(recipients for recipients, _text in smtp.accepted) == sorted(
        [f"p{number}@post.example"] for number in range(500)
    )
    for _recipients, text in smtp.accepted:
        head = text.split("\r\n\r\n")[0].lower()
        assert "\ncc:" not in head
        assert "\nbcc:" not in head
        assert "prikken" not in text
        assert "Controle" not in text


def test_r15_who_said_nothing_gets_the_thread_and_no_notice(scene):
    silent, told = scene.diabetic(), scene.diabetic()
    says_yes(told)
    scene.sent_mailing()
    assert Consult.objects.count() == 2
    assert list(Notice.objects.values_list("person_id", flat=True)) == [told.pk]
    assert silent.pk != told.pk


@pytest.mark.parametrize("after", [0, 1, 2])
def test_row50_a_killed_worker_goes_on_where_it_stopped(scene, after):
    for _ in range(3):
        scene.diabetic()
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    scene.confirm(mailing_id)
    scene.send_all(mailing_id, most=after)
    for _ in range(3):
        scene.send_all(mailing_id)
    assert (Consult.objects.count(), ConsultMessage.objects.count()) == (3, 3)
    assert scene.get(mailing_id).state is MailingState.DONE


def test_row50_killed_between_thread_and_notice_leaves_nothing_of_that_one(scene, monkeypatch):
    scene.diabetic()
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    scene.confirm(mailing_id)
    monkeypatch.setattr(mailing_work, "tell", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        scene.send_all(mailing_id)
    assert Consult.objects.count() == 0
    monkeypatch.undo()
    scene.send_all(mailing_id)
    assert Consult.objects.count() == 1


def test_row48_the_database_keeps_it_to_one_thread_per_patient(scene):
    person = scene.diabetic()
    mailing = Mailing.objects.get(pk=scene.sent_mailing())
    with pytest.raises(IntegrityError), transaction.atomic():
        outgoing.make_begun(person, scene.practice, scene.doctor, mailing=mailing)


def test_row48_confirmed_twice_is_sent_once(scene):
    from procrastinate.contrib.django.models import ProcrastinateJob

    scene.diabetic()
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    revision = Mailing.objects.get().revision
    for _ in range(3):
        scene.desk(mailings.confirm, mailing_id, typed=1, revision=revision, now=scene.now)
    assert ProcrastinateJob.objects.filter(task_name="consult.send_mailing").count() == 1


def test_it_can_be_stopped_and_what_was_sent_stays(scene):
    for _ in range(3):
        scene.diabetic()
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    scene.confirm(mailing_id)
    chosen = list(MailingRecipient.objects.order_by("pk").values_list("patient_id", flat=True))
    place = scene.practice.pk
    viewer = system_viewer(task="test", practice_id=place, subject_id=chosen[0])
    values = {"mailing_id": mailing_id, "practice_id": place, "now": scene.now}
    with acting(viewer):
        assert mailing_work.send_one(viewer=viewer, patient_id=chosen[0], **values)
    scene.desk(mailings.stop, mailing_id, now=scene.now)
    viewer = system_viewer(task="test", practice_id=place, subject_id=chosen[1])
    with acting(viewer):
        assert not mailing_work.send_one(viewer=viewer, patient_id=chosen[1], **values)
    scene.send_all(mailing_id)
    assert Consult.objects.count() == 1
    found = scene.get(mailing_id)
    assert (found.state, found.sent, found.chosen) == (MailingState.STOPPED, 1, 2)


def test_what_changed_between_choosing_and_sending_is_refused_with_the_reason(scene):
    off, objects, fine = scene.diabetic(), scene.diabetic(), scene.diabetic()
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    scene.confirm(mailing_id)
    Enrolment.objects.filter(person=off).update(ended_at=scene.now)
    MailingObjection.objects.create(practice=scene.practice, patient=objects)
    scene.send_all(mailing_id)
    found = scene.get(mailing_id)
    assert found.refused == {WhyNot.NOT_ENROLLED: 1, WhyNot.OBJECTED: 1}
    assert list(Consult.objects.values_list("patient_id", flat=True)) == [fine.pk]


def test_row13_it_stops_when_who_confirmed_may_not_send_any_more(scene):
    scene.diabetic()
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    scene.confirm(mailing_id)
    scene.doctor.rights = ["answer_consults"]
    scene.doctor.save()
    scene.send_all(mailing_id)
    assert Consult.objects.count() == 0
    assert Mailing.objects.get().state == "stopped"


def test_row50_a_fault_at_one_patient_leaves_the_others_and_is_tried_again(scene, monkeypatch):
    people = [scene.diabetic() for _ in range(3)]
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    scene.confirm(mailing_id)
    real = mailing_work.send_one

    def falls_over(**values):
        return 1 / 0 if values["patient_id"] == people[0].pk else real(**values)

    monkeypatch.setattr(mailing_work, "send_one", falls_over)
    values = {"mailing_id": mailing_id, "practice_id": scene.practice.pk}
    with as_role("zorgbalie_worker"), pytest.raises(tasks.SomeNotSent):
        tasks.send_mailing(**values)
    assert Consult.objects.count() == 2
    monkeypatch.undo()
    with as_role("zorgbalie_worker"):
        tasks.send_mailing(**values)
    assert (Consult.objects.count(), Mailing.objects.get().state) == (3, "done")


# Choosing, writing, confirming


def test_single_persons_are_ticked_off_and_on(scene):
    people = [scene.diabetic() for _ in range(3)]
    left = scene.diabetic(bsn_verified_at=None)
    mailing_id = scene.selected()
    off = {people[1].pk: False, people[2].pk: False, left.pk: True}
    scene.desk(mailings.tick, mailing_id, ticks=off, now=scene.now)
    assert _chosen(mailing_id) == {people[0].pk}
    scene.desk(mailings.tick, mailing_id, ticks={people[1].pk: True}, now=scene.now)
    assert _chosen(mailing_id) == {people[0].pk, people[1].pk}


def test_ux50_the_preview_is_exactly_what_is_sent(scene):
    for number in range(3):
        scene.diabetic(given_name="Els", family_name=f"Jansen{number}")
    mailing_id = scene.selected()
    text = "{aanhef}, {naam} bij {arts} van {praktijk}, {telefoon}"
    scene.write_text(mailing_id, NewMessage(subject="Oproep", text=text, takes_replies=False))
    shown = [scene.desk(reads.get_preview, mailing_id, number=place, now=scene.now) for place in (1, 2, 3)]
    scene.confirm(mailing_id)
    scene.send_all(mailing_id)
    sent = list(ConsultMessage.objects.order_by("patient_id").values_list("text", flat=True))
    assert [one.text for one in shown] == sent
    assert scene.practice.name in sent[0]
    assert "dr. J. de Wit" in sent[0]


def test_ux50_the_number_typed_must_be_right_and_the_page_current(scene):
    scene.diabetic()
    mailing_id = scene.selected()
    with pytest.raises(TextMissing):
        scene.confirm(mailing_id)
    scene.write_text(mailing_id)
    with pytest.raises(CountDiffers):
        scene.confirm(mailing_id, typed=2)
    with pytest.raises(MailingChanged):
        scene.desk(mailings.confirm, mailing_id, typed=1, revision=0, now=scene.now)
    assert Mailing.objects.get().state == "choosing"


def test_a_text_that_somebody_else_changed_is_not_written_over(scene):
    mailing_id = scene.selected()
    scene.write_text(mailing_id)
    other = NewMessage(subject="Anders", text="Anders", takes_replies=True)
    with pytest.raises(MailingChanged):
        scene.desk(mailings.write, mailing_id, message=other, unread_days=7, revision=1, now=scene.now)


def test_nothing_changes_after_confirming(scene):
    person = scene.diabetic()
    mailing_id = scene.sent_mailing()
    for act, values in (
        (mailings.tick, {"ticks": {person.pk: False}}),
        (mailings.write, {"message": MESSAGE, "unread_days": 7, "revision": 9}),
        (mailings.drop, {}),
    ):
        with pytest.raises(MailingRefused):
            scene.desk(act, mailing_id, now=scene.now, **values)


def test_row48_a_selection_asked_twice_is_one(scene):
    token = uuid4()
    assert scene.look_for(token=token) == scene.look_for(token=token)
    with pytest.raises(SentAlready):
        scene.look_for(Criteria(sex="male"), token=token)


def test_a_selection_without_any_criterion_is_refused(scene):
    with pytest.raises(TooWide):
        scene.look_for(Criteria())


def test_a_selection_that_is_not_sent_is_forgotten(scene):
    scene.diabetic()
    mailing_id = scene.selected()
    scene.later(15)
    with acting(system_viewer(task="test")):
        assert mailing_work.list_forgotten(now=scene.now) == [(mailing_id, scene.practice.pk)]
    viewer = system_viewer(task="test", practice_id=scene.practice.pk)
    with acting(viewer):
        mailing_work.forget(viewer=viewer, mailing_id=mailing_id, practice_id=scene.practice.pk, now=scene.now)
    assert MailingRecipient.objects.count() == 0
    with pytest.raises(NotVisible):
        scene.get(mailing_id)


# Afterwards


def test_who_did_not_read_it_is_listed_with_the_telephone_number(scene):
    read, unread = scene.diabetic(), scene.diabetic(phone="06 12345678")
    mailing_id = scene.sent_mailing()
    consult = Consult.objects.get(patient=read)
    scene.person, mine = read, scene.person
    scene.read(consult.pk)
    scene.person = mine
    listing = scene.desk(reads.list_unread, mailing_id, page=1)
    assert [(row.patient_id, row.phone) for row in listing.rows] == [(unread.pk, "06 12345678")]
    assert AuditEvent.objects.filter(event="mailing.unread", patient_id=unread.pk).count() == 1


def test_avg21_a_patient_who_objects_is_left_out_next_time_and_can_take_it_back(scene):
    person = scene.diabetic()
    scene.sent_mailing()
    consult_id = Consult.objects.get().pk
    for _ in range(2):
        scene.object_to(consult_id, person)
    assert scene.get(scene.selected()).left_out == {WhyNot.OBJECTED: 1}
    scene.object_to(consult_id, person, objects=False)
    assert scene.get(scene.selected()).chosen == 1
    other = world.make_person()
    world.enrol(other, scene.practice, scene.account)
    with pytest.raises(NotVisible):
        scene.object_to(consult_id, other)


# Who may


def _without(right):
    return [one for one in StaffRight if one is not right]


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (StaffRole.GP, _without(StaffRight.SEND_TO_SELECTION)),
        (StaffRole.GP, _without(StaffRight.ANSWER_CONSULTS)),
        (StaffRole.GP, _without(StaffRight.READ_RECORD)),
        (StaffRole.MANAGER, list(StaffRight)),
    ],
)
def test_who_may_not_select_is_refused_everywhere(scene, role, rights):
    scene.diabetic()
    mailing_id = scene.selected()
    employee = world.make_employee(scene.practice, role=role, rights=rights)
    for act in (
        lambda: scene.look_for(employee=employee),
        lambda: scene.get(mailing_id, employee),
        lambda: scene.desk(reads.list_unread, mailing_id, employee, page=1),
        lambda: scene.desk(mailings.stop, mailing_id, employee, now=scene.now),
        lambda: scene.confirm(mailing_id, employee=employee),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert AuditEvent.objects.filter(user_id=f"employee:{employee.pk}").exclude(outcome="0").count() == 5


def test_without_the_right_to_read_records_one_selects_by_age_and_doctor_alone(scene):
    employee = world.make_employee(scene.practice, role="assistant", rights=_without(StaffRight.READ_RECORD))
    assert scene.look_for(Criteria(age_from=18), employee=employee)
    with pytest.raises(NotAllowed):
        scene.look_for(Criteria(icpc=("T90",)), employee=employee)


def test_a_mailing_of_another_practice_is_not_there(scene):
    elsewhere = Outgoing(scene.now)
    mailing_id = elsewhere.selected()
    with pytest.raises(NotVisible):
        scene.get(mailing_id)


def test_the_walls_hold_without_the_code_above_them(scene):
    """Security row 10: no other practice, nobody without the right, no portal, and no desk at the selection itself."""
    scene.diabetic()
    scene.sent_mailing()
    other = world.make_employee(world.make_practice())
    nurse = world.make_employee(scene.practice, rights=_without(StaffRight.SEND_TO_SELECTION))
    for employee in (other, nurse):
        with acting(world.viewer_of_employee(employee)):
            assert (Mailing.objects.count(), MailingRecipient.objects.count()) == (0, 0)
    with acting(world.viewer_of_employee(scene.doctor)):
        assert (Mailing.objects.count(), MailingRecipient.objects.count()) == (1, 1)
    question = (date(2026, 11, 24), *[None] * 10)
    for viewer in (world.viewer_of_employee(scene.doctor), world.viewer_of_patient(scene.person)):
        with pytest.raises(Exception, match="permission denied"), acting(viewer), transaction.atomic():
            select_patients(arguments=question)
    with acting(system_viewer(task="test", practice_id=other.practice_id)):
        assert select_patients(arguments=question) == []


def test_a_page_of_recipients_leaves_a_line_for_each(scene):
    person = scene.diabetic()
    mailing_id = scene.selected()
    listing = scene.desk(reads.list_recipients, mailing_id, states=[RecipientState.CHOSEN], page=1)
    assert [row.patient_id for row in listing.rows] == [person.pk]
    line = AuditEvent.objects.get(event="mailing.list", patient_id=person.pk)
    assert line.detail == {"mailing": mailing_id}
