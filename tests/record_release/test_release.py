"""Releasing a record: what is chosen is what the patient sees, both or nothing (REQ 54 to 58; R3, R6, R7)."""

import pytest

from tests.conftest import acting
from tests.factories import world
from tests.record_release.choices import change, look, make_dossier, release
from zorgbalie.access.actions.requests import close_released
from zorgbalie.access.types import AgreementMissing, OnlineAccessClosed, RequestDecided
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.practice.models import Account, Enrolment
from zorgbalie.record.models import Episode, JournalEntry
from zorgbalie.record.queries import patient_record
from zorgbalie.record.types.desk import Choice, ChoiceNotUsable, ItemKind, ItemRef, RecordChanged
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def _patient_reads(dossier, now):
    """All text that the patient's own pages hold."""
    viewer = world.viewer_of_patient(dossier.patient)
    with acting(viewer):
        return str(
            [
                patient_record.get_overview(viewer=viewer, now=now),
                patient_record.list_contacts(viewer=viewer, now=now, page=1),
                patient_record.list_values(viewer=viewer, now=now, page=1),
            ]
        )


def test_req55_left_side_lists_each_episode_with_its_e_and_p_lines_and_never_s_or_o(now):
    dossier = make_dossier()
    items = look(dossier, now).items
    listed = [(item.ref, item.episode) for item in items if item.ref.kind in (ItemKind.EPISODE, ItemKind.LINE)]
    one, two = dossier.ref("one"), dossier.ref("two")
    assert sorted(listed[1:3] if listed[0][0] == one else listed[4:6]) == sorted(
        [(dossier.ref("one_E"), one), (dossier.ref("one_P"), one)]
    )
    assert {ref for ref, _ in listed} == {
        one, two, *(dossier.ref(f"{name}_{soep}") for name in ("one", "two") for soep in "EP")
    }  # fmt: skip
    assert all(item.ticked for item in items), "REQ 57: visible by default"
    rest = {item.ref for item in items} - {ref for ref, _ in listed}
    assert rest == {dossier.ref(name) for name in ("first", "second", "value", "allergy", "medicine")}


def test_req55_preview_is_what_the_patient_reads_after_release(now):
    dossier = make_dossier()
    choice = dossier.choice("one", "value")
    before = look(dossier, now, choice).preview
    saved = release(dossier, now, choice)
    assert (saved.hidden, saved.shown) == (2, 0)
    viewer = world.viewer_of_patient(dossier.patient)
    with acting(viewer):
        after = patient_record.get_overview(viewer=viewer, now=now)
    assert after.episodes.items == before.episodes.items
    for part in ("episodes", "contacts", "values"):
        assert getattr(after, part).total == getattr(before, part).total
    (allergies,), (medicines,) = after.allergies, after.medicines
    assert (allergies.listed.total, medicines.listed.total) == (before.allergies.total, before.medicines.total)


def test_r3_unticked_episode_takes_its_lines_along_at_release(now):
    dossier = make_dossier()
    preview = look(dossier, now, dossier.choice("one"))
    assert "Kanarie" not in str(preview.preview)
    release(dossier, now, dossier.choice("one"))
    text = _patient_reads(dossier, now)
    assert "Kanarie" not in text
    assert "Gewoon-E-twee" in text


def test_req58_a_single_line_is_hidden_with_a_reason_for_colleagues(now):
    dossier = make_dossier()
    release(dossier, now, dossier.choice("one_E"), reason="  gaat over \n een ander  ")
    text = _patient_reads(dossier, now)
    assert ("Kanarie-E-een" in text, "Kanarie-P-een" in text) == (False, True)
    assert "gaat over" not in text
    row = JournalEntry.objects.get(pk=dossier.rows["one_E"].pk)
    assert (row.hidden_reason, row.hidden_by_id, row.hidden_at) == ("gaat over een ander", dossier.employee.pk, now)
    item = next(item for item in look(dossier, now).items if item.ref == dossier.ref("one_E"))
    assert (item.reason, item.hidden_by) == ("gaat over een ander", dossier.employee.name)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_req55_hiding_asks_for_a_reason_and_changes_nothing_without(now, reason):
    dossier = make_dossier()
    with pytest.raises(ChoiceNotUsable) as refused:
        release(dossier, now, dossier.choice("one"), reason=reason)
    assert refused.value.field == "reason"
    dossier.request.refresh_from_db()
    assert (dossier.request.state, Episode.objects.filter(visible_to_patient=False).count()) == ("asked", 0)


def test_r7_without_both_signatures_nothing_is_released_and_no_tick_changes(now):
    dossier = make_dossier(signed=False)
    with pytest.raises(AgreementMissing):
        release(dossier, now, dossier.choice("one"))
    dossier.request.refresh_from_db()
    assert dossier.request.state == "asked"
    assert Episode.objects.filter(visible_to_patient=False).count() == 0


def test_req77_patient_without_online_access_is_not_released(now):
    dossier = make_dossier()
    Enrolment.objects.update(online_access="vulnerable")
    with pytest.raises(OnlineAccessClosed):
        release(dossier, now)


def test_req55_a_line_imported_after_the_preview_is_shown_first(now):
    dossier = make_dossier()
    digest = look(dossier, now).digest
    world.make_entry(dossier.rows["second"], dossier.rows["two"], "E", text="Net binnengekomen")
    with pytest.raises(RecordChanged):
        release(dossier, now, digest=digest)
    dossier.request.refresh_from_db()
    assert dossier.request.state == "asked"
    release(dossier, now)
    assert "Net binnengekomen" in _patient_reads(dossier, now)


@pytest.mark.parametrize("change_row", ["text", "tick"])
def test_req55_an_altered_line_or_a_colleagues_tick_is_shown_first(now, change_row):
    dossier = make_dossier()
    digest = look(dossier, now).digest
    values = {"text": "Anders"} if change_row == "text" else {"visible_to_patient": False}
    JournalEntry.objects.filter(pk=dossier.rows["one_E"].pk).update(**values)
    with pytest.raises(RecordChanged):
        release(dossier, now, digest=digest)


def test_req55_new_s_line_does_not_disturb_the_confirmation(now):
    dossier = make_dossier()
    digest = look(dossier, now).digest
    world.make_entry(dossier.rows["second"], dossier.rows["two"], "S", text="Vertelt iets")
    release(dossier, now, digest=digest)


def test_security2_ids_of_another_patient_are_refused(now):
    dossier, other = make_dossier(), make_dossier()
    stolen = Choice(hide=frozenset([other.ref("one"), other.ref("one_E"), ItemRef(ItemKind.LINE, 999_999_999)]))
    cockpit = look(dossier, now, stolen)
    assert cockpit.was_cut
    assert cockpit.choice == Choice()
    with pytest.raises(ChoiceNotUsable):
        release(dossier, now, stolen)
    s_line = Choice(hide=frozenset([dossier.ref("one_S")]))
    with pytest.raises(ChoiceNotUsable):
        release(dossier, now, s_line)
    assert Episode.objects.filter(visible_to_patient=False).count() == 0


def test_req55_second_employee_is_told_who_was_faster(now):
    dossier = make_dossier()
    colleague = world.viewer_of_employee(world.make_employee(dossier.practice))
    digest = look(dossier, now).digest
    release(dossier, now, digest=digest)
    with pytest.raises(RequestDecided) as refused:
        release(dossier, now, digest=digest, viewer=colleague)
    assert dossier.employee.name in refused.value.message
    assert AuditEvent.objects.filter(event="visibility.change").count() == 1


def test_req55_release_finishes_the_item_in_the_inbox(now):
    dossier = make_dossier()
    WorkItem.objects.create(
        practice=dossier.practice, kind="access_request", about_id=dossier.request.pk, person=dossier.patient
    )
    release(dossier, now)
    assert list(WorkItem.objects.values_list("state", flat=True)) == ["done"]


@pytest.mark.parametrize("missing", [StaffRight.RELEASE_RECORD])
def test_req60_who_may_not_release_is_refused(now, missing):
    dossier = make_dossier()
    rights = [right for right in StaffRight if right is not missing]
    without = world.viewer_of_employee(world.make_employee(dossier.practice, rights=rights))
    manager = world.viewer_of_employee(world.make_employee(dossier.practice, role=StaffRole.MANAGER))
    digest = look(dossier, now).digest
    for viewer in (without, manager):
        with pytest.raises(NotAllowed):
            look(dossier, now, viewer=viewer)
        with pytest.raises(NotAllowed):
            release(dossier, now, viewer=viewer, digest=digest)
        with pytest.raises(NotAllowed):
            change(dossier, now, dossier.choice("one"), viewer=viewer, digest=digest)
    assert Episode.objects.filter(visible_to_patient=False).count() == 0


def test_security5_other_practice_sees_nothing_also_in_an_emergency(now):
    dossier = make_dossier()
    stranger = world.make_employee(world.make_practice())
    world.start_emergency(stranger, dossier.patient)
    viewer = world.viewer_of_employee(stranger)
    digest = look(dossier, now).digest
    with pytest.raises(NotVisible):
        look(dossier, now, viewer=viewer)
    with pytest.raises(NotVisible):
        release(dossier, now, viewer=viewer, digest=digest)


def test_r14_facility_off_lists_nothing_to_release(now):
    dossier = make_dossier()
    Account.objects.update(facilities=["journal_ep"])
    cockpit = look(dossier, now)
    assert (cockpit.items, cockpit.is_served) == ((), False)


def test_req57_unticking_later_hides_at_once_and_ticking_shows_again(now):
    dossier = make_dossier()
    release(dossier, now)
    assert "Kanarie-E-een" in _patient_reads(dossier, now)
    change(dossier, now, dossier.choice("one"))
    assert "Kanarie" not in _patient_reads(dossier, now)
    saved = change(dossier, now, dossier.choice(show=("one",)), reason="")
    assert (saved.hidden, saved.shown) == (0, 1)
    assert "Kanarie-E-een" in _patient_reads(dossier, now)
    row = Episode.objects.get(pk=dossier.rows["one"].pk)
    assert (row.visible_to_patient, row.hidden_reason, row.hidden_by_id, row.hidden_at) == (True, "", None, None)


def test_req57_new_episode_after_release_is_visible_by_default(now):
    dossier = make_dossier()
    release(dossier, now)
    world.make_episode(dossier.patient, dossier.practice, title="Nieuwe episode")
    assert "Nieuwe episode" in _patient_reads(dossier, now)


def test_req58_hiding_what_is_hidden_keeps_the_first_reason(now):
    dossier = make_dossier()
    change(dossier, now, dossier.choice("one"), reason="eerste")
    change(dossier, now, dossier.choice("one"), reason="tweede")
    assert Episode.objects.get(pk=dossier.rows["one"].pk).hidden_reason == "eerste"


def test_r13_log_names_what_changed_and_never_the_content_or_the_reason(now):
    dossier = make_dossier()
    change(dossier, now, dossier.choice("one", "one_E"), reason="kanarie-reden")
    line = AuditEvent.objects.get(event="visibility.change")
    assert (line.patient_id, line.outcome) == (dossier.patient.pk, "0")
    assert line.detail == {
        "hide": 2, "show": 0, "hide_episode": [dossier.rows["one"].pk], "hide_line": [dossier.rows["one_E"].pk],
    }  # fmt: skip
    everything = str(list(AuditEvent.objects.values()))
    assert "kanarie-reden" not in everything
    assert "Kanarie" not in everything


def test_req58_a_release_that_is_taken_back_closes_the_record_and_keeps_the_ticks(now):
    dossier = make_dossier()
    release(dossier, now, dossier.choice("one"))
    with acting(dossier.viewer):
        close_released(viewer=dossier.viewer, request_id=dossier.request.pk, reason="Op uw verzoek.", now=now)
    with pytest.raises(NotVisible):
        _patient_reads(dossier, now)
    assert not Episode.objects.get(pk=dossier.rows["one"].pk).visible_to_patient


def test_empty_record_can_be_released(now):
    patient, practice = world.make_person(), world.make_practice()
    world.enrol(patient, practice, world.make_account(practice))
    world.sign_agreement(patient, practice)
    dossier = make_dossier()
    dossier.patient, dossier.practice = patient, practice
    dossier.request = world.release_record(patient, practice, state="asked", decided_at=None)
    dossier.viewer = world.viewer_of_employee(world.make_employee(practice))
    cockpit = look(dossier, now)
    assert (cockpit.items, cockpit.counts.shown.episodes, cockpit.is_served) == ((), 0, True)
    release(dossier, now)


@pytest.mark.parametrize("episodes", [1, 300])
def test_cockpit_takes_a_fixed_number_of_queries(now, episodes, django_assert_max_num_queries):
    dossier = make_dossier()
    for number in range(episodes):
        episode = world.make_episode(dossier.patient, dossier.practice, visible_to_patient=number % 2 == 0)
        world.make_entry(dossier.rows["first"], episode)
    with django_assert_max_num_queries(52):
        cockpit = look(dossier, now, dossier.choice("one"))
    assert len(cockpit.items) == 11 + 2 * episodes
