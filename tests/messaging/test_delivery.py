"""One event, one mail: retries, refusals, faults of the mail server (REQ 9; security rows 50, 51, 62)."""

import email
from email.policy import default

import pytest

from tests.conftest import acting, as_role
from tests.factories import world
from tests.messaging.fake_smtp import fake_smtp
from tests.messaging.notices import age_claim, report, say_yes, work_off
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.clock import current_moment
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.messaging.actions import delivery
from zorgbalie.messaging.models import Notice, NoticePreference
from zorgbalie.messaging.rules import WAITS
from zorgbalie.messaging.tasks import send_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def smtp(settings):
    with fake_smtp(settings) as server:
        yield server


@pytest.fixture
def notice():
    patient, practice = world.make_patient_with_open_record()
    say_yes(patient)
    viewer = world.viewer_of_employee(world.make_employee(practice))
    with acting(viewer):
        report(viewer, patient, practice)
    return Notice.objects.get()


def _message_ids(smtp) -> list[str]:
    return [email.message_from_string(text, policy=default)["Message-ID"] for _, text in smtp.accepted]


def test_notice_is_sent_once_to_one_recipient_and_logged(smtp, notice):
    assert work_off(notice) is None
    assert work_off(notice) is None
    ((recipients, text),) = smtp.accepted
    message = email.message_from_string(text, policy=default)
    assert (recipients, message["To"], message["Cc"], message["Bcc"]) == ([notice.address], notice.address, None, None)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("sent", 1)
    line = AuditEvent.objects.get(event="notice.send")
    assert (line.patient_id, line.user_id, line.object_id) == (notice.person_id, "task:notice.send", str(notice.pk))


@pytest.mark.parametrize("fault", ["closed", "451", "drops"])
def test_row_51_temporary_fault_waits_for_its_next_try_and_keeps_its_message_id(smtp, notice, fault):
    smtp.fault = fault
    assert work_off(notice) == WAITS[0] * 60
    assert work_off(notice) == WAITS[1] * 60
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("waiting", 2)
    smtp.fault = ""
    assert work_off(notice) is None
    assert len(_message_ids(smtp)) == 1


def test_row_51_tries_span_more_than_a_day_and_then_the_notice_has_failed(smtp, notice):
    smtp.fault = "451"
    waits = [work_off(notice) for _ in range(len(WAITS) + 1)]
    assert waits == [*(minutes * 60 for minutes in WAITS), None]
    assert sum(WAITS) > 24 * 60
    assert min(WAITS) >= 1
    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == ("failed", "recipient 451")
    smtp.fault = ""
    assert work_off(notice) is None
    assert smtp.accepted == []


def test_address_refused_for_good_fails_at_once(smtp, notice):
    smtp.fault = "550"
    assert work_off(notice) is None
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("failed", 1)


def test_row_50_claimed_notice_is_left_alone_until_its_lease_is_over(smtp, notice):
    viewer = system_viewer(task="test", subject_id=notice.person_id)
    with as_role("zorgbalie_worker"):
        with unit_of_work(viewer):
            delivery.claim(viewer=viewer, notice_id=notice.pk, now=current_moment())
        with pytest.raises(delivery.StillSending):
            send_notice(notice_id=notice.pk, person_id=notice.person_id)
    assert smtp.accepted == []
    age_claim(notice)
    assert work_off(notice) is None
    assert len(smtp.accepted) == 1


def test_worker_whose_claim_was_taken_over_changes_nothing_any_more(notice):
    viewer = system_viewer(task="test", subject_id=notice.person_id)
    with as_role("zorgbalie_worker"), unit_of_work(viewer):
        first = delivery.claim(viewer=viewer, notice_id=notice.pk, now=current_moment())
    age_claim(notice)
    with as_role("zorgbalie_worker"), unit_of_work(viewer):
        delivery.claim(viewer=viewer, notice_id=notice.pk, now=current_moment())
        delivery.note_fault(claimed=first, fault="late", permanent=True)
    notice.refresh_from_db()
    assert notice.state == "sending"


def test_r15_yes_taken_back_before_sending_means_not_sent(smtp, notice):
    NoticePreference.objects.update(is_on=False)
    assert work_off(notice) is None
    notice.refresh_from_db()
    assert (notice.state, smtp.accepted) == ("cancelled", [])


def test_row_63_address_changed_before_sending_gets_the_mail(smtp, notice):
    type(notice.person).objects.update(email="nieuw@post.example")
    assert work_off(notice) is None
    assert smtp.accepted[0][0] == ["nieuw@post.example"]
