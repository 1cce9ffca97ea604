"""Publish, invite, save, with the patient's eyes at each moment (REQ 62 to 64; R1, R2, R9, R13 to R15)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from tests.conftest import acting, as_role
from tests.factories import world
from tests.record_lab.reports import REPORTED, decide, new_report, new_result, receive
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole, system_viewer
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.record import tasks
from zorgbalie.record.actions.lab_decisions import list_due, publish_due_report
from zorgbalie.record.models import LabInvitation, LabReport, Observation
from zorgbalie.record.queries import patient_record, patient_results
from zorgbalie.record.queries.lab import get_lab_report
from zorgbalie.record.types.lab import DecisionNotUsable, LabAction, ReportDecided, ReportStatus
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


class Scene:
    """A patient with an open record, a doctor, and a report that came in."""

    def __init__(self, now, **values):
        self.now = now
        self.patient, self.practice = world.make_patient_with_open_record()
        self.doctor = world.make_employee(self.practice, name="dr. J. de Wit")
        self.report = new_report(**values)
        self.report_id = receive(self.patient, self.practice, now, self.report).report_id

    def decide(self, action, report_id=None, **values):
        return decide(self.doctor, self.patient, report_id or self.report_id, action, self.now, **values)

    def later(self, **values):
        """A later version of the same report."""
        report = replace(self.report, digest=f"{world.next_number():064d}", **values)
        return receive(self.patient, self.practice, self.now, report).report_id

    def row(self, report_id=None):
        return LabReport.objects.get(pk=report_id or self.report_id)

    def seen(self, now=None, patient=None):
        """What the patient finds: reports, values by name, and invitations."""
        viewer = world.viewer_of_patient(patient or self.patient)
        now = now or self.now
        with acting(viewer):
            reports = patient_results.list_reports(viewer=viewer, now=now, page=1).items
            values = patient_record.list_values(viewer=viewer, now=now, page=1).items
            invitations = patient_results.list_invitations(viewer=viewer, now=now)
        return (
            [one.report_id for one in reports],
            sorted(one.latest.title for one in values),
            [one.report_id for one in invitations],
        )

    def read(self, report_id=None):
        viewer = world.viewer_of_patient(self.patient)
        with acting(viewer):
            return patient_results.get_report(viewer=viewer, report_id=report_id or self.report_id, now=self.now)


NOTHING = ([], [], [])


def run_due(now):
    """What the task does at a moment."""
    finder = system_viewer(task="publish-due-reports")
    with acting(finder):
        due = list_due(viewer=finder, now=now)
    done = []
    for patient_id, practice_id, report_id in due:
        viewer = system_viewer(task="publish-due-reports", practice_id=practice_id, subject_id=patient_id)
        with acting(viewer):
            done.append(
                publish_due_report(
                    viewer=viewer, patient_id=patient_id, practice_id=practice_id, report_id=report_id, now=now
                )
            )
    return done


def test_row49_a_fault_at_one_report_leaves_those_that_are_due_after_it(now, monkeypatch):
    scenes = [Scene(now), Scene(now)]
    for scene in scenes:
        scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=now.date() + timedelta(days=1))
    real = tasks.publish_due_report

    def falls_over(**values):
        return 1 / 0 if values["report_id"] == scenes[0].report_id else real(**values)

    monkeypatch.setattr(tasks, "publish_due_report", falls_over)
    monkeypatch.setattr(tasks, "current_moment", lambda: now + timedelta(days=1))
    with as_role("zorgbalie_worker"):
        tasks.publish_due_reports(timestamp=0)
    assert [scene.row().state for scene in scenes] == ["scheduled", "published"]


# Before


def test_r1_before_any_decision_the_patient_finds_nothing(now):
    scene = Scene(now)
    assert scene.seen() == NOTHING
    with pytest.raises(NotVisible):
        scene.read()


def test_r1_the_database_itself_shows_the_portal_no_row_before_publication(now):
    scene = Scene(now)
    scene.decide(LabAction.SAVE, conclusion="Nog niet", due_on=now.date())
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        assert not LabReport.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_any_column_privilege('zorgbalie_portal', 'record_labresult', 'SELECT')")
        assert cursor.fetchone() == (False,)


# Publishing


@pytest.mark.parametrize("conclusion", ["", "   \n "])
def test_r1_no_publication_without_a_conclusion(now, conclusion):
    scene = Scene(now)
    for publish_on in (None, now.date() + timedelta(days=3)):
        with pytest.raises(DecisionNotUsable) as refusal:
            scene.decide(LabAction.PUBLISH, conclusion=conclusion, publish_on=publish_on)
        assert refusal.value.field == "conclusion"
    assert (scene.row().state, scene.seen()) == ("new", NOTHING)


@pytest.mark.parametrize("state", ["published", "scheduled"])
def test_r1_the_database_keeps_no_publication_without_a_conclusion(now, state):
    scene = Scene(now)
    with pytest.raises(IntegrityError):
        LabReport.objects.filter(pk=scene.report_id).update(state=state, conclusion="  ")


def test_req62_published_shows_the_ticked_results_with_the_conclusion_and_no_other(now):
    scene = Scene(now)
    scene.decide(
        LabAction.PUBLISH, conclusion="Uw kalium is iets hoog.", advice="Eet deze week geen bananen.", shared=["Kalium"]
    )
    assert scene.seen() == ([scene.report_id], ["Kalium"], [])
    read = scene.read()
    assert (read.conclusion, read.advice, read.doctor_name) == (
        "Uw kalium is iets hoog.", "Eet deze week geen bananen.", "dr. J. de Wit",
    )  # fmt: skip
    assert [one.value.title for one in read.values] == ["Kalium"]
    assert WorkItem.objects.filter(state="open").count() == 0


def test_req64_an_empty_field_of_a_template_is_not_published(now):
    scene = Scene(now)
    with pytest.raises(DecisionNotUsable, match=r"\{invullen\}"):
        scene.decide(LabAction.PUBLISH, conclusion="Uw {invullen} is goed.")


def test_ux50_the_preview_is_what_the_patient_then_reads(now):
    scene = Scene(now)
    world.make_observation(
        scene.patient, scene.practice, category="laboratory", title="Kalium", code="1234", code_system="urn:nhg:45",
        value_number="4.8", unit="mmol/L", observed_on=date(2026, 5, 1),
    )  # fmt: skip
    draft = scene.decide(LabAction.PUBLISH, conclusion="Goed.", only_draft=True)
    viewer = world.viewer_of_employee(scene.doctor)
    with acting(viewer):
        before = get_lab_report(
            viewer=viewer, patient_id=scene.patient.pk, report_id=scene.report_id, draft=draft, now=now
        ).preview
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    after = scene.read()
    assert [len(one.points) for one in after.values] == [2, 1]
    plain = [replace(one, value=replace(one.value, observation_id=0)) for one in after.values]
    assert replace(after, values=()) == replace(before, values=())
    assert [replace(one, value=replace(one.value, observation_id=0)) for one in before.values] == plain


# On a day


def test_req62_on_a_day_nothing_before_eight_that_morning_and_published_once_after(now):
    scene = Scene(now)
    day = now.date() + timedelta(days=2)
    scene.decide(LabAction.PUBLISH, conclusion="Alles is goed.", publish_on=day)
    morning = datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC)  # eight in the Netherlands
    for moment in (now, morning - timedelta(days=1), morning - timedelta(minutes=1)):
        assert run_due(moment) == []
        assert scene.seen(moment) == NOTHING
    assert run_due(morning) == [True]
    assert scene.seen(morning)[0] == [scene.report_id]
    assert (run_due(morning), Observation.objects.count()) == ([], 2)


def test_req62_a_planned_publication_can_be_taken_back_before_its_day(now):
    scene = Scene(now)
    day = now.date() + timedelta(days=1)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=day)
    scene.decide(LabAction.SAVE, conclusion="Goed.", due_on=day)
    assert run_due(now + timedelta(days=3)) == []
    assert scene.seen(now + timedelta(days=3)) == NOTHING


def test_a_patient_who_left_gets_no_planned_publication_and_no_mail(now):
    scene = Scene(now)
    NoticePreference.objects.create(person=scene.patient, kind="result_ready", channel="email", is_on=True)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=now.date() + timedelta(days=1))
    scene.practice.enrolments.update(ended_at=now)
    assert run_due(now + timedelta(days=1)) == [False]
    assert (scene.row().state, Notice.objects.count()) == ("saved", 0)
    assert WorkItem.objects.filter(kind="action", state="open").count() == 1


@pytest.mark.parametrize("days", [-1, 366])
def test_a_day_in_the_past_or_after_a_year_is_refused(now, days):
    scene = Scene(now)
    with pytest.raises(DecisionNotUsable):
        scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=now.date() + timedelta(days=days))


# Saving and inviting


def test_r2_saving_makes_an_action_with_a_date_and_shows_nothing(now):
    scene = Scene(now)
    day = now.date() + timedelta(days=5)
    scene.decide(LabAction.SAVE, conclusion="Overleg met internist", due_on=day)
    item = WorkItem.objects.get(kind="action", state="open")
    assert (item.about_id, item.due_at.date(), item.for_right) == (scene.report_id, day, "publish_results")
    assert not WorkItem.objects.filter(kind="lab_report", state="open").exists()
    assert (scene.seen(), scene.row().conclusion) == (NOTHING, "Overleg met internist")


def test_r2_saving_without_a_date_is_refused(now):
    with pytest.raises(DecisionNotUsable) as refusal:
        Scene(now).decide(LabAction.SAVE)
    assert refusal.value.field == "due_on"


def test_r2_saving_again_moves_the_one_action(now):
    scene = Scene(now)
    for days in (1, 7):
        scene.decide(LabAction.SAVE, due_on=now.date() + timedelta(days=days))
    assert [item.due_at.date() for item in WorkItem.objects.filter(kind="action", state="open")] == [
        now.date() + timedelta(days=7)
    ]


def test_req63_invited_the_patient_reads_to_call_and_no_word_of_the_result(now):
    scene = Scene(now)
    scene.decide(LabAction.INVITE, conclusion="Bespreken: kalium veel te hoog")
    reports, values, invitations = scene.seen()
    assert (reports, values, invitations) == ([], [], [scene.report_id])
    with pytest.raises(NotVisible):
        scene.read()
    assert WorkItem.objects.get(kind="action", state="open").due_at.date() == now.date() + timedelta(days=14)


def test_req63_after_the_talk_it_is_published_or_closed_and_the_invitation_ends(now):
    for action in (LabAction.PUBLISH, LabAction.CLOSE):
        scene = Scene(now)
        scene.decide(LabAction.INVITE)
        scene.decide(action, conclusion="Besproken.")
        assert scene.seen()[2] == []
        assert bool(scene.seen()[0]) is (action is LabAction.PUBLISH)
        assert not WorkItem.objects.filter(state="open", about_id=scene.report_id).exists()


def test_closing_without_an_invitation_is_refused(now):
    with pytest.raises(DecisionNotUsable):
        Scene(now).decide(LabAction.CLOSE)


# Later versions


def test_a_corrected_report_takes_the_place_once_published_with_the_history_kept(now):
    scene = Scene(now, results=(new_result(),))
    scene.decide(LabAction.PUBLISH, conclusion="Iets hoog.")
    later = scene.later(
        status=ReportStatus.CORRECTED,
        reported_at=REPORTED + timedelta(days=1),
        results=(new_result(value_number="4.4", flag=""),),
    )
    assert scene.seen() == ([scene.report_id], ["Kalium"], [])  # until somebody decided
    scene.decide(LabAction.PUBLISH, later, conclusion="Het laboratorium verbeterde de uitslag. Het is goed.")
    assert scene.seen() == ([later], ["Kalium"], [])
    read = scene.read(later)
    assert (read.is_corrected, [str(one.value.number.normalize()) for one in read.values]) == (True, ["4.4"])
    [former] = read.former
    assert (former.conclusion, [str(one.number.normalize()) for one in former.values]) == ("Iets hoog.", ["5.9"])
    assert [len(one.points) for one in read.values] == [1]  # the wrong value is no point of the trend
    with pytest.raises(NotVisible):
        scene.read()


def test_preliminary_final_corrected_reads_as_one_report(now):
    scene = Scene(now, status=ReportStatus.PRELIMINARY, results=(new_result(status="preliminary"),))
    scene.decide(LabAction.PUBLISH, conclusion="Voorlopig.")
    assert scene.read().is_preliminary
    newest = scene.report_id
    for hours, status in enumerate((ReportStatus.FINAL, ReportStatus.CORRECTED), start=1):
        newest = scene.later(status=status, reported_at=REPORTED + timedelta(hours=hours), results=(new_result(),))
        scene.decide(LabAction.PUBLISH, newest, conclusion=f"Versie {hours}.")
    read = scene.read(newest)
    assert [one.conclusion for one in read.former] == ["Versie 1.", "Voorlopig."]
    assert scene.seen() == ([newest], ["Kalium"], [])


def test_a_planned_version_that_was_corrected_meanwhile_is_never_published(now):
    scene = Scene(now, status=ReportStatus.FINAL)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", publish_on=now.date() + timedelta(days=1))
    scene.later(status=ReportStatus.CORRECTED, reported_at=REPORTED + timedelta(hours=1))
    assert (run_due(now + timedelta(days=2)), scene.seen()) == ([], NOTHING)
    with pytest.raises(ReportDecided):
        scene.decide(LabAction.PUBLISH, conclusion="Goed.")


def test_an_invitation_ends_when_a_later_version_is_published(now):
    scene = Scene(now)
    scene.decide(LabAction.INVITE)
    later = scene.later(status=ReportStatus.CORRECTED, reported_at=REPORTED + timedelta(hours=1))
    assert scene.seen()[2] == [scene.report_id]
    scene.decide(LabAction.PUBLISH, later, conclusion="Toch goed.")
    assert scene.seen()[2] == []
    assert not WorkItem.objects.filter(state="open").exists()


# Who, twice, and what it leaves


@pytest.mark.parametrize("role", [StaffRole.GP, StaffRole.NURSE, StaffRole.ASSISTANT, StaffRole.LOCUM])
@pytest.mark.parametrize("missing", [StaffRight.PUBLISH_RESULTS, StaffRight.READ_RECORD])
def test_req60_without_the_right_nothing_is_read_or_decided(now, role, missing):
    scene = Scene(now)
    rights = [right for right in StaffRight if right is not missing]
    scene.doctor = world.make_employee(scene.practice, role=role, rights=rights)
    with pytest.raises(NotAllowed):
        scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    assert scene.row().state == "new"


def test_row39_another_practice_and_another_patient_find_nothing(now):
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    other, _ = world.make_patient_with_open_record(scene.practice)
    assert scene.seen(patient=other) == NOTHING
    viewer = world.viewer_of_patient(other)
    with pytest.raises(NotVisible), acting(viewer):
        patient_results.get_report(viewer=viewer, report_id=scene.report_id, now=now)
    scene.doctor = world.make_employee(world.make_practice())
    with pytest.raises(NotVisible):
        scene.decide(LabAction.PUBLISH, conclusion="Goed.")


def test_a_report_of_another_patient_is_not_reached_through_a_patient_of_ones_own(now):
    scene = Scene(now)
    other, _ = world.make_patient_with_open_record(scene.practice)
    with pytest.raises(NotVisible):
        decide(scene.doctor, other, scene.report_id, LabAction.PUBLISH, now, conclusion="Goed.", revision=0)


def test_pressed_twice_is_published_once(now):
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.", revision=0)
    with pytest.raises(ReportDecided, match=r"dr\. J\. de Wit"):
        scene.decide(LabAction.PUBLISH, conclusion="Goed.", revision=0)
    assert Observation.objects.count() == 2


def test_of_two_doctors_the_second_is_told_who_was_first(now):
    scene = Scene(now)
    scene.decide(LabAction.SAVE, due_on=now.date(), revision=0)
    scene.doctor = world.make_employee(scene.practice)
    with pytest.raises(ReportDecided, match=r"dr\. J\. de Wit"):
        scene.decide(LabAction.PUBLISH, conclusion="Goed.", revision=0)
    assert scene.seen() == NOTHING


def test_r14_a_facility_that_is_off_and_the_months_close_reports_too(now):
    scene = Scene(now, sampled_at=datetime(2025, 8, 1, tzinfo=UTC))
    scene.decide(LabAction.PUBLISH, conclusion="Oud.")
    assert scene.seen() == NOTHING  # older than the practice's fourteen months
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    scene.practice.accounts.update(facilities=["journal_ep"])
    with pytest.raises(NotVisible):
        scene.seen()


def test_r15_a_mail_only_with_a_yes_and_r9_nothing_medical(now):
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    assert Notice.objects.count() == 0
    scene = Scene(now)
    NoticePreference.objects.create(person=scene.patient, kind="result_ready", channel="email", is_on=True)
    scene.decide(LabAction.SAVE, due_on=now.date())
    assert Notice.objects.count() == 0
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    assert list(Notice.objects.values_list("kind", flat=True)) == ["result_ready"]


def test_r13_each_step_leaves_its_line(now):
    scene = Scene(now)
    scene.decide(LabAction.SAVE, due_on=now.date())
    scene.decide(LabAction.INVITE)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    scene.read()
    events = list(AuditEvent.objects.filter(patient_id=scene.patient.pk).values_list("event", flat=True))
    for event in ("lab.receive", "lab.save", "lab.invite", "lab.publish", "result.read"):
        assert event in events


def test_news_is_what_the_one_who_looks_has_not_opened(now):
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        [card] = patient_results.get_news(viewer=viewer, now=now).reports
    assert card.report_id == scene.report_id
    scene.read()
    with acting(viewer):
        assert patient_results.get_news(viewer=viewer, now=now).reports == ()


def test_ux17_a_result_stays_news_until_it_is_read_whatever_came_after_it(now):
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    later = [receive(scene.patient, scene.practice, now, new_report(report_number=f"N{n}")) for n in range(6)]
    for number, one in enumerate(later, start=1):
        scene.now = now + timedelta(minutes=number)
        scene.decide(LabAction.PUBLISH, one.report_id, conclusion="Goed.")
        scene.read(one.report_id)
    viewer = world.viewer_of_patient(scene.patient)
    with acting(viewer):
        found = patient_results.get_news(viewer=viewer, now=scene.now).reports
    assert [one.report_id for one in found] == [scene.report_id]


def test_ten_thousand_reports_and_values_page_in_as_many_queries_as_one(now):
    scene = Scene(now)
    scene.decide(LabAction.PUBLISH, conclusion="Goed.")
    viewer = world.viewer_of_patient(scene.patient)

    def costs():
        found = []
        for look in (
            lambda: patient_results.list_reports(viewer=viewer, now=now, page=1),
            lambda: patient_results.get_report(viewer=viewer, report_id=scene.report_id, now=now),
            lambda: patient_results.get_news(viewer=viewer, now=now),
        ):
            with acting(viewer), CaptureQueriesContext(connection) as queries:
                look()
            found.append(len(queries))
        return found

    few = costs()
    row = scene.row()
    whose = {"patient": scene.patient, "practice": scene.practice}
    LabReport.objects.bulk_create(
        LabReport(
            **whose, laboratory="X", report_number=str(number), digest=str(number), reported_at=REPORTED,
            status="final", state="published", conclusion="Goed.", published_at=now, decided_by=row.decided_by,
        )
        for number in range(10_000)
    )  # fmt: skip
    Observation.objects.bulk_create(
        Observation(
            **whose, category="laboratory", title="Kalium", code="1234", code_system="urn:nhg:45", unit="mmol/L",
            value_number="4.1", observed_on=date(2026, 1, 1),
        )
        for _ in range(10_000)
    )  # fmt: skip
    assert costs() == few
    viewer_page = 500
    with acting(viewer):
        assert len(patient_results.list_reports(viewer=viewer, now=now, page=viewer_page).items) == 20
    assert LabInvitation.objects.count() == 0
