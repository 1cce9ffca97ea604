"""Reasons to ask, and who asks whom, as the manager sets them (REQ 8, 28, 30, 68; ux 5, 51; row 6)."""

import pytest

from tests.factories import world
from tests.factories.reasons import make_reason
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.models import ConsultAskRules, ConsultReason, ConsultReasonQuestion
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
LIST, NEW, WHO = "/beheer/vragen/redenen/", "/beheer/vragen/redenen/nieuw/", "/beheer/vragen/wie/"
XSS = "<script>alert(1)</script>"


def form(**values):
    """A reason with one question of each of two kinds."""
    return {
        "version": "0", "name": "Huid", "description": "Uitslag", "for_whom": "both", "is_on": "on",
        "care_term": "eczeem", "care_links": "Folder | https://folder.example/eczeem",
        "vraag1-label": "Waar zit het?", "vraag1-kind": "short", "vraag1-may_be_unknown": "on", "vraag1-place": "2",
        "vraag2-label": "Welke kleur?", "vraag2-kind": "choice", "vraag2-choices": "rood\r\ngroen", "vraag2-place": "1",
        **values,
    }  # fmt: skip


@pytest.fixture
def manager(desk_client):
    desk_client.practice = world.make_practice()
    desk_client.sign_in(world.make_employee(desk_client.practice, role="manager"))
    return desk_client


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_reason_is_stored_with_its_questions_in_order_and_a_line_in_the_log(manager):
    assert "Er zijn nog geen redenen" in page_of(manager, LIST)
    assert manager.post(NEW, form())["Location"] == LIST
    row = ConsultReason.objects.get(practice=manager.practice)
    assert (row.name, row.care_links) == ("Huid", [["Folder", "https://folder.example/eczeem"]])
    asked = list(row.questions.order_by("place").values_list("label", "choices", "may_be_unknown"))
    assert asked == [("Welke kleur?", ["rood", "groen"], False), ("Waar zit het?", [], True)]
    assert AuditEvent.objects.filter(event="consult.reason_saved").count() == 1
    assert "Huid" in page_of(manager, LIST)


def test_a_reason_is_changed_and_a_question_taken_away(manager):
    manager.post(NEW, form())
    row = ConsultReason.objects.get()
    path = f"{LIST}{row.pk}/"
    assert "Welke kleur?" in page_of(manager, path)
    changed = form(version=str(row.revision), name="Huid en haar", **{"vraag2-label": ""})
    assert manager.post(path, changed).status_code == 302
    assert list(ConsultReasonQuestion.objects.values_list("label", flat=True)) == ["Waar zit het?"]
    late = manager.post(path, form(version=str(row.revision), name="Te laat"))
    assert late.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd" in late.content.decode()
    assert "Te laat" in late.content.decode(), "nothing typed is lost"


def test_ux51_the_preview_is_what_the_patient_gets_and_stores_nothing(manager):
    typed = form(**{"vraag1-label": "Een nieuwe vraag?"})
    page = manager.post(NEW, {**typed, "preview": "1"})
    part = manager.post(NEW, typed, headers={"HX-Request": "true"})
    for answer in (page, part):
        text = answer.content.decode()
        assert "Een nieuwe vraag?" in text
        assert "Weet ik niet" in text
        assert "Misschien helpt dit al" in text
    assert "<html" not in part.content.decode()
    assert not ConsultReason.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""}, {"name": "x" * 61}, {"name": "a\x00b"}, {"for_whom": "x"}, {"goes_to": "account-999999"},
        {"care_code": "zzz"}, {"care_links": "https://zonder.example/"}, {"care_links": "Titel | http://onveilig.example/"},
        {"care_links": "Titel | javascript:alert(1)"}, {"care_links": "Titel | https://localhost/"},
        {"care_links": "\n".join(f"T{one} | https://a.example/{one}" for one in range(4))},
        {"vraag1-label": "x" * 121}, {"vraag1-kind": "x"}, {"vraag2-choices": "een"}, {"vraag2-choices": "een\neen"},
        {"vraag2-choices": "\n".join(str(one) for one in range(11))}, {"vraag1-label": "\x00"}, {"vraag1-place": "9"},
    ],
)  # fmt: skip
def test_row32_nonsense_comes_back_with_the_form(manager, values):
    assert manager.post(NEW, form(**values)).status_code == 422
    assert not ConsultReason.objects.exists()


def test_ux5_an_eighth_question_does_not_exist_on_the_form(manager):
    eight = {f"vraag{place}-label": f"Vraag {place}" for place in range(1, 9)}
    kinds = {f"vraag{place}-kind": "short" for place in range(1, 9)}
    assert manager.post(NEW, form(**eight, **kinds)).status_code == 302
    assert ConsultReasonQuestion.objects.count() == 7


def test_a_name_stands_once_in_a_practice(manager):
    manager.post(NEW, form())
    answer = manager.post(NEW, form())
    assert answer.status_code == 422
    assert "Er is al een reden met deze naam." in answer.content.decode()


def test_order_and_state_are_changed_from_the_list(manager):
    first, second = make_reason(manager.practice, name="Eerste"), make_reason(manager.practice, name="Tweede")
    manager.post(f"{LIST}{second.pk}/plaats/", {"naar": "boven"})
    assert list(ConsultReason.objects.order_by("position").values_list("name", flat=True)) == ["Tweede", "Eerste"]
    manager.post(f"{LIST}{second.pk}/plaats/", {"naar": "boven"})
    manager.post(f"{LIST}{first.pk}/plaats/", {"naar": "onder"})
    assert list(ConsultReason.objects.order_by("position").values_list("name", flat=True)) == ["Tweede", "Eerste"]
    for wanted in ("0", "0", "1"):
        manager.post(f"{LIST}{first.pk}/stand/", {"aan": wanted})
        assert ConsultReason.objects.get(pk=first.pk).is_on is (wanted == "1")
    assert AuditEvent.objects.filter(event="consult.reason_saved").count() == 2, "twice off is once"


@pytest.mark.parametrize(("kind", "name"), [("gp", "Hoesten of keelpijn"), ("pharmacy", "Bezorgen of ophalen")])
def test_examples_are_put_ready_once_by_the_kind_of_practice(desk_client, kind, name):
    practice = world.make_practice(kind)
    desk_client.sign_in(world.make_employee(practice, role="manager"))
    for _ in range(2):
        assert desk_client.post(f"{LIST}voorbeelden/").status_code == 302
    assert ConsultReason.objects.filter(practice=practice, name=name).count() == 1
    assert "Iets anders" in page_of(desk_client, LIST)


def test_row5_a_reason_of_another_practice_is_not_there(manager):
    foreign = make_reason(world.make_practice())
    for path in (f"{LIST}{foreign.pk}/", f"{LIST}{foreign.pk}/plaats/", f"{LIST}{foreign.pk}/stand/"):
        assert manager.post(path, form()).status_code == 404
    assert manager.get(f"{LIST}{foreign.pk}/").status_code == 404
    foreign.refresh_from_db()
    assert (foreign.is_on, foreign.revision) == (True, 0)


def test_row6_only_who_manages_the_practice(desk_client):
    practice = world.make_practice()
    reason = make_reason(practice)
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(practice, rights=without))
    for path in (LIST, NEW, WHO, f"{LIST}{reason.pk}/"):
        assert desk_client.get(path).status_code == 403
    for path in (NEW, WHO, f"{LIST}{reason.pk}/", f"{LIST}{reason.pk}/stand/", f"{LIST}voorbeelden/"):
        assert desk_client.post(path, form()).status_code == 403
    assert ConsultReason.objects.count() == 1


def test_row26_a_reason_is_text_everywhere(manager):
    manager.post(NEW, form(name=XSS, description=XSS, **{"vraag1-label": XSS, "vraag2-choices": f"{XSS}\nanders"}))
    row = ConsultReason.objects.get()
    for path in (LIST, f"{LIST}{row.pk}/"):
        assert "<script>alert" not in page_of(manager, path)


# Who asks, and whom

ASKING = {"version": "0", "parents_under_12": "on", "doctors": "all", "parent_text": "Bel bij koorts."}


def test_who_asks_whom_is_stored_with_a_line_in_the_log(manager):
    shown, hidden = world.make_account(manager.practice), world.make_account(manager.practice)
    assert shown.name in page_of(manager, WHO)
    assert manager.post(WHO, {**ASKING, "shown": [shown.pk]}).status_code == 302
    row = ConsultAskRules.objects.get(practice=manager.practice)
    assert (row.parents_under_12, row.parents_12_to_15, row.doctors) == (True, False, "all")
    assert row.hidden_accounts == [hidden.pk]
    assert AuditEvent.objects.filter(event="consult.asking_changed").count() == 1
    assert manager.post(WHO, {**ASKING, "version": "1", "doctors": "none"}).status_code == 302
    assert manager.post(WHO, {**ASKING, "version": "1"}).status_code == 409


def test_ux51_who_asks_whom_has_a_preview(manager):
    world.make_account(manager.practice, name="dr. Zichtbaar")
    part = manager.post(WHO, {**ASKING, "shown": []}, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "dr. Zichtbaar" not in text
    assert "Bel bij koorts." in text
    assert "u kunt hier geen vraag stellen voor dit kind" in text
    assert not ConsultAskRules.objects.exists()


@pytest.mark.parametrize(
    "values", [{"doctors": "x"}, {"shown": ["999999"]}, {"parent_text": "x" * 301}, {"shown": "\x00"}]
)
def test_row32_nonsense_about_who_asks_whom_comes_back(manager, values):
    assert manager.post(WHO, {**ASKING, **values}).status_code == 422
    assert not ConsultAskRules.objects.exists()


def test_the_way_to_both_pages_is_a_link(manager):
    text = page_of(manager, "/beheer/vragen/")
    assert f'href="{LIST}"' in text
    assert f'href="{WHO}"' in text


def test_req68_a_pharmacy_switches_questions_on_per_account(desk_client):
    practice = world.make_practice("pharmacy")
    account = world.make_account(practice, facilities=["medication"])
    desk_client.sign_in(world.make_employee(practice, role="manager"))
    text = page_of(desk_client, f"/beheer/accounts/{account.pk}/")
    assert "E-consult" in text
    assert "Vragen van patiënten" in page_of(desk_client, "/beheer/vragen/")
