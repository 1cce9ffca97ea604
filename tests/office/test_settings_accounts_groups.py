"""Settings, accounts with facilities, groups and agreement texts (REQ 4, 53, 54, 67 to 71; R14)."""

import pytest

from tests.conftest import acting
from tests.factories import world
from zorgbalie.access import gate
from zorgbalie.access.actions import agreement_texts as text_actions
from zorgbalie.access.models import AgreementText
from zorgbalie.access.queries import agreement_texts as text_queries
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.office.actions import accounts as account_actions
from zorgbalie.office.actions import groups as group_actions
from zorgbalie.office.actions import settings as setting_actions
from zorgbalie.office.queries import accounts as account_queries
from zorgbalie.office.queries import groups as group_queries
from zorgbalie.office.queries import settings as setting_queries
from zorgbalie.office.types import FacilityNotOffered
from zorgbalie.practice.models import Account, EmployeeGroup, Practice
from zorgbalie.practice.types import ChangedMeanwhile, Facility, NameTaken

pytestmark = pytest.mark.django_db
ONLINE = {Facility.JOURNAL_EP, Facility.DIAGNOSTIC_VALUES}


def _viewer(practice, *rights):
    rights = rights or (StaffRight.MANAGE_PRACTICE,)
    return world.viewer_of_employee(world.make_employee(practice, role=StaffRole.MANAGER, rights=rights))


def _may_read(patient, practice, now):
    viewer = world.viewer_of_patient(patient)
    with acting(viewer):
        return gate.may_open_patient(
            viewer=viewer, patient_id=patient.pk, practice_id=practice.pk, kind=DataKind.JOURNAL, use=Use.READ, now=now
        )


def _switch(viewer, account, facilities):
    with acting(viewer):
        version = account_queries.get_account(viewer=viewer, account_id=account.pk).version
        account_actions.switch_facilities(viewer=viewer, account_id=account.pk, facilities=facilities, version=version)


def test_r14_what_is_switched_off_is_refused_at_once_and_back_on_it_is_granted(now):
    patient, practice = world.make_patient_with_open_record()
    account = Account.objects.get(practice=practice)
    viewer = _viewer(practice)
    assert _may_read(patient, practice, now)
    for only in ONLINE:
        _switch(viewer, account, {only})
        assert not _may_read(patient, practice, now), f"REQ 53: {only} alone is not enough"
    _switch(viewer, account, ONLINE)
    assert _may_read(patient, practice, now)
    lines = AuditEvent.objects.filter(event="account.facilities_switched").order_by("pk")
    assert lines.count() == 3
    assert lines.last().detail["facilities.after"] == "diagnostic_values, journal_ep"


def test_r14_account_out_of_use_serves_nothing(now):
    patient, practice = world.make_patient_with_open_record()
    account = Account.objects.get(practice=practice)
    viewer = _viewer(practice)
    with acting(viewer):
        version = account_queries.get_account(viewer=viewer, account_id=account.pk).version
        account_actions.set_active(viewer=viewer, account_id=account.pk, active=False, version=version)
    assert not _may_read(patient, practice, now)


def test_new_account_has_everything_off():
    practice = world.make_practice()
    viewer = _viewer(practice)
    with acting(viewer):
        account_id = account_actions.create_account(viewer=viewer, name="Dokter Nieuw", function="huisarts", agb="")
    assert Account.objects.get(pk=account_id).facilities == []
    with pytest.raises(NameTaken), acting(viewer):
        account_actions.create_account(viewer=viewer, name="Dokter Nieuw", function="", agb="")


def test_req_69_copying_shows_what_changes_and_changes_that():
    practice = world.make_practice()
    source = world.make_account(practice, facilities=ONLINE)
    target = world.make_account(practice, facilities=[Facility.MEDICATION, Facility.JOURNAL_EP])
    same = world.make_account(practice, facilities=ONLINE)
    viewer = _viewer(practice)
    with acting(viewer):
        targets = [target.pk, same.pk]
        changes = account_queries.preview_copy(viewer=viewer, source_id=source.pk, target_ids=targets)
        by_id = {one.account_id: one for one in changes}
        assert by_id[target.pk].switched_on == (Facility.DIAGNOSTIC_VALUES,)
        assert by_id[target.pk].switched_off == (Facility.MEDICATION,)
        seen = account_actions.version_of_changes(changes)
        account_actions.copy_facilities(viewer=viewer, source_id=source.pk, target_ids=targets, seen=seen)
    for account in (target, same):
        account.refresh_from_db()
        assert set(account.facilities) == {str(one) for one in ONLINE}
    assert AuditEvent.objects.filter(event="account.facilities_switched").count() == 1


def test_req_69_copying_is_refused_when_something_else_would_change_than_was_shown():
    practice = world.make_practice()
    source, target = world.make_account(practice, facilities=ONLINE), world.make_account(practice, facilities=[])
    viewer = _viewer(practice)
    with acting(viewer):
        changes = account_queries.preview_copy(viewer=viewer, source_id=source.pk, target_ids=[target.pk])
    seen = account_actions.version_of_changes(changes)
    _switch(viewer, source, {Facility.MEDICATION})
    with pytest.raises(ChangedMeanwhile), acting(viewer):
        account_actions.copy_facilities(viewer=viewer, source_id=source.pk, target_ids=[target.pk], seen=seen)
    target.refresh_from_db()
    assert target.facilities == []


def test_row_5_accounts_of_another_practice_are_not_there():
    foreign = world.make_account(world.make_practice())
    practice = world.make_practice()
    own, viewer = world.make_account(practice), _viewer(practice)
    before = Account.objects.values().get(pk=foreign.pk)
    calls = [
        lambda: account_queries.get_account(viewer=viewer, account_id=foreign.pk),
        lambda: account_queries.preview_copy(viewer=viewer, source_id=foreign.pk, target_ids=[own.pk]),
        lambda: account_queries.preview_copy(viewer=viewer, source_id=own.pk, target_ids=[foreign.pk]),
        lambda: account_actions.copy_facilities(
            viewer=viewer, source_id=own.pk, target_ids=[own.pk, foreign.pk], seen=""
        ),
        lambda: account_actions.switch_facilities(viewer=viewer, account_id=foreign.pk, facilities=[], version=""),
        lambda: account_actions.change_account(
            viewer=viewer, account_id=foreign.pk, name="x", function="", agb="", version=""
        ),
        lambda: account_actions.set_active(viewer=viewer, account_id=foreign.pk, active=False, version=""),
    ]
    for call in calls:
        with pytest.raises(NotVisible), acting(viewer):
            call()
    assert Account.objects.values().get(pk=foreign.pk) == before


def test_settings_are_stored_with_a_line_of_before_and_after():
    practice = world.make_practice(phone="020 555 01 23")
    viewer = _viewer(practice)
    with acting(viewer):
        stored = setting_queries.get_settings(viewer=viewer)
        assert setting_actions.change_settings(
            viewer=viewer, values={"phone": "020 555 99 99", "results_months": 14}, version=stored.version
        )
    assert Practice.objects.get(pk=practice.pk).phone == "020 555 99 99"
    line = AuditEvent.objects.get(event="settings.changed")
    assert line.detail == {"changed": "phone", "phone.before": "020 555 01 23", "phone.after": "020 555 99 99"}


def test_row_7_only_known_settings_are_stored():
    practice = world.make_practice()
    viewer = _viewer(practice)
    with acting(viewer):
        stored = setting_queries.get_settings(viewer=viewer)
        values = {"kind": "pharmacy", "id": 1, "created_at": None, "phone": "1234"}
        setting_actions.change_settings(viewer=viewer, values=values, version=stored.version)
    row = Practice.objects.get(pk=practice.pk)
    assert (row.kind, row.phone) == ("gp", "1234")


def test_settings_saved_by_somebody_else_meanwhile_are_not_undone():
    practice = world.make_practice()
    viewer = _viewer(practice)
    with acting(viewer):
        opened = setting_queries.get_settings(viewer=viewer).version
        setting_actions.change_settings(viewer=viewer, values={"city": "Delft"}, version=opened)
    with pytest.raises(ChangedMeanwhile), acting(viewer):
        setting_actions.change_settings(viewer=viewer, values={"city": "Gouda"}, version=opened)
    assert Practice.objects.get(pk=practice.pk).city == "Delft"


def test_row_6_who_may_not_manage_is_refused_everywhere_with_a_line():
    practice = world.make_practice()
    account, group = world.make_account(practice), world.make_group(practice)
    viewer = _viewer(practice, *[right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE])
    calls = [
        lambda: setting_queries.get_settings(viewer=viewer),
        lambda: setting_actions.change_settings(viewer=viewer, values={"city": "x"}, version=""),
        lambda: account_queries.list_accounts(viewer=viewer),
        lambda: account_actions.create_account(viewer=viewer, name="x", function="", agb=""),
        lambda: account_actions.switch_facilities(viewer=viewer, account_id=account.pk, facilities=[], version=""),
        lambda: account_actions.set_active(viewer=viewer, account_id=account.pk, active=False, version=""),
        lambda: group_queries.list_groups(viewer=viewer),
        lambda: _save_group(viewer, group.pk),
        lambda: text_queries.list_texts(viewer=viewer),
        lambda: _publish(viewer, 1),
    ]
    for call in calls:
        before = AuditEvent.objects.filter(outcome="4").count()
        with pytest.raises(NotAllowed), acting(viewer):
            call()
        assert AuditEvent.objects.filter(outcome="4").count() == before + 1


def _save_group(viewer, group_id=None, members=(), version="", name="Assistente"):
    return group_actions.save_group(
        viewer=viewer, group_id=group_id, name=name, description="Voor vragen en afspraken",
        is_visible_to_patients=True, member_ids=members, version=version,
    )  # fmt: skip


def test_req_71_group_has_members_of_its_own_practice_only():
    practice = world.make_practice()
    own, foreign = world.make_employee(practice), world.make_employee(world.make_practice())
    viewer = _viewer(practice)
    with acting(viewer):
        group_id = _save_group(viewer, members=[own.pk, foreign.pk])
        (group,) = group_queries.list_groups(viewer=viewer)
    assert (group.group_id, group.member_ids) == (group_id, (own.pk,))
    assert AuditEvent.objects.get(event="group.created").detail["members.after"] == str(own.pk)
    with pytest.raises(NameTaken), acting(viewer):
        _save_group(viewer)


def test_row_5_group_of_another_practice_is_not_there():
    group = world.make_group(world.make_practice(), name="Assistente")
    viewer = _viewer(world.make_practice())
    with pytest.raises(NotVisible), acting(viewer):
        group_queries.get_group(viewer=viewer, group_id=group.pk)
    with pytest.raises(NotVisible), acting(viewer):
        _save_group(viewer, group.pk, name="Gekaapt")
    assert EmployeeGroup.objects.get(pk=group.pk).name == "Assistente"


def _publish(viewer, version, title="Afspraken"):
    return text_actions.publish_text(
        viewer=viewer, title=title, patient_rights="a", patient_duties="b", practice_rights="c", practice_duties="d",
        version=version,
    )  # fmt: skip


def test_req_4_a_new_version_is_added_and_the_old_one_stays():
    practice = world.make_practice()
    viewer = _viewer(practice)
    general = world.make_agreement_text()
    with acting(viewer):
        assert _publish(viewer, 1, "Eerste") == 1
        assert _publish(viewer, 2, "Tweede") == 2
        own, common = text_queries.list_texts(viewer=viewer)
    assert [words.title for words in own] == ["Tweede", "Eerste"]
    assert general.pk in [words.text_id for words in common]
    assert AuditEvent.objects.filter(event="agreement_text.published").count() == 2


def test_req_4_who_confirmed_an_outdated_number_publishes_nothing():
    viewer = _viewer(world.make_practice())
    with acting(viewer):
        _publish(viewer, 1)
    with pytest.raises(text_actions.TextPublishedMeanwhile), acting(viewer):
        _publish(viewer, 1)
    assert AgreementText.objects.filter(practice_id=viewer.practice_id).count() == 1


def test_texts_of_another_practice_are_not_listed():
    other = world.make_agreement_text(practice=world.make_practice(), version=1)
    viewer = _viewer(world.make_practice())
    with acting(viewer):
        own, common = text_queries.list_texts(viewer=viewer)
    assert other.pk not in [words.text_id for words in [*own, *common]]


def test_req79_a_pharmacy_switches_on_what_it_has_and_nothing_else(now):
    pharmacy = world.make_practice(kind="pharmacy")
    account = world.make_account(pharmacy, facilities=[])
    viewer = _viewer(pharmacy)
    with pytest.raises(FacilityNotOffered):
        _switch(viewer, account, {Facility.MEDICATION, Facility.JOURNAL_EP})
    _switch(viewer, account, {Facility.MEDICATION})
    account.refresh_from_db()
    assert account.facilities == ["medication"]
