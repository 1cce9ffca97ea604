"""What the settings pages do with what is posted: messages at the field, confirmation, what they ignore (row 7)."""

import re

import pytest
from django.urls import reverse

from tests.faces.entry_desk.staff import make_staff
from tests.factories import world
from zorgbalie.access.models import AgreementText
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.practice.models import Account, Employee, EmployeeGroup, Practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(desk_client):
    practice = world.make_practice(phone="020 555 01 23")
    employee = world.make_employee(practice, role=StaffRole.MANAGER, rights=[StaffRight.MANAGE_PRACTICE])
    desk_client.sign_in(employee)
    return employee


def _version(page, prefix="") -> str:
    return re.search(rf'name="{prefix}version" value="([^"]*)"', page.content.decode())[1]


def _save_practice(client, **values):
    version = _version(client.get("/beheer/praktijk/"))
    return client.post("/beheer/praktijk/", {"name": "De Linde", "phone": "020 111", "version": version, **values})


def test_req_88_practice_data_are_saved(desk_client, manager):
    assert _save_practice(desk_client, phone="020 555 99 99", brand_color="#0B5563").status_code == 302
    practice = Practice.objects.get(pk=manager.practice_id)
    assert (practice.phone, practice.brand_color) == ("020 555 99 99", "#0b5563")
    page = desk_client.get("/beheer/praktijk/").content.decode()
    assert "/huisstijl/0b5563.css" in page


@pytest.mark.parametrize(
    ("colour", "sentence"), [("#ffee00", "te licht"), ("rood", "Vul een kleur in"), ("#12345;", "Vul een kleur in")]
)
def test_wcag_colour_without_enough_contrast_is_refused(desk_client, manager, colour, sentence):
    answer = _save_practice(desk_client, brand_color=colour)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Practice.objects.get(pk=manager.practice_id).brand_color == ""


def test_style_sheet_of_a_colour_says_nothing_about_a_practice(desk_client):
    answer = desk_client.get("/huisstijl/0b5563.css")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "--zb-brand" in answer.content.decode()
    assert desk_client.get("/huisstijl/rood.css").status_code == 404


def test_row_7_kind_and_other_fields_that_the_form_does_not_have_are_ignored(desk_client, manager):
    other = world.make_practice()
    _save_practice(
        desk_client, kind="pharmacy", id=other.pk, practice=other.pk, practice_id=other.pk, release_mode="automatic",
        online_access_since="2000-01-01", results_months="99",
    )  # fmt: skip
    practice = Practice.objects.get(pk=manager.practice_id)
    assert (practice.kind, practice.release_mode, practice.results_months) == ("gp", "manual", 14)
    assert practice.online_access_since.isoformat() == "2025-01-01"
    assert Practice.objects.get(pk=other.pk).phone == other.phone


def _online(client, **values):
    version = _version(client.get("/beheer/online-inzage/"))
    given = {
        "online_access_since": "2025-01-01", "release_mode": "manual", "results_months": "14",
        "staff_idle_minutes": "30", "show_closed_with_attention": "on", "version": version, **values,
    }  # fmt: skip
    return client.post("/beheer/online-inzage/", given)


def test_r16_automatic_release_with_and_without_message_is_saved_and_explained(desk_client, manager):
    page = desk_client.get("/beheer/online-inzage/").content.decode()
    assert "De patiënt ziet het dossier pas als u het vrijgeeft." in page
    assert _online(desk_client, release_mode="automatic").status_code == 302
    practice = Practice.objects.get(pk=manager.practice_id)
    assert (practice.release_mode, practice.automatic_release_notifies) == ("automatic", False)
    page = desk_client.get("/beheer/online-inzage/").content.decode()
    assert "gaat het dossier meteen open" in page
    assert "U krijgt daar geen bericht van." in page
    assert "Is de patiënt jonger dan 16? Dan kijkt altijd eerst een medewerker." in page


def test_ux_51_preview_speaks_of_what_is_filled_in_and_stores_nothing(desk_client, manager):
    values = {"release_mode": "automatic", "results_months": "6", "staff_idle_minutes": "30"}
    for answer in (
        desk_client.post("/beheer/online-inzage/voorbeeld/", values),
        desk_client.post("/beheer/online-inzage/", {**values, "preview": "1"}),
    ):
        text = answer.content.decode()
        assert "van de laatste 6 maanden" in text
        assert "er is geen dag ingevuld" in text
    assert Practice.objects.get(pk=manager.practice_id).results_months == 14


def test_an_earlier_day_of_online_access_is_confirmed_first(desk_client, manager):
    answer = _online(desk_client, online_access_since="2020-01-01")
    assert "Bevestig dat patiënten dan ook oudere regels zien." in answer.content.decode()
    assert Practice.objects.get(pk=manager.practice_id).online_access_since.year == 2025
    assert _online(desk_client, online_access_since="2020-01-01", confirm_earlier="on").status_code == 302
    assert Practice.objects.get(pk=manager.practice_id).online_access_since.year == 2020


def test_the_stored_day_stands_in_the_field_as_a_browser_reads_it(desk_client, manager):
    page = desk_client.get("/beheer/online-inzage/", headers={"Accept-Language": "nl"}).content.decode()
    assert 'value="2025-01-01"' in page


def test_somebody_elses_save_in_between_is_told(desk_client, manager):
    version = _version(desk_client.get("/beheer/praktijk/"))
    Practice.objects.filter(pk=manager.practice_id).update(city="Delft")
    answer = desk_client.post("/beheer/praktijk/", {"name": "x", "phone": "020 1", "version": version})
    assert "Iemand anders heeft dit net gewijzigd" in answer.content.decode()


_NEW = {"name": "Noor Nieuw", "email": "noor@praktijk.example", "employee_code": "nn1", "role": "assistant"}


def test_req_70_new_employee_sees_the_password_once(desk_client, manager):
    answer = desk_client.post("/beheer/medewerkers/nieuw/", {**_NEW, "rights": ["read_record", "work_notes"]})
    password = re.search(r'class="mg-secret">([a-z0-9-]{19})<', answer.content.decode())[1]
    assert answer["Cache-Control"] == "no-store"
    employee = Employee.objects.select_related("user").get(employee_code="nn1")
    assert (employee.practice_id, employee.rights) == (manager.practice_id, ["read_record", "work_notes"])
    assert employee.user.check_password(password)
    assert password not in desk_client.get(f"/beheer/medewerkers/{employee.pk}/").content.decode()


def test_r5_another_id_than_elsewhere_is_told_at_the_field(desk_client, manager):
    elsewhere = world.make_employee(world.make_practice(), employee_code="JdW")
    answer = desk_client.post("/beheer/medewerkers/nieuw/", {**_NEW, "email": elsewhere.user.email})
    text = answer.content.decode()
    assert 'id="id_employee_code_error"' in text
    assert "heeft overal dezelfde ID" in text
    assert not Employee.objects.filter(employee_code="nn1").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [({"role": "pharmacist"}, "role"), ({"rights": ["superuser"]}, "rights"),
     ({"employee_code": "a b"}, "employee_code"),
     ({"email": "x"}, "email"), ({"name": ""}, "name"), ({"name": "a\x00b"}, "name"), ({"name": "x" * 121}, "name")],
)  # fmt: skip
def test_row_32_what_does_not_fit_is_refused_at_its_field(desk_client, manager, values, field):
    answer = desk_client.post("/beheer/medewerkers/nieuw/", {**_NEW, **values})
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_row_7_fields_of_user_and_practice_are_ignored(desk_client, manager):
    other = world.make_practice()
    extra = {"practice": other.pk, "practice_id": other.pk, "user": 1, "user_id": 1, "is_active": "", "password": "x",
             "must_change_password": "", "starts_on": "2000-01-01", "ends_on": "2000-01-01"}  # fmt: skip
    desk_client.post("/beheer/medewerkers/nieuw/", {**_NEW, **extra})
    employee = Employee.objects.select_related("user").get(employee_code="nn1")
    assert (employee.practice_id, employee.ends_on, employee.starts_on.year > 2000) == (manager.practice_id, None, True)
    assert employee.user.is_active
    assert employee.user.must_change_password


def test_row_2_accounts_of_another_practice_are_no_choice(desk_client, manager):
    world.make_account(manager.practice)
    foreign = world.make_account(world.make_practice())
    answer = desk_client.post("/beheer/medewerkers/nieuw/", {**_NEW, "accounts": [foreign.pk]})
    assert 'id="id_accounts_error"' in answer.content.decode()


def _edit(client, employee, **values):
    path = f"/beheer/medewerkers/{employee.pk}/"
    given = {
        "name": employee.name, "employee_code": employee.employee_code, "role": employee.role,
        "rights": employee.rights, "version": _version(client.get(path)), **values,
    }  # fmt: skip
    return client.post(path, given)


def test_req_60_a_right_that_is_taken_away_is_gone_at_the_next_request(desk_client, manager):
    from tests.conftest import DeskClient

    colleague = world.make_employee(manager.practice)
    theirs = DeskClient("desk", "zorgbalie_desk")
    theirs.sign_in(colleague)
    assert theirs.get("/beheer/praktijk/").status_code == 200
    rights = [right for right in colleague.rights if right != "manage_practice"]
    assert _edit(desk_client, colleague, rights=rights).status_code == 302
    assert theirs.get("/beheer/praktijk/").status_code == 403


def test_the_last_manager_is_told_at_the_rights(desk_client, manager):
    answer = _edit(desk_client, manager, rights=[])
    assert 'id="id_rights_error"' in answer.content.decode()
    assert "laatste medewerker met het recht" in answer.content.decode()


def test_row_13_stopping_at_once_and_back(desk_client, manager):
    colleague = world.make_employee(manager.practice)
    path = f"/beheer/medewerkers/{colleague.pk}/"
    version = _version(desk_client.get(f"{path}stoppen/"))
    assert desk_client.post(f"{path}stoppen/", {"when": "now", "version": version}).status_code == 302
    assert "Uit dienst" in desk_client.get(path).content.decode()
    assert colleague.name in desk_client.get("/beheer/medewerkers/?stand=uit-dienst").content.decode()
    assert colleague.name not in desk_client.get("/beheer/medewerkers/").content.decode()
    assert desk_client.post(f"{path}terug/", {"version": _version(desk_client.get(path))}).status_code == 302
    assert Employee.objects.get(pk=colleague.pk).ends_on is None


def test_a_last_day_in_the_past_is_refused(desk_client, manager):
    colleague = world.make_employee(manager.practice)
    answer = desk_client.post(f"/beheer/medewerkers/{colleague.pk}/stoppen/", {"when": "day", "last_day": "2020-01-01"})
    assert "Vul vandaag of een latere dag in." in answer.content.decode()


def test_reset_shows_a_password_once_and_needs_a_post(desk_client, manager):
    colleague = make_staff(manager.practice)
    path = f"/beheer/medewerkers/{colleague.pk}/inloggen/"
    assert "mg-secret" not in desk_client.get(path).content.decode()
    password = re.search(r'mg-secret">([a-z0-9-]{19})<', desk_client.post(path).content.decode())[1]
    colleague.user.refresh_from_db()
    assert colleague.user.check_password(password)


def test_unlock_lets_somebody_in_again(desk_client, manager):
    from tests.conftest import DeskClient
    from tests.faces.entry_desk.staff import give_password

    colleague, theirs = make_staff(manager.practice), DeskClient("desk", "zorgbalie_desk")
    for number in range(10):
        give_password(theirs, colleague, f"verkeerd-wachtwoord-{number}")
    assert give_password(theirs, colleague).status_code == 200
    path = f"/beheer/medewerkers/{colleague.pk}/"
    assert "Geblokkeerd" in desk_client.get(path).content.decode()
    desk_client.post(f"{path}blokkade/")
    assert "Geblokkeerd" not in desk_client.get(path).content.decode()
    assert give_password(theirs, colleague).status_code == 302


@pytest.mark.parametrize("tail", ["", "stoppen/", "terug/", "inloggen/", "blokkade/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_row_5_employee_of_another_practice_is_not_found(desk_client, manager, tail, method):
    stranger = world.make_employee(world.make_practice())
    before = Employee.objects.values().get(pk=stranger.pk)
    for number in (stranger.pk, 10**30):
        answer = getattr(desk_client, method)(f"/beheer/medewerkers/{number}/{tail}")
        assert answer.status_code in ({404, 405} if method == "get" else {404})
    assert Employee.objects.values().get(pk=stranger.pk) == before


def test_row_5_account_group_and_text_of_another_practice_are_not_found(desk_client, manager):
    other = world.make_practice()
    account, group = world.make_account(other), world.make_group(other)
    text = world.make_agreement_text(practice=other)
    for path in (f"accounts/{account.pk}/", f"groepen/{group.pk}/", f"overeenkomst/{text.pk}/"):
        assert desk_client.get(f"/beheer/{path}").status_code == 404, path
        assert desk_client.post(f"/beheer/{path}", {"name": "x", "part": "details"}).status_code == 404, path
    assert desk_client.post(f"/beheer/accounts/{account.pk}/gebruik/", {"active": "0"}).status_code == 404
    assert Account.objects.get(pk=account.pk).is_active


def test_r14_facilities_of_an_account_are_switched(desk_client, manager):
    account = world.make_account(manager.practice, facilities=[])
    path = f"/beheer/accounts/{account.pk}/"
    page = desk_client.get(path)
    assert "Zet E&amp;P-regels en Diagnostische waarden allebei aan" in page.content.decode()
    values = {"part": "facilities", "facilities-facilities": ["journal_ep", "diagnostic_values"]}
    desk_client.post(path, {**values, "facilities-version": _version(page, "facilities-")})
    account.refresh_from_db()
    assert set(account.facilities) == {"journal_ep", "diagnostic_values"}


def test_req_69_copy_shows_what_changes_before_it_does(desk_client, manager):
    source = world.make_account(manager.practice, facilities=["journal_ep"])
    target = world.make_account(manager.practice, facilities=["medication"])
    values = {"source": source.pk, "targets": [target.pk]}
    page = desk_client.post("/beheer/accounts/overnemen/", values).content.decode()
    assert "E&amp;P-regels" in page
    assert "Neem over voor 1 account" in page
    target.refresh_from_db()
    assert target.facilities == ["medication"]
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    assert desk_client.post("/beheer/accounts/overnemen/", {**values, "seen": seen}).status_code == 302
    target.refresh_from_db()
    assert target.facilities == ["journal_ep"]


def test_req_71_group_is_made_and_shown_as_the_patient_sees_it(desk_client, manager):
    values = {"name": "Assistente", "description": "Voor een afspraak", "is_visible_to_patients": "on",
              "members": [manager.pk]}  # fmt: skip
    assert desk_client.post("/beheer/groepen/nieuw/", values).status_code == 302
    group = EmployeeGroup.objects.get(practice=manager.practice)
    assert list(group.members.all()) == [manager]
    assert "Voor een afspraak" in desk_client.get("/beheer/groepen/").content.decode()


_TEXT = {"title": "Afspraken", "patient_rights": "U mag <b>lezen</b>.", "patient_duties": "b",
         "practice_rights": "c", "practice_duties": "d"}  # fmt: skip


def test_req_4_text_is_shown_before_it_is_published(desk_client, manager):
    page = desk_client.post("/beheer/overeenkomst/nieuw/", _TEXT).content.decode()
    assert "U mag &lt;b&gt;lezen&lt;/b&gt;." in page
    assert not AgreementText.objects.filter(practice=manager.practice).exists()
    assert desk_client.post("/beheer/overeenkomst/nieuw/", {**_TEXT, "publish": "1"}).status_code == 302
    assert AgreementText.objects.get(practice=manager.practice).version == 1
    again = desk_client.post("/beheer/overeenkomst/nieuw/", {**_TEXT, "publish": "1"})
    assert "net een nieuwe versie gepubliceerd" in again.content.decode()
    assert "Versie 1 van uw praktijk" in desk_client.get(reverse_management("agreement")).content.decode()


def reverse_management(name: str) -> str:
    return reverse(f"management_{name}", urlconf="zorgbalie.config.urls.desk")


@pytest.mark.parametrize(
    "path", ["/beheer/medewerkers/", "/beheer/medewerkers/rechten/", "/beheer/accounts/", "/beheer/groepen/"]
)
def test_lists_ask_the_same_queries_for_1_and_30_rows(desk_client, manager, path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for rows in (1, 30):
        while Account.objects.filter(practice=manager.practice).count() < rows:
            employee = world.make_employee(manager.practice)
            employee.accounts.set([world.make_account(manager.practice)])
            world.make_group(manager.practice, employee)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert desk_client.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= 30


def test_long_list_has_pages_and_search(desk_client, manager):
    for number in range(30):
        world.make_employee(manager.practice, name=f"Zoekbaar {number:02d}")
    first = desk_client.get("/beheer/medewerkers/").content.decode()
    assert "Zoekbaar 00" in first
    assert "Zoekbaar 29" not in first
    assert "Zoekbaar 29" in desk_client.get("/beheer/medewerkers/?page=2").content.decode()
    found = desk_client.get("/beheer/medewerkers/?q=zoekbaar+17").content.decode()
    assert "Zoekbaar 17" in found
    assert "Zoekbaar 16" not in found
    assert "Niemand gevonden" in desk_client.get("/beheer/medewerkers/?q=%3Cscript%3E").content.decode()


def test_req79_a_pharmacy_is_offered_medicines_allergies_and_questions_alone(desk_client):
    pharmacy = world.make_practice(kind="pharmacy")
    account = world.make_account(pharmacy, facilities=["journal_ep", "diagnostic_values"])
    desk_client.sign_in(world.make_employee(pharmacy, role=StaffRole.PHARMACIST))
    path = f"/beheer/accounts/{account.pk}/"
    page = desk_client.get(path)
    text = page.content.decode()
    assert [value for value, _label in page.context["facilities"].fields["facilities"].choices] == [
        "medication", "allergies", "e_consult",
    ]  # fmt: skip
    assert "Zet Medicatie aan" in text
    assert "Diagnostische waarden" not in text + desk_client.get("/beheer/accounts/").content.decode()
    version = {"part": "facilities", "facilities-version": _version(page, "facilities-")}
    refused = desk_client.post(path, {**version, "facilities-facilities": ["medication", "journal_ep"]})
    account.refresh_from_db()
    assert (refused.status_code, account.facilities) == (200, ["journal_ep", "diagnostic_values"])
    desk_client.post(path, {**version, "facilities-facilities": ["medication"]})
    account.refresh_from_db()
    assert account.facilities == ["medication"]
    assert "Zet Medicatie aan" not in desk_client.get(path).content.decode()
