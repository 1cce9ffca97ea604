"""Settings of appointments as the manager walks them (REQ 36, 37, 72 to 74; R11; ux 44, 51; rows 5, 6, 26, 32)."""

import pytest

from tests.agenda.steps import Scene
from tests.faces.test_query_bounds import queries_of
from tests.factories import agenda as rows
from tests.factories import world
from zorgbalie.agenda.models import Agenda, AgendaSettings, AppointmentKind, AppointmentKindQuestion, WeekBlock
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.viewer import StaffRight

pytestmark = pytest.mark.django_db
START = "/beheer/afspraken/"
KINDS, NEW_KIND = f"{START}soorten/", f"{START}soorten/nieuw/"
AGENDAS, NEW_AGENDA = f"{START}agendas/", f"{START}agendas/nieuw/"
XSS = "<script>alert(1)</script>"


def kind_form(**values):
    return {
        "version": "0", "name": "Oren uitspuiten", "with_whom": "de assistente", "minutes": "15", "mode": "practice",
        "room": "kamer 2", "hours_before": "2", "days_ahead": "28", "cancel_hours": "24", "most_per_patient": "1",
        "min_age": "0", "is_online": "on",
        "vraag1-label": "Welk oor?", "vraag1-kind": "choice", "vraag1-choices": "links\r\nrechts", "vraag1-place": "2",
        "vraag2-label": "Hoe lang al?", "vraag2-kind": "short", "vraag2-place": "1",
        **values,
    }  # fmt: skip


def agenda_form(**values):
    return {
        "version": "0", "name": "dr. De Wit", "function": "huisarts", "urgent_reserve": "5",
        "release_plan": "staggered", "days_ahead": "28", **values,
    }  # fmt: skip


def settings_form(**values):
    return {
        "version": "0", "intro_text": "Bel bij twijfel.", "reminders_on": "on", "offer_hours": "4",
        "quiet_from": "21:00", "quiet_until": "8.00", **values,
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


# Kinds


def test_req37_a_kind_is_stored_with_its_questions_in_the_chosen_order(manager):
    assert "Er zijn nog geen soorten afspraken" in page_of(manager, KINDS)
    assert manager.post(NEW_KIND, kind_form())["Location"] == KINDS
    row = AppointmentKind.objects.get(practice=manager.practice)
    assert (row.name, row.minutes, row.with_whom, row.is_online) == ("Oren uitspuiten", 15, "de assistente", True)
    asked = list(row.questions.order_by("place").values_list("label", "choices"))
    assert asked == [("Hoe lang al?", []), ("Welk oor?", ["links", "rechts"])]
    assert "Oren uitspuiten" in page_of(manager, KINDS)
    path = f"{KINDS}{row.pk}/"
    assert "Welk oor?" in page_of(manager, path)
    assert manager.post(path, kind_form(version="1", **{"vraag1-label": ""})).status_code == 302
    assert AppointmentKindQuestion.objects.count() == 1


def test_ux51_the_preview_is_what_the_patient_reads_and_stores_nothing(manager):
    typed = kind_form(name="Wrat", min_age="4", max_age="12", mode="phone", how="Wij bellen u.")
    page = manager.post(NEW_KIND, {**typed, "preview": "1"})
    part = manager.post(NEW_KIND, typed, headers={"HX-Request": "true"})
    for answer in (page, part):
        text = answer.content.decode()
        for words in ("Wrat", "bij de assistente", "Wij bellen u.", "van 4 tot en met 12 jaar", "Welk oor?"):
            assert words in text
    assert "<html" not in part.content.decode()
    assert not AppointmentKind.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""}, {"name": "x" * 81}, {"name": "a\x00b"}, {"description": "x" * 301}, {"with_whom": "x" * 61},
        {"room": "x" * 81}, {"bring": "\x00"}, {"how": "x" * 301}, {"mode": "x"}, {"minutes": "4"}, {"minutes": "481"},
        {"minutes": "9" * 400}, {"minutes": ""}, {"hours_before": "-1"}, {"hours_before": "337"}, {"days_ahead": "0"},
        {"days_ahead": "367"}, {"cancel_hours": "337"}, {"most_per_patient": "21"}, {"min_age": "121"},
        {"min_age": "18", "max_age": "17"}, {"max_age": "121"}, {"vraag1-choices": "een"}, {"vraag1-label": "\x00"},
        {"vraag2-kind": "x"}, {"vraag2-place": "8"},
    ],
)  # fmt: skip
def test_row32_nonsense_comes_back_with_the_form(manager, values):
    answer = manager.post(NEW_KIND, kind_form(**values))
    assert answer.status_code == 422
    assert "Welk oor?" in answer.content.decode() or "vraag1-label" in values, "nothing typed is lost"
    assert not AppointmentKind.objects.exists()


def test_a_name_that_stands_already_and_a_form_that_is_old_are_told_with_all_that_was_typed(manager):
    manager.post(NEW_KIND, kind_form())
    answer = manager.post(NEW_KIND, kind_form(room="kelder"))
    assert answer.status_code == 422
    assert "Er is al een soort afspraak met deze naam." in answer.content.decode()
    assert "kelder" in answer.content.decode()
    row = AppointmentKind.objects.get()
    for version in ("0", "", "x", "9" * 30):
        late = manager.post(f"{KINDS}{row.pk}/", kind_form(version=version, name="Te laat"))
        assert late.status_code == 422
        assert "Iemand anders heeft dit net gewijzigd" in late.content.decode()
        assert "Te laat" in late.content.decode()
    row.refresh_from_db()
    assert row.name == "Oren uitspuiten"


def test_order_state_and_archive_are_changed_from_the_list(manager):
    first, second = (rows.make_kind(manager.practice, name=name, is_online=False) for name in ("Eerste", "Tweede"))
    manager.post(f"{KINDS}{second.pk}/plaats/", {"naar": "boven"})
    assert list(AppointmentKind.objects.order_by("position").values_list("name", flat=True)) == ["Tweede", "Eerste"]
    for _ in range(2):
        manager.post(f"{KINDS}{first.pk}/stand/", {"aan": "1"})
    assert AppointmentKind.objects.get(pk=first.pk).is_online
    manager.post(f"{KINDS}{first.pk}/archief/")
    first.refresh_from_db()
    assert (first.is_online, first.is_active) == (False, False)
    manager.post(f"{KINDS}{first.pk}/stand/", {"aan": "1"})
    assert "Haal hem eerst terug" in page_of(manager, KINDS)
    manager.post(f"{KINDS}{first.pk}/archief/", {"terug": "1"})
    first.refresh_from_db()
    assert (first.is_online, first.is_active) == (False, True)


def test_examples_are_added_once_and_are_not_online(manager):
    for _ in range(2):
        assert manager.post(f"{KINDS}voorbeelden/").status_code == 302
    assert AppointmentKind.objects.filter(name="Oren uitspuiten", is_online=False).count() == 1
    assert "Bloeddruk meten" in page_of(manager, KINDS)


# What is booked


@pytest.fixture
def booked(now, desk_client):
    scene = Scene(now)
    scene.booked()
    desk_client.sign_in(world.make_employee(scene.practice, role="manager"))
    return scene


def test_a_kind_that_goes_offline_tells_how_many_appointments_stay(booked, desk_client):
    path = f"{KINDS}{booked.kind.pk}/"
    assert "Er komt nog 1 afspraak van deze soort" in page_of(desk_client, path)
    desk_client.post(f"{path}stand/", {"aan": "0"})
    assert "Die blijft staan." in page_of(desk_client, KINDS)
    desk_client.post(f"{path}archief/")
    assert "De soort is gearchiveerd." in page_of(desk_client, KINDS)


def test_an_agenda_with_appointments_asks_first_and_says_how_many(booked, desk_client):
    path = f"{AGENDAS}{booked.agenda.pk}/gebruik/"
    assert "Er staat nog 1 afspraak in deze agenda." in page_of(desk_client, path)
    for seen in ("0", "", "x", "9" * 40, "\x00"):
        answer = desk_client.post(path, {"aan": "0", "gezien": seen})
        assert answer.status_code == 409
        assert "Bevestig dat u dit weet." in answer.content.decode()
    assert Agenda.objects.get(pk=booked.agenda.pk).is_active
    for _ in range(2):
        assert desk_client.post(path, {"aan": "0", "gezien": "1"}).status_code == 302
    assert not Agenda.objects.get(pk=booked.agenda.pk).is_active
    assert "Uit gebruik" in page_of(desk_client, AGENDAS)
    desk_client.post(path, {"aan": "1"})
    assert Agenda.objects.get(pk=booked.agenda.pk).is_active


# Agendas


def test_req74_an_agenda_is_made_and_changed(manager):
    account = world.make_account(manager.practice)
    employee = world.make_employee(manager.practice)
    assert "Er zijn nog geen agenda’s" in page_of(manager, AGENDAS)
    assert 'value="5"' in page_of(manager, NEW_AGENDA), "R11: five a day unless the practice decides otherwise"
    assert manager.post(NEW_AGENDA, agenda_form(account=account.pk, employee=employee.pk)).status_code == 302
    row = Agenda.objects.get()
    assert (row.account_id, row.employee_id, row.release_plan) == (account.pk, employee.pk, "staggered")
    path = f"{AGENDAS}{row.pk}/"
    assert f"{path}weken/" in page_of(manager, path)
    assert manager.post(path, agenda_form(version="1", urgent_reserve="3")).status_code == 302
    late = manager.post(path, agenda_form(version="1", name="Te laat"))
    assert late.status_code == 422
    assert "Te laat" in late.content.decode()
    row.refresh_from_db()
    assert (row.urgent_reserve, row.account_id, row.name) == (3, None, "dr. De Wit")
    assert AuditEvent.objects.filter(event="agenda.agenda_saved").count() == 2


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""}, {"name": "x" * 121}, {"name": "\x00"}, {"function": ""}, {"function": "x" * 61},
        {"urgent_reserve": "-1"}, {"urgent_reserve": "51"}, {"urgent_reserve": "9" * 400}, {"release_plan": "x"},
        {"days_ahead": "0"}, {"days_ahead": "367"}, {"account": "999999"}, {"employee": "\x00"}, {"account": "9" * 40},
    ],
)  # fmt: skip
def test_row32_nonsense_about_an_agenda_comes_back(manager, values):
    assert manager.post(NEW_AGENDA, agenda_form(**values)).status_code == 422
    assert not Agenda.objects.exists()


def test_who_left_stays_on_the_form_and_is_not_taken_away_unseen(manager):
    account = world.make_account(manager.practice, is_active=False)
    row = rows.make_agenda(manager.practice, account=account)
    path = f"{AGENDAS}{row.pk}/"
    assert "Niet meer in gebruik" in page_of(manager, path)
    manager.post(path, agenda_form(version="0", account=account.pk))
    row.refresh_from_db()
    assert (row.account_id, row.name) == (account.pk, "dr. De Wit")


def test_a_pattern_is_taken_over_from_another_agenda(manager):
    source, target = rows.make_agenda(manager.practice), rows.make_agenda(manager.practice)
    rows.make_block(source, rows.make_kind(manager.practice))
    foreign = rows.make_agenda(world.make_practice())
    path = f"{AGENDAS}{target.pk}/overnemen/"
    page_of(manager, path)
    for wrong in ("", "x", str(foreign.pk), str(target.pk)):
        assert manager.post(path, {"source": wrong}).status_code == 422
    assert manager.post(path, {"source": source.pk}).status_code == 302
    again = manager.post(path, {"source": source.pk})
    assert again.status_code == 422
    assert "heeft al een weekrooster" in again.content.decode()
    assert WeekBlock.objects.filter(agenda=target).count() == 1
    page = page_of(manager, path)
    assert "Een week van een andere agenda kopiëren kan wel." in page
    assert 'name="source"' not in page


# Texts, and what patients see now


def test_req73_texts_are_stored_and_two_managers_do_not_undo_each_other(manager):
    assert manager.post(START, settings_form()).status_code == 302
    row = AgendaSettings.objects.get(practice=manager.practice)
    assert (row.intro_text, row.reminders_on, row.earlier_on, row.quiet_from, row.quiet_until) == (
        "Bel bij twijfel.", True, False, 1260, 480,
    )  # fmt: skip
    assert manager.post(START, settings_form(intro_text="Te laat")).status_code == 409
    assert manager.post(START, settings_form(version="1", intro_text="Nieuw")).status_code == 302
    assert "Nieuw" in page_of(manager, START)


def test_ux51_the_texts_have_a_preview(manager):
    typed = settings_form(route_text="Achterom.", earlier_on="on", offer_hours="1")
    part = manager.post(START, typed, headers={"HX-Request": "true"}).content.decode()
    page = manager.post(START, {**typed, "preview": "1"}).content.decode()
    for text in (part, page):
        assert "Achterom." in text
        assert "Tussen 21.00 en 08.00 uur sturen we niets." in text
    assert "<html" not in part
    assert not AgendaSettings.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"intro_text": "x" * 601}, {"route_text": "\x00"}, {"offer_hours": "0"}, {"offer_hours": "73"},
        {"offer_hours": "9" * 400}, {"quiet_from": "25:00"}, {"quiet_until": ""},
    ],
)  # fmt: skip
def test_row32_nonsense_in_the_texts_comes_back(manager, values):
    assert manager.post(START, settings_form(**values)).status_code == 422
    assert not AgendaSettings.objects.exists()


def test_r14_that_patients_see_nothing_yet_is_said_with_the_way_to_the_switch(manager):
    for path in (START, KINDS, AGENDAS, NEW_KIND, NEW_AGENDA):
        text = page_of(manager, path)
        assert "Patiënten zien nog niets" in text
        assert 'href="/beheer/accounts/"' in text
    world.make_account(manager.practice, facilities=rows.FACILITIES)
    for path in (START, KINDS):
        assert "Patiënten zien nog niets" not in page_of(manager, path)


def test_ux44_the_page_says_what_patients_see_now_and_where_to_mend(booked, desk_client):
    rows.make_kind(booked.practice, name="Zonder blok")
    text = page_of(desk_client, START)
    assert "Zonder blok staat online, maar past in geen enkel blok" in text
    assert f'href="{AGENDAS}{booked.agenda.pk}/"' in text
    assert "komt alles tegelijk vrij om middernacht" in text


# Who


def test_row5_what_is_of_another_practice_is_not_there(manager):
    other = world.make_practice()
    kind, agenda = rows.make_kind(other), rows.make_agenda(other)
    for path in (f"{KINDS}{kind.pk}/", f"{AGENDAS}{agenda.pk}/", f"{AGENDAS}{agenda.pk}/gebruik/"):
        assert manager.get(path).status_code == 404
    for path in (
        f"{KINDS}{kind.pk}/", f"{KINDS}{kind.pk}/plaats/", f"{KINDS}{kind.pk}/stand/", f"{KINDS}{kind.pk}/archief/",
        f"{AGENDAS}{agenda.pk}/", f"{AGENDAS}{agenda.pk}/plaats/", f"{AGENDAS}{agenda.pk}/gebruik/",
        f"{AGENDAS}{agenda.pk}/overnemen/",
    ):  # fmt: skip
        assert manager.post(path, {"aan": "0"}).status_code == 404


def test_row6_only_who_manages_the_practice(desk_client):
    practice = world.make_practice()
    kind, agenda = rows.make_kind(practice), rows.make_agenda(practice)
    without = [right for right in StaffRight if right is not StaffRight.MANAGE_PRACTICE]
    desk_client.sign_in(world.make_employee(practice, rights=without))
    pages = (START, KINDS, NEW_KIND, f"{KINDS}{kind.pk}/", AGENDAS, NEW_AGENDA, f"{AGENDAS}{agenda.pk}/",
             f"{AGENDAS}{agenda.pk}/gebruik/", f"{AGENDAS}{agenda.pk}/overnemen/")  # fmt: skip
    for path in pages:
        assert desk_client.get(path).status_code == 403
        if path not in (KINDS, AGENDAS):
            assert desk_client.post(path).status_code == 403
    for path in (f"{KINDS}voorbeelden/", f"{KINDS}{kind.pk}/stand/", f"{KINDS}{kind.pk}/archief/",
                 f"{KINDS}{kind.pk}/plaats/", f"{AGENDAS}{agenda.pk}/plaats/"):  # fmt: skip
        assert desk_client.post(path).status_code == 403
    assert AppointmentKind.objects.count() == 1


def test_a_pharmacy_has_no_appointments(desk_client):
    desk_client.sign_in(world.make_employee(world.make_practice("pharmacy"), role="manager"))
    for path in (START, KINDS, AGENDAS):
        assert desk_client.get(path).status_code == 404
    assert 'href="/beheer/afspraken/"' not in page_of(desk_client, "/beheer/accounts/")


def test_row26_what_is_typed_is_text_everywhere(manager):
    manager.post(NEW_KIND, kind_form(name=XSS, room=XSS, description=XSS, **{"vraag2-label": XSS}))
    manager.post(NEW_AGENDA, agenda_form(name=XSS, function=XSS))
    manager.post(START, settings_form(intro_text=XSS, route_text=XSS))
    kind, agenda = AppointmentKind.objects.get(), Agenda.objects.get()
    for path in (
        START,
        KINDS,
        AGENDAS,
        f"{KINDS}{kind.pk}/",
        f"{AGENDAS}{agenda.pk}/",
        f"{AGENDAS}{agenda.pk}/gebruik/",
    ):
        assert "<script>alert" not in page_of(manager, path)


@pytest.mark.parametrize("path", [START, KINDS, AGENDAS, NEW_KIND, NEW_AGENDA])
def test_ux56_each_page_costs_the_same_with_one_row_and_with_thirty(manager, path):
    def grow(count):
        for _ in range(count):
            agenda, kind = rows.make_agenda(manager.practice), rows.make_kind(manager.practice)
            rows.make_block(agenda, kind)
            world.make_account(manager.practice)

    grow(1)
    page_of(manager, path)
    few, _answer = queries_of(manager, path)
    grow(29)
    assert queries_of(manager, path)[0] == few
