"""The pages of the record at the desk: cockpit, visibility, record, copy, work notes; without JavaScript."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.factories import world
from tests.record_release.choices import make_dossier
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.viewer import StaffRight, StaffRole
from zorgbalie.messaging.models import Notice
from zorgbalie.practice.models import Enrolment
from zorgbalie.record.models import Episode, JournalEntry, SharedNote, WorkNote
from zorgbalie.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(desk_client):
    made = make_dossier()
    desk_client.sign_in(made.employee)
    return made


def _url(client, name, *args):
    return reverse(name, args=args, urlconf=client.face_settings["ROOT_URLCONF"])


def _text(response):
    return " ".join(unescape(response.content.decode()).split())


def _preview(response):
    text = _text(response)
    return text[text.index('id="voorbeeld"') :]


def _form(response):
    """The ticks of the list as a browser without JavaScript would send them back."""
    html = response.content.decode()
    on_page = unescape(re.search(r'name="op" value="([^"]*)"', html)[1])
    ticked = re.findall(r'name="toon" value="([^"]*)" checked', html)
    return {"op": on_page, "toon": ticked}


def _code(dossier, name):
    ref = dossier.ref(name)
    return f"{ref.kind.value}{ref.item_id}"


def _untick(client, url, dossier, *names, action="voorbeeld"):
    data = _form(client.get(url))
    gone = {_code(dossier, name) for name in names}
    data["toon"] = [one for one in data["toon"] if one not in gone]
    return client.post(url, {**data, "actie": action})


def _digest(response):
    return re.search(r'name="digest" value="([0-9a-f]{64})"', response.content.decode())[1]


def test_req55_cockpit_shows_ticks_left_and_the_patients_page_right(desk_client, dossier):
    response = desk_client.get(_url(desk_client, "desk_release_cockpit", dossier.request.pk))
    assert response.status_code == 200
    form = _form(response)
    assert set(form["toon"]) == {
        _code(dossier, name)
        for name in (
            "one",
            "two",
            "one_E",
            "one_P",
            "two_E",
            "two_P",
            "first",
            "second",
            "value",
            "allergy",
            "medicine",
        )
    }
    preview = _preview(response)
    for words in ("Kanarie-hoofdpijn", "Kanarie-E-een", "Gewoon-P-twee", "systolische bloeddruk", "Penicilline"):
        assert words in preview
    for never in ("Kanarie-S-een", "Kanarie-O-een"):
        assert never not in _text(response)


def test_req55_untick_update_and_release_without_javascript(desk_client, dossier):
    WorkItem.objects.create(
        practice=dossier.practice, kind="access_request", about_id=dossier.request.pk, person=dossier.patient
    )
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    answer = _untick(desk_client, url, dossier, "one", "value")
    assert answer.status_code == 302
    page = desk_client.get(answer["Location"])
    assert "Kanarie" not in _preview(page)
    assert "systolische" not in _preview(page)
    assert _code(dossier, "one") not in _form(page)["toon"]
    onward = desk_client.post(url, {**_form(page), "actie": "verder"})
    confirm = desk_client.get(onward["Location"])
    text = _text(confirm)
    assert "Geef 1 episode en 2 regels vrij" in text
    assert "Verborgen blijft: 1 episode en 1 meting." in text
    without = desk_client.post(onward["Location"], {"digest": _digest(confirm), "reason": ""})
    assert without.status_code == 422
    assert "Schrijf kort waarom u iets verbergt" in _text(without)
    done = desk_client.post(onward["Location"], {"digest": _digest(confirm), "reason": "gevoelig"})
    assert done.status_code == 302
    dossier.request.refresh_from_db()
    assert dossier.request.state == "released"
    hidden = Episode.objects.get(pk=dossier.rows["one"].pk)
    assert (hidden.visible_to_patient, hidden.hidden_reason) == (False, "gevoelig")
    assert WorkItem.objects.get().state == "done"
    assert "vrijgegeven op" not in _text(desk_client.get(url))
    assert "Dit verzoek is vrijgegeven" in _text(desk_client.get(url))


def test_req55_double_click_releases_once(desk_client, dossier):
    url = _url(desk_client, "desk_release_confirm", dossier.request.pk)
    data = {"digest": _digest(desk_client.get(url)), "reason": ""}
    for _ in range(2):
        assert desk_client.post(url, data).status_code == 302
    assert AuditEvent.objects.filter(event="visibility.change").count() == 1
    assert Notice.objects.count() <= 1


def test_req55_changed_record_is_shown_again_and_not_released(desk_client, dossier):
    url = _url(desk_client, "desk_release_confirm", dossier.request.pk)
    digest = _digest(desk_client.get(url))
    world.make_entry(dossier.rows["second"], dossier.rows["two"], "E", text="Net binnengekomen")
    answer = desk_client.post(url, {"digest": digest, "reason": ""}, follow=True)
    assert "Het dossier is intussen veranderd" in _text(answer)
    assert "Net binnengekomen" in _preview(answer)
    dossier.request.refresh_from_db()
    assert dossier.request.state == "asked"


def test_req55_a_colleague_who_was_faster_is_named(desk_client, dossier):
    url = _url(desk_client, "desk_release_confirm", dossier.request.pk)
    data = {"digest": _digest(desk_client.get(url)), "reason": ""}
    colleague = world.make_employee(dossier.practice, name="Collega Snel")
    dossier.request.state, dossier.request.decided_by = "released", colleague
    dossier.request.save()
    assert "Collega Snel" in _text(desk_client.post(url, data, follow=True))


def test_preview_alone_is_sent_to_htmx(desk_client, dossier):
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    data = _form(desk_client.get(url))
    data["toon"].remove(_code(dossier, "one"))
    response = desk_client.post(url, data, headers={"HX-Request": "true"})
    assert response.status_code == 200
    text = _text(response)
    assert text.startswith('<section class="zb-device" id="voorbeeld"')
    assert "Kanarie" not in text


def test_a_tick_that_goes_off_and_on_again_leaves_no_choice(desk_client, dossier):
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    data = _form(desk_client.get(url))
    off = {**data, "toon": [one for one in data["toon"] if one != _code(dossier, "one")]}
    desk_client.post(url, off, headers={"HX-Request": "true"})
    desk_client.post(url, data, headers={"HX-Request": "true"})
    assert "Begin opnieuw" not in _text(desk_client.get(url))


def test_a_colleagues_later_tick_is_not_undone_by_a_page_that_was_open(desk_client, dossier):
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    data = _form(desk_client.get(url))
    Episode.objects.filter(pk=dossier.rows["one"].pk).update(visible_to_patient=False, hidden_reason="collega")
    page = desk_client.post(url, {**data, "actie": "voorbeeld"}, follow=True)
    assert "Kanarie" not in _preview(page)


@pytest.mark.parametrize(("action", "left"), [("niets:e", 0), ("alles:e", 2)])
def test_all_and_none_of_a_section(desk_client, dossier, action, left):
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    page = desk_client.post(url, {**_form(desk_client.get(url)), "actie": action}, follow=True)
    assert sum(one.startswith("e") for one in _form(page)["toon"]) == left


def test_search_finds_a_line_with_its_episode(desk_client, dossier):
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    page = desk_client.get(url, {"zoek": "kanarie-e"})
    assert set(_form(page)["toon"]) == {_code(dossier, "one"), _code(dossier, "one_E")}


def test_security2_ids_of_another_patients_episode_are_refused(desk_client, dossier):
    other = make_dossier()
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    foreign = f"{_code(other, 'one')}+ {_code(other, 'one_E')}+ x1+ e- e{'9' * 30}+"
    page = desk_client.post(url, {"op": foreign, "actie": "voorbeeld"}, follow=True)
    assert "Deze keuze past niet bij dit dossier" in _text(page)
    assert "Begin opnieuw" not in _text(page)
    assert Episode.objects.filter(visible_to_patient=False).count() == 0


@pytest.mark.parametrize(
    "data", [{}, {"op": "\x00", "toon": "\x00"}, {"op": "e1", "toon": ["e1", "é1", "e²"]}, {"actie": "alles:zz"}]
)
def test_security32_garbage_is_no_fault(desk_client, dossier, data):
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    assert desk_client.post(url, data).status_code in (302, 400)
    assert desk_client.get(url, {"page": "x", "contacten": "-1", "uitslagen": "9" * 40}).status_code == 200


@pytest.mark.parametrize("words", ["\x00", "knie\x00", "%\x0000"])
def test_security32_a_nul_in_the_search_of_the_record_is_no_fault(desk_client, dossier, words):
    """PostgreSQL refuses it in a text, so that this search gave 503."""
    url = _url(desk_client, "desk_release_record", dossier.patient.pk)
    assert desk_client.get(url, {"q": words}).status_code == 200
    assert desk_client.get(url, QUERY_STRING="q=%%0000").status_code == 200


def test_r6_refuse_with_a_reason_that_the_patient_reads(desk_client, dossier):
    url = _url(desk_client, "desk_release_refuse", dossier.request.pk)
    assert desk_client.post(url, {"reason": " "}).status_code == 422
    assert desk_client.post(url, {"reason": "Bel ons even."}).status_code == 302
    dossier.request.refresh_from_db()
    assert (dossier.request.state, dossier.request.reason) == ("refused", "Bel ons even.")


def test_r6_request_of_a_child_can_be_left_open(desk_client):
    dossier = make_dossier(birth_date="2014-05-04")
    desk_client.sign_in(dossier.employee)
    cockpit = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    assert "Jonger dan 16 jaar" in _text(desk_client.get(cockpit))
    url = _url(desk_client, "desk_release_leave_open", dossier.request.pk)
    assert desk_client.post(url, {"reason": ""}).status_code == 422
    desk_client.post(url, {"reason": "We bespreken dit samen."})
    dossier.request.refresh_from_db()
    assert (dossier.request.state, dossier.request.reason) == ("left_open", "We bespreken dit samen.")
    assert "We bespreken dit samen." in _text(desk_client.get(cockpit))


def test_r7_unsigned_agreement_is_said_and_stops_the_release(desk_client):
    dossier = make_dossier(signed=False)
    desk_client.sign_in(dossier.employee)
    url = _url(desk_client, "desk_release_confirm", dossier.request.pk)
    page = desk_client.get(url)
    assert "Nog niet ondertekend" in _text(page)
    desk_client.post(url, {"digest": _digest(page)})
    dossier.request.refresh_from_db()
    assert dossier.request.state == "asked"


def test_req57_visibility_page_hides_and_shows_after_release(desk_client, dossier):
    dossier.request.state = "released"
    dossier.request.save()
    url = _url(desk_client, "desk_release_visibility", dossier.patient.pk)
    onward = _untick(desk_client, url, dossier, "one_E", action="verder")
    confirm = desk_client.get(onward["Location"])
    assert "Verberg 1 onderdeel" in _text(confirm)
    desk_client.post(onward["Location"], {"digest": _digest(confirm), "reason": "over een ander"})
    assert not JournalEntry.objects.get(pk=dossier.rows["one_E"].pk).visible_to_patient
    page = desk_client.get(url)
    assert "over een ander" in _text(page)
    assert "over een ander" not in _preview(page)
    data = _form(page)
    data["toon"].append(_code(dossier, "one_E"))
    onward = desk_client.post(url, {**data, "actie": "verder"})
    confirm = desk_client.get(onward["Location"])
    assert "Toon 1 onderdeel weer" in _text(confirm)
    desk_client.post(onward["Location"], {"digest": _digest(confirm), "reason": ""})
    assert JournalEntry.objects.get(pk=dossier.rows["one_E"].pk).visible_to_patient


def test_record_pages_show_the_whole_record_with_what_the_patient_sees(desk_client, dossier):
    Episode.objects.filter(pk=dossier.rows["one"].pk).update(visible_to_patient=False, hidden_reason="gevoelig")
    url = _url(desk_client, "desk_release_record", dossier.patient.pk)
    contacts = _text(desk_client.get(url))
    assert "Kanarie-S-een" in contacts
    assert "Gewoon-O-twee" in contacts
    episodes = _text(desk_client.get(url, {"deel": "episodes"}))
    assert "gevoelig" in episodes
    for part in ("attentiewaarden", "metingen", "allergieen", "medicijnen", "notities", "onzin"):
        assert desk_client.get(url, {"deel": part, "page": "99", "q": "a", "sort": "oud"}).status_code == 200


def test_req66_copy_answers_the_request_and_downloads(desk_client, dossier):
    Enrolment.objects.update(online_access="copy_only")
    url = _url(desk_client, "desk_release_copy", dossier.patient.pk)
    assert "Publiceer en verwerk" in _text(desk_client.get(url))
    assert desk_client.post(url, {"parts": ["episodes"], "explanation": ""}).status_code == 422
    answer = desk_client.post(url, {"parts": ["episodes", "contacten"], "explanation": "Bel gerust."})
    ready = desk_client.get(answer["Location"])
    assert "De kopie is klaar" in _text(ready)
    assert "Bel" not in answer["Location"]
    pdf = desk_client.post(_url(desk_client, "desk_release_copy_pdf", dossier.patient.pk))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert pdf["Content-Disposition"] == 'attachment; filename="kopie-dossier.pdf"'
    assert pdf["Cache-Control"] == "no-store"
    dossier.request.refresh_from_db()
    assert (dossier.request.state, dossier.request.reason) == (
        "refused",
        "U krijgt een kopie van uw dossier. Bel gerust.",
    )
    assert AuditEvent.objects.filter(event="record.copy", outcome="0").count() == 1


def test_copy_without_a_choice_leads_back(desk_client, dossier):
    for name, post in (("desk_release_copy_ready", False), ("desk_release_copy_pdf", True)):
        url = _url(desk_client, name, dossier.patient.pk)
        assert (desk_client.post(url) if post else desk_client.get(url)).status_code == 302
    assert desk_client.get(_url(desk_client, "desk_release_copy_pdf", dossier.patient.pk)).status_code == 405


def test_req59_notes_are_written_changed_shared_and_removed(desk_client, dossier):
    colleague = world.make_employee(dossier.practice, name="Collega Lezer")
    url = _url(desk_client, "desk_release_notes", dossier.patient.pk)
    assert desk_client.post(url, {"text": "", "keep_days": "30"}).status_code == 422
    desk_client.post(url, {"text": "Kanarienotitie", "about": "knie", "keep_days": "7"})
    note = WorkNote.objects.get()
    assert "Kanarienotitie" in _text(desk_client.get(url))
    edit = _url(desk_client, "desk_release_note", dossier.patient.pk, note.pk)
    desk_client.post(edit, {"text": "Kanarienotitie twee", "about": "", "keep_days": "365"})
    share = _url(desk_client, "desk_release_note_share", dossier.patient.pk, note.pk)
    assert "De patiënt mag haar dan lezen" in _text(desk_client.get(share))
    assert desk_client.post(share, {}).status_code == 422
    desk_client.post(share, {"colleagues": [colleague.pk]})
    assert (WorkNote.objects.count(), SharedNote.objects.get().text) == (0, "Kanarienotitie twee")
    record = _url(desk_client, "desk_release_record", dossier.patient.pk)
    assert "Kanarienotitie twee" in _text(desk_client.get(record, {"deel": "notities"}))
    desk_client.post(url, {"text": "Weg", "about": "", "keep_days": "30"})
    gone = WorkNote.objects.get()
    delete = _url(desk_client, "desk_release_note_delete", dossier.patient.pk, gone.pk)
    assert desk_client.get(delete).status_code == 200
    assert WorkNote.objects.count() == 1
    desk_client.post(delete)
    assert WorkNote.objects.count() == 0


def _all_pages(client, dossier, note_id):
    by_patient = ("record", "visibility", "visibility_confirm", "copy", "copy_ready", "notes")
    by_request = ("cockpit", "confirm", "refuse", "leave_open")
    return (
        [_url(client, f"desk_release_{name}", dossier.patient.pk) for name in by_patient]
        + [_url(client, f"desk_release_{name}", dossier.request.pk) for name in by_request]
        + [
            _url(client, f"desk_release_{name}", dossier.patient.pk, note_id)
            for name in ("note", "note_delete", "note_share")
        ]
    )


@pytest.mark.parametrize("role", ["colleague", "manager"])
def test_req59_a_work_note_is_on_no_page_of_anybody_else(desk_client, role):
    dossier = make_dossier()
    note = WorkNote.objects.create(
        practice=dossier.practice, patient=dossier.patient, author=dossier.employee, text="kanarienotitie",
        about="kanarie-over", expires_at="2030-01-01T00:00Z",
    )  # fmt: skip
    who = StaffRole.GP if role == "colleague" else StaffRole.MANAGER
    desk_client.sign_in(world.make_employee(dossier.practice, role=who))
    for url in _all_pages(desk_client, dossier, note.pk):
        for query in ({}, {"deel": "notities"}):
            text = _text(desk_client.get(url, query))
            assert "kanarienotitie" not in text
            assert "kanarie-over" not in text


def test_security5_other_practice_gets_404_everywhere(desk_client):
    dossier = make_dossier()
    desk_client.sign_in(world.make_employee(world.make_practice()))
    pages = _all_pages(desk_client, dossier, 1)
    assert [(url, desk_client.get(url).status_code) for url in pages] == [(url, 404) for url in pages]
    assert [desk_client.post(url, {"text": "x"}).status_code for url in pages if url.endswith("notities/")] == [404]


def test_security6_missing_rights_get_403(desk_client):
    dossier = make_dossier()
    desk_client.sign_in(world.make_employee(dossier.practice, rights=[StaffRight.INVITE_PATIENT]))
    pages = _all_pages(desk_client, dossier, 1)
    assert [(url, desk_client.get(url).status_code) for url in pages] == [(url, 403) for url in pages]


def test_security4_anonymous_is_sent_to_sign_in(desk_client):
    dossier = make_dossier()
    for url in _all_pages(desk_client, dossier, 1):
        assert desk_client.get(url).status_code == 302


def test_security12_emergency_viewer_reads_the_record_alone(desk_client):
    dossier = make_dossier()
    stranger = world.make_employee(world.make_practice())
    world.start_emergency(stranger, dossier.patient)
    desk_client.sign_in(stranger)
    page = _text(desk_client.get(_url(desk_client, "desk_release_record", dossier.patient.pk)))
    assert "Noodtoegang" in page
    assert "Kanarie-S-een" in page
    for name in ("visibility", "copy", "notes"):
        assert desk_client.get(_url(desk_client, f"desk_release_{name}", dossier.patient.pk)).status_code == 404


def test_security26_markup_in_the_record_is_text_on_every_page(desk_client, dossier):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    JournalEntry.objects.update(text=hostile)
    Episode.objects.update(title=hostile, visible_to_patient=False, hidden_reason=hostile)
    note = WorkNote.objects.create(
        practice=dossier.practice, patient=dossier.patient, author=dossier.employee, text=hostile, about=hostile,
        expires_at="2030-01-01T00:00Z",
    )  # fmt: skip
    for url in _all_pages(desk_client, dossier, note.pk):
        html = desk_client.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_empty_record_explains_itself(desk_client):
    dossier = make_dossier()
    patient, practice = world.make_person(), dossier.practice
    world.enrol(patient, practice, world.make_account(practice))
    desk_client.sign_in(dossier.employee)
    record = _text(desk_client.get(_url(desk_client, "desk_release_record", patient.pk)))
    assert "Hier is niets genoteerd" in record
    choose = _text(desk_client.get(_url(desk_client, "desk_release_visibility", patient.pk)))
    assert "Er is nu niets dat de patiënt zou zien" in choose


@pytest.mark.parametrize("rows", [1, 300])
def test_cockpit_pages_take_a_fixed_number_of_queries(desk_client, dossier, rows, django_assert_max_num_queries):
    for _ in range(rows):
        episode = world.make_episode(dossier.patient, dossier.practice)
        world.make_entry(dossier.rows["first"], episode)
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    with django_assert_max_num_queries(90):
        page = desk_client.get(url)
    assert len(_form(page)["toon"]) <= 201
    if rows == 300:
        assert "Bladzijde 1 van 4" in _text(page)
        other = desk_client.post(url, {**_form(page), "actie": "pagina:2"}, follow=True)
        assert "Bladzijde 2 van 4" in _text(other)


def test_a_choice_survives_going_to_another_page_of_the_list(desk_client, dossier):
    for _ in range(150):
        episode = world.make_episode(dossier.patient, dossier.practice, start_date="2025-01-01")
        world.make_entry(dossier.rows["first"], episode)
    url = _url(desk_client, "desk_release_cockpit", dossier.request.pk)
    answer = _untick(desk_client, url, dossier, "one", action="pagina:2")
    assert answer["Location"].endswith("?page=2")
    onward = desk_client.post(answer["Location"], {**_form(desk_client.get(answer["Location"])), "actie": "verder"})
    assert "Kanarie-hoofdpijn" in _text(desk_client.get(onward["Location"]))
    assert "1 episode" in _text(desk_client.get(onward["Location"]))


@pytest.fixture
def at_pharmacy(desk_client):
    """A pharmacist, and a patient of a GP practice too who asked to read what the pharmacy keeps."""
    made = make_dossier()
    pharmacy = world.make_practice(kind="pharmacy")
    world.enrol(made.patient, pharmacy, world.make_account(pharmacy))
    world.make_medication(made.patient, pharmacy, title="Middel van de apotheek")
    world.make_allergy(made.patient, pharmacy, title="Allergie van de apotheek")
    world.sign_agreement(made.patient, pharmacy)
    desk_client.sign_in(world.make_employee(pharmacy, role=StaffRole.PHARMACIST))
    return made.patient, world.release_record(made.patient, pharmacy, state="asked", decided_at=None)


def test_req79_the_pages_of_a_pharmacy_know_medicines_and_allergies_alone(desk_client, at_pharmacy):
    patient, request = at_pharmacy
    cockpit = _text(desk_client.get(_url(desk_client, "desk_release_cockpit", request.pk)))
    for page in (
        cockpit,
        _text(desk_client.get(_url(desk_client, "desk_release_visibility", patient.pk))),
        _text(desk_client.get(_url(desk_client, "desk_release_record", patient.pk))),
        _text(desk_client.get(_url(desk_client, "desk_release_copy", patient.pk))),
    ):
        assert "Medicijnen" in page
        assert not [word for word in ("Kanarie", "episode", "Episode", "S- en O-regels", "Uitslagen") if word in page]
    assert cockpit.count("Middel van de apotheek") == 2, "in the list and in the preview"
    assert desk_client.get(_url(desk_client, "desk_release_notes", patient.pk)).status_code == 403


def test_req79_a_pharmacist_releases_with_the_counts_on_the_button(desk_client, at_pharmacy):
    _patient, request = at_pharmacy
    address = _url(desk_client, "desk_release_confirm", request.pk)
    page = desk_client.get(address)
    assert "Geef 1 medicijn en 1 allergie vrij" in _text(page)
    desk_client.post(address, {"digest": re.search(r'name="digest" value="([^"]+)"', page.content.decode())[1]})
    request.refresh_from_db()
    assert request.state == "released"


def test_req79_a_pharmacist_gives_a_copy(desk_client, at_pharmacy):
    patient, request = at_pharmacy
    address = _url(desk_client, "desk_release_copy", patient.pk)
    refused = desk_client.post(address, {"parts": ["contacten"], "explanation": "Op papier."})
    assert refused.status_code == 422
    desk_client.post(address, {"parts": ["medicijnen"], "explanation": "Op papier."})
    request.refresh_from_db()
    assert request.state == "refused"
    pdf = desk_client.post(_url(desk_client, "desk_release_copy_pdf", patient.pk))
    assert pdf.content.startswith(b"%PDF")
