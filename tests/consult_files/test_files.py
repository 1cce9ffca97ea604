"""Photos and files with a question and an answer (REQ 28, 29, 52; ux 8, 11, 12; security rows 8, 24, 48)."""

from datetime import timedelta

import pytest

from tests.conftest import PortalClient, acting
from tests.consult.test_children import Family
from tests.consult_files.steps import SCRIPT, Both, colour, listed, other_people, rows, upload
from tests.factories import world
from tests.factories.attachments import add_attachment
from tests.factories.documents import pdf
from zorgbalie.access.types import DataKind, Use
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions.attachments import clear_unsent
from zorgbalie.consult.models import Consult, ConsultAttachment, ConsultAttachmentContent, ConsultMessage
from zorgbalie.consult.queries.attachments import attachments_of, content_of, open_place
from zorgbalie.consult.types import MOST_FILES, UNSENT_DAYS, Place
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.practice.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    return Both()


def events(name):
    return AuditEvent.objects.filter(event=name).count()


def test_ux11_several_at_once_with_preview_size_and_a_way_to_take_one_away(both):
    consult_id = both.write()
    page = both.portal.get(f"/vragen/concept/{consult_id}/bestanden/").content.decode()
    assert "10 bestanden" in page
    assert "20 MB" in page
    assert " multiple" in page
    assert 'capture="environment"' in page
    assert "Verder zonder" in page
    answer = both.choose(consult_id, upload(), upload(pdf(), "brief.pdf"))
    assert answer["Location"] == f"/vragen/concept/{consult_id}/bestanden/"
    photo, letter = rows(message=None)
    page = both.portal.get(answer["Location"]).content.decode()
    for part in ("foto.jpg", "brief.pdf", f"/vragen/{consult_id}/bestanden/{photo.pk}/klein/", "Verder</span>"):
        assert part in page
    assert "foto.jpg" in both.portal.get(f"/vragen/concept/{consult_id}/controleer/").content.decode()
    both.portal.post(f"/vragen/concept/{consult_id}/bestanden/", {"verwijder": letter.pk})
    assert rows() == [photo]
    assert ConsultAttachmentContent.objects.count() == 1
    assert (events("consult.file_add"), events("consult.file_drop")) == (1, 1)


def test_ux11_the_page_comes_after_the_question_and_can_be_passed_with_files_chosen(both):
    consult_id = both.write()
    path = f"/vragen/concept/{consult_id}/bestanden/"
    answer = both.portal.post(path, {"doen": "verder", "attachments": [upload()]})
    assert answer["Location"] == f"/vragen/concept/{consult_id}/controleer/"
    assert len(rows()) == 1, "what was chosen and not added yet goes along"


def test_ux11_one_that_is_refused_takes_no_other_along(both):
    consult_id = both.write()
    answer = both.choose(consult_id, upload(), upload(b"<svg/>", "a.svg"), upload(colour("blue"), "b.jpg"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "a.svg: Een webpagina" in text
    assert [row.file_name for row in rows()] == ["foto.jpg", "b.jpg"]
    assert "b.jpg" in text
    empty = both.choose(consult_id)
    assert "Kies eerst een foto" in empty.content.decode()


def test_row48_the_same_file_twice_is_one_also_by_script(both):
    consult_id = both.write()
    both.choose(consult_id, upload(), upload(name="kopie.jpg"))
    first = listed(both.choose(consult_id, upload(), headers=SCRIPT))
    assert first["refused"] == []
    assert first["list"].count("<li") == 1
    assert len(rows()) == 1


def test_ux11_number_and_size_have_a_bound(both, monkeypatch):
    consult_id = both.write()
    files = [upload(colour((number * 20, 0, 0)), f"{number}.jpg") for number in range(MOST_FILES + 1)]
    answer = both.choose(consult_id, *files)
    assert "10.jpg: U kunt 10 bestanden meesturen" in answer.content.decode()
    assert len(rows()) == MOST_FILES
    ConsultAttachmentContent.objects.all().delete()
    ConsultAttachment.objects.all().delete()
    monkeypatch.setattr("zorgbalie.consult.actions.attachments.MOST_BYTES", 1000)
    answer = both.choose(consult_id, upload(), upload(colour("blue")))
    assert "Samen zijn uw bestanden te groot" in answer.content.decode()
    assert len(rows()) == 1


def test_row33_a_request_with_far_too_much_is_cut_and_says_which_file(both, settings):
    settings.DOCUMENT_MAX_BYTES = 1_000_000
    consult_id = both.write()
    answer = both.choose(consult_id, upload(), upload(b"\xff\xd8\xff" + b"0" * 3_000_000, "groot.jpg"))
    assert "groot.jpg: Dit bestand is te groot. Het mag 1 MB zijn." in answer.content.decode()
    assert [row.file_name for row in rows()] == ["foto.jpg"]


def test_req28_files_go_along_with_the_question_and_nobody_changes_them_after_that(both):
    consult_id = both.ask_with()
    (row,) = rows()
    assert row.message == ConsultMessage.objects.get()
    page = both.desk.get(both.at_desk(consult_id)).content.decode()
    assert f"{both.at_desk(consult_id)}bestanden/{row.pk}/klein/" in page
    for client, path in (
        (both.portal, f"/vragen/{consult_id}/bestanden/"),
        (both.desk, f"{both.at_desk(consult_id)}bestanden/"),
    ):
        assert client.post(path, {"verwijder": row.pk}).status_code == 404
    assert rows() == [row]
    assert events("consult.file_preview") == 0
    both.desk.get(f"{both.at_desk(consult_id)}bestanden/{row.pk}/klein/")
    both.desk.get(f"{both.at_desk(consult_id)}bestanden/{row.pk}/")
    assert (events("consult.file_preview"), events("consult.file_open")) == (1, 1)


def test_what_a_draft_goes_with_is_part_of_what_was_on_the_screen(both):
    consult_id = both.write()
    shown = Consult.objects.get().revision
    both.choose(consult_id, upload())
    answer = both.portal.post(f"/vragen/concept/{consult_id}/controleer/", {"revision": shown}, follow=True)
    assert "intussen veranderd" in answer.content.decode()
    assert Consult.objects.get().state == "draft"


def test_row15_an_unsent_file_is_of_its_writer_alone(both):
    helper = world.make_person()
    world.represent(helper, both.person, "helper")
    consult_id = both.write()
    both.choose(consult_id, upload())
    (row,) = rows()
    base = f"/vragen/{consult_id}/bestanden/{row.pk}/"
    assert both.portal.get(base).status_code == 200
    assert both.desk.get(f"/vragen/{both.person.pk}/{consult_id}/bestanden/{row.pk}/").status_code == 404
    both.portal.sign_in(helper, both.person)
    assert both.portal.get(base).status_code == 404
    assert both.portal.get(f"{base}klein/").status_code == 404
    assert both.choose(consult_id, upload()).status_code == 404


def test_req29_an_answer_has_files_which_the_patient_opens(both):
    consult_id = both.ask()
    answer = both.press(consult_id, "toevoegen", upload(pdf(), "oefeningen.pdf"), answer="Doe deze oefeningen.")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "oefeningen.pdf" in text
    assert "Doe deze oefeningen." in text, "what was typed stays"
    (row,) = rows()
    path = f"/vragen/{consult_id}/bestanden/{row.pk}/"
    assert both.portal.get(path).status_code == 404, "not sent yet"
    both.press(consult_id, "versturen", upload(), answer="Doe deze oefeningen.")
    page = both.portal.get(f"/vragen/{consult_id}/").content.decode()
    assert "oefeningen.pdf" in page
    assert "foto.jpg" in page
    found = both.portal.get(path)
    assert found.content == pdf()
    assert found["Content-Disposition"] == 'attachment; filename="oefeningen.pdf"'


def test_an_unsent_file_of_one_employee_is_not_there_for_another(both):
    consult_id = both.ask()
    colleague = world.make_employee(both.practice)
    add_attachment(Consult.objects.get(), employee=colleague)
    assert "brief.txt" not in both.desk.get(both.at_desk(consult_id)).content.decode()
    both.press(consult_id, "versturen", upload(), answer="Ja.")
    assert [row.file_name for row in rows(message=None)] == ["brief.txt"]


def test_row48_a_double_press_with_files_is_one_text_and_leaves_no_file_behind(both):
    consult_id = both.ask()
    form = both.form(both.desk, both.at_desk(consult_id))
    for _ in range(2):
        both.press(consult_id, "versturen", upload(), form=form, answer="Ja.")
    other = both.press(consult_id, "versturen", upload(colour("blue"), "b.jpg"), form=form, answer="Ja.")
    assert other.status_code == 422
    assert [row.message.text for row in rows()] == ["Ja."]
    path = f"/vragen/{consult_id}/"
    form = both.form(both.portal, path)
    for _ in range(2):
        assert both.portal.post(path, {**form, "text": "Dank u", "attachments": [upload()]}).status_code == 302
    assert [row.message.text for row in rows()] == ["Ja.", "Dank u"]


def test_req32_a_later_text_takes_files_along_and_a_closed_thread_takes_none(both):
    consult_id = both.ask()
    path = f"/vragen/{consult_id}/"
    form = both.form(both.portal, path)
    kept = both.portal.post(path, {**form, "text": "Hier is de foto", "doen": "toevoegen", "attachments": [upload()]})
    assert kept.status_code == 200
    assert "Hier is de foto</textarea>" in kept.content.decode()
    both.portal.post(path, {**form, "text": "Hier is de foto"})
    (row,) = rows()
    assert row.message.text == "Hier is de foto"
    both.close(consult_id)
    late = both.portal.post(path, {**form, "text": "Nog een", "attachments": [upload(colour("blue"))]})
    assert "afgerond" in late.content.decode()
    assert "Nog een" in late.content.decode()
    assert rows() == [row]
    assert both.portal.get(f"{path}bestanden/{row.pk}/").status_code == 200, "a closed thread can be read again"


def test_row8_six_others_get_nothing_of_a_file_by_any_method(both):
    consult_id = both.ask_with()
    (row,) = rows()
    for name, client in other_people(both).items():
        at_portal = "portal" in name or "patient" in name or "person" in name
        base = f"/vragen/{consult_id}/" if at_portal else both.at_desk(consult_id)
        for path in (f"{base}bestanden/{row.pk}/", f"{base}bestanden/{row.pk}/klein/"):
            for answer in (
                client.get(path), client.head(path), client.get(path, headers={"Range": "bytes=0-9"}),
            ):  # fmt: skip
                assert answer.status_code in (302, 403, 404), (name, path)
                assert "image" not in answer["Content-Type"], (name, path)
        posted = client.post(f"{base}bestanden/", {"attachments": [upload()]}, headers=SCRIPT)
        assert posted.status_code in (302, 403, 404), name
    assert rows() == [row]


def test_row8_the_address_is_dead_with_the_facility_off_and_after_the_relation(both):
    consult_id = both.ask_with()
    (row,) = rows()
    path = f"/vragen/{consult_id}/bestanden/{row.pk}/"
    Account.objects.update(facilities=[])
    assert both.portal.get(path).status_code == 404
    assert both.desk.get(f"{both.at_desk(consult_id)}bestanden/{row.pk}/").status_code == 200, "R14 is for the patient"
    both.person.enrolments.update(ended_at=both.now) if hasattr(both.person, "enrolments") else _end(both)
    assert both.portal.get(path).status_code == 404
    assert both.desk.get(f"{both.at_desk(consult_id)}bestanden/{row.pk}/").status_code == 404


def _end(both):
    from zorgbalie.practice.models import Enrolment

    Enrolment.objects.filter(person=both.person).update(ended_at=both.now)


def test_row8_a_file_is_of_its_own_thread_alone(both):
    consult_id = both.ask_with()
    (row,) = rows()
    second = both.ask(subject="Iets anders")
    assert both.portal.get(f"/vragen/{second}/bestanden/{row.pk}/").status_code == 404
    assert both.desk.get(f"{both.at_desk(second)}bestanden/{row.pk}/").status_code == 404
    assert both.desk.get(f"{both.at_desk(consult_id)}bestanden/{row.pk}/").status_code == 200


def test_row8_a_range_gets_no_part_and_head_no_body(both):
    consult_id = both.ask_with()
    (row,) = rows()
    path = f"{both.at_desk(consult_id)}bestanden/{row.pk}/"
    assert both.desk.head(path).content == b""
    assert both.desk.get(path, headers={"Range": "bytes=0-9"}).status_code == 200


def test_a_dropped_draft_leaves_no_file(both):
    consult_id = both.write()
    both.choose(consult_id, upload())
    both.portal.post(f"/vragen/concept/{consult_id}/weg/")
    assert rows() == []
    assert not ConsultAttachmentContent.objects.exists()


def test_files_that_were_never_sent_are_removed_after_a_month_by_the_worker_alone(both):
    consult_id = both.ask_with()
    draft = Consult.objects.get()
    old = both.now - timedelta(days=UNSENT_DAYS, hours=1)
    add_attachment(draft, added_at=old, content=b"oud")
    young = add_attachment(draft, added_at=both.now, content=b"jong")
    ConsultAttachment.objects.filter(message__isnull=False).update(added_at=old)
    worker = system_viewer(task="clear-unsent-files")
    with acting(worker):
        assert clear_unsent(viewer=worker, now=both.now) == 1
    assert {row.pk for row in rows(message=None)} == {young.pk}
    assert len(rows(message__consult_id=consult_id)) == 1
    with acting(both.staff()), pytest.raises(NotVisible):
        clear_unsent(viewer=both.staff(), now=both.now)


def test_what_others_copy_is_what_was_sent(both):
    consult_id = both.ask_with(upload(), upload(pdf(), "a.pdf"))
    add_attachment(Consult.objects.get(), employee=both.employee)
    viewer, place = both.staff(), Place(patient_id=both.person.pk, consult_id=consult_id)
    with acting(viewer):
        grant = open_place(viewer=viewer, place=place, use=Use.READ, event="consult.open", now=both.now)
        found = attachments_of(grant=grant, consult_id=consult_id)
        assert [(one.file_name, one.media_type, one.is_of_patient) for one in found] == [
            ("foto.jpg", "image/jpeg", True), ("a.pdf", "application/pdf", True),
        ]  # fmt: skip
        assert content_of(grant=grant, attachment_id=found[1].attachment_id) == pdf()
        unsent = ConsultAttachment.objects.get(message=None)
        with pytest.raises(NotVisible):
            content_of(grant=grant, attachment_id=unsent.pk)
    assert grant.kind is DataKind.CONSULTS


def test_a_practice_without_the_right_is_refused_beside_the_one_with_it(both):
    consult_id = both.ask()
    path = f"{both.at_desk(consult_id)}bestanden/"
    assert both.desk.post(path, {"attachments": [upload()]}, headers=SCRIPT).status_code == 200
    both.desk.sign_in(world.make_employee(both.practice, role="assistant", rights=()))
    assert both.desk.post(path, {"attachments": [upload(colour("blue"))]}, headers=SCRIPT).status_code == 403
    assert len(rows()) == 1


@pytest.mark.parametrize("value", ["0", "-1", "9" * 30, "x", "1%00", ""])
def test_row32_garbage_is_refused_quietly(both, value):
    consult_id = both.write()
    path = f"/vragen/concept/{consult_id}/bestanden/"
    assert both.portal.post(path, {"verwijder": value}).status_code < 500
    assert both.portal.post(path, {"doen": "toevoegen", "attachments": value, "token": value}).status_code < 500
    assert both.portal.get(f"/vragen/{consult_id}/bestanden/{value}/").status_code == 404


def test_row14_a_parent_loses_the_photos_on_the_birthday_and_the_child_keeps_them():
    family = Family()
    row = add_attachment(Consult.objects.get(), ConsultMessage.objects.get())
    path = f"/vragen/{family.consult_id}/bestanden/{row.pk}/"
    client = PortalClient("portal", "zorgbalie_portal", raise_request_exception=False)
    client.sign_in(family.parent, family.scene.person)
    assert client.get(path).status_code == 200
    family.turns(12)
    assert client.get(path).status_code == 404
    client.sign_in(family.scene.person)
    assert client.get(path).status_code == 200


def test_the_log_says_in_plain_words_who_opened_a_photo(both):
    consult_id = both.ask_with()
    (row,) = rows()
    both.desk.get(f"{both.at_desk(consult_id)}bestanden/{row.pk}/")
    line = AuditEvent.objects.get(event="consult.file_open")
    assert (line.object_type, line.object_id, line.patient_id) == ("consult_attachment", str(row.pk), both.person.pk)
    assert "opende een foto of bestand bij een vraag" in both.portal.get("/logboek/").content.decode()
