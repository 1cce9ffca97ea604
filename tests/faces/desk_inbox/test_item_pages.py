"""One item, the action list and an action by hand as pages (REQ 42; R2; ux 46 to 49)."""

from datetime import timedelta

import pytest

from tests.factories import world, writing
from zorgbalie.kernel.clock import current_moment, local_date
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.worklist.models import ActionNote, WorkItem

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


@pytest.fixture
def place(desk_client):
    patient, practice = world.make_patient_with_open_record()
    employee = world.make_employee(practice, name="dr. J. de Wit")
    desk_client.sign_in(employee)
    return patient, practice, employee


def tomorrow():
    return (local_date(current_moment()) + timedelta(days=1)).isoformat()


def test_req42_from_the_list_to_a_colleague_and_back_to_the_same_list(desk_client, place):
    patient, practice, _ = place
    colleague = world.make_employee(practice, name="Samira Bakker")
    item = world.add_work_item(patient, practice)
    assert f"/postvak/{item.pk}/?terug=q%3Dcanarie" in desk_client.get("/?q=canarie").content.decode()
    answer = desk_client.get(f"/postvak/{item.pk}/?terug=q%3Dcanarie")
    assert "Samira Bakker" in answer.content.decode()
    values = {"version": answer.context["item"].version, "who": f"m{colleague.pk}", "due_on": tomorrow()}
    done = desk_client.post(
        f"/postvak/{item.pk}/", {**values, "is_urgent": "on", "back": "q=canarie&next=//evil.example"}
    )
    assert done["Location"] == "/?q=canarie"
    item.refresh_from_db()
    assert (item.assigned_to_id, item.is_urgent) == (colleague.pk, True)
    stale = desk_client.post(f"/postvak/{item.pk}/", {"version": values["version"], "who": ""}, follow=True)
    assert "Samira Bakker heeft dit net opgepakt" in stale.content.decode() or "net gewijzigd" in stale.content.decode()
    item.refresh_from_db()
    assert item.assigned_to_id == colleague.pk


def test_r2_late_work_is_marked_and_tabs_tell_how_much_waits(desk_client, place):
    patient, practice, employee = place
    writing.add_action(patient, employee, text="Bel over het ziekenhuis")
    world.add_work_item(patient, practice, assigned_to=employee)
    answer = desk_client.get("/")
    text = answer.content.decode()
    assert ("te laat" in text, "Bel over het ziekenhuis" in text, "zb-row--late" in text) == (True, True, True)
    assert [(tab.label, tab.count) for tab in answer.context["tabs"]] == [
        ("Te doen", 2), ("Van mij", 1), ("Actielijst", 1), ("Gedaan", None),
    ]  # fmt: skip
    actions = desk_client.get("/?soort=action")
    assert [row.kind for row, _kind, _href in actions.context["items"]] == ["action_note"]


def test_req42_an_action_is_added_from_the_record_and_marked_as_done(desk_client, place):
    patient, _, employee = place
    path = f"/acties/{patient.pk}/nieuw/"
    assert path in desk_client.get(f"/dossier/{patient.pk}/").content.decode()
    assert path in desk_client.get(f"/patienten/{patient.pk}/").content.decode()
    assert desk_client.get(path).status_code == 200
    values = {"token": "a" * 32, "text": "Bel over de uitslag", "due_on": tomorrow(), "who": f"m{employee.pk}"}
    for _ in range(2):
        assert desk_client.post(path, values)["Location"] == "/?soort=action"
    item = WorkItem.objects.get()
    assert (ActionNote.objects.get().text, item.assigned_to_id) == ("Bel over de uitslag", employee.pk)
    assert "Bel over de uitslag" in desk_client.get(f"/postvak/{item.pk}/").content.decode()
    desk_client.post(f"/postvak/{item.pk}/afhandelen/", {"back": "soort=action"})
    assert "Geen acties" in desk_client.get("/?soort=action").content.decode()
    assert "Afgehandeld op" in desk_client.get(f"/postvak/{item.pk}/").content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""}, {"text": "x" * 301}, {"text": "a\0b"}, {"due_on": ""}, {"due_on": "morgen"},
        {"due_on": "2020-01-01"}, {"due_on": "9999-12-31"}, {"who": "m999999"}, {"who": "x"}, {"token": "kort"},
    ],
)  # fmt: skip
def test_row32_a_wrong_action_is_told_at_the_field_and_keeps_the_text(desk_client, place, values):
    patient, _, _ = place
    base = {"token": "a" * 32, "text": "Bel over de uitslag", "due_on": tomorrow(), "who": ""}
    answer = desk_client.post(f"/acties/{patient.pk}/nieuw/", {**base, **values})
    assert (answer.status_code, ActionNote.objects.count()) == (422, 0)
    assert "zb-errors" in answer.content.decode() or "token" in values


@pytest.mark.parametrize("values", [{"who": "m1"}, {"who": "a" + "9" * 30}, {"due_on": "2020-01-01"}, {"who": "m\0"}])
def test_row32_a_wrong_plan_is_told_at_the_field(desk_client, place, values):
    patient, practice, _ = place
    item = world.add_work_item(patient, practice)
    version = desk_client.get(f"/postvak/{item.pk}/").context["item"].version
    assert desk_client.post(f"/postvak/{item.pk}/", {"version": version, **values}).status_code == 422


def test_rows5_6_items_and_actions_of_others(desk_client, place):
    patient, practice, employee = place
    item = writing.add_action(patient, employee, text="Geheim")
    paths = (f"/postvak/{item.pk}/", f"/acties/{patient.pk}/nieuw/")
    desk_client.sign_in(world.make_employee(world.make_practice()))
    assert [desk_client.get(path).status_code for path in paths] == [404, 404]
    assert [desk_client.post(path).status_code for path in paths] == [404, 404]
    desk_client.sign_in(world.make_employee(practice, rights=[StaffRight.PUBLISH_RESULTS]))
    assert [desk_client.get(path).status_code for path in paths] == [403, 403]
    assert "Geheim" not in desk_client.get("/").content.decode()
    desk_client.sign_in(world.make_employee(practice, role=StaffRole.MANAGER))
    assert [desk_client.get(path).status_code for path in paths] == [403, 403]
    assert "Geheim" not in desk_client.get("/").content.decode()


def test_row26_the_text_of_an_action_is_text(desk_client, place):
    patient, _, employee = place
    item = writing.add_action(patient, employee, text=XSS)
    for path in ("/", f"/postvak/{item.pk}/", "/?soort=action"):
        assert b"<script>alert" not in desk_client.get(path).content


def test_filters_for_a_colleague_an_account_and_nobody_can_be_kept_in_the_address(desk_client, place):
    patient, practice, employee = place
    account, colleague = practice.accounts.get(), world.make_employee(practice)
    hers = world.add_work_item(patient, practice, assigned_to=colleague)
    his = world.add_work_item(patient, practice, account=account)

    def shown(query):
        return {row.item_id for row, _kind, _href in desk_client.get("/" + query).context["items"]}

    assert shown(f"?van=m{colleague.pk}") == {hers.pk}
    assert shown(f"?van=a{account.pk}") == {his.pk}
    assert shown("?van=vrij") == {his.pk}
    assert shown(f"?van=m{employee.pk}") == set()
    assert shown("?van=m999999") == shown("?van=%00") == {hers.pk, his.pk}
