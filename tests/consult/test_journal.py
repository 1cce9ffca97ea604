"""A question becomes lines in the journal, its attachments documents (REQ 29, 43, 57; R3, R13; rows 5, 6, 48)."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import acting, as_role
from tests.consult.reporting import LINES, Desk, new_episode, together
from tests.factories import dossier as made
from tests.factories import world
from tests.factories.consult import add_text, make_consult
from tests.factories.reporting import add_attachment
from zorgbalie.access.unit_of_work import unit_of_work
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions.copying import copy_to_journal
from zorgbalie.consult.models import Consult, ConsultCopy
from zorgbalie.consult.types import ConsultRefused
from zorgbalie.exchange.actions.importing import import_files
from zorgbalie.integrations.virus import ScanResult
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight, StaffRole, system_viewer
from zorgbalie.practice.models import Account
from zorgbalie.record.actions import document_intake
from zorgbalie.record.actions.document_checks import check_waiting_document, list_waiting_documents
from zorgbalie.record.models import Document, DocumentContent, Encounter, Episode, JournalEntry
from zorgbalie.record.rules.journal import is_written_here, read_icpc
from zorgbalie.record.types.journal import JournalNotUsable, LineKind, NewLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now):
    return Desk(now)


def _lines(person):
    rows = JournalEntry.objects.filter(patient=person).order_by("pk")
    return [(row.soep, row.text) for row in rows]


def test_req43_question_and_answer_become_lines_of_one_contact(desk):
    consult_id = desk.ask()
    assert desk.copy(consult_id, new_episode=new_episode()) is True
    contact = Encounter.objects.get()
    episode = Episode.objects.get()
    assert _lines(desk.person) == [("S", "Mag ik sporten?"), ("P", "Ja, dat mag.")]
    assert (contact.kind_title, contact.author_name, contact.author_role) == (
        "E-consult", "Samira Bakker", "doktersassistent"
    )  # fmt: skip
    assert (episode.title, episode.icpc_code, episode.visible_to_patient) == ("Hoesten", "R05", True)
    assert set(JournalEntry.objects.values_list("episode_id", "encounter_id")) == {(episode.pk, contact.pk)}
    assert all(is_written_here(source_id=row.source_id) for row in (contact, episode, *JournalEntry.objects.all()))


def test_req43_without_an_episode_it_is_a_loose_contact(desk):
    desk.copy(desk.ask())
    assert Encounter.objects.get().episode is None
    assert not Episode.objects.exists()


def test_r13_one_line_of_the_log_says_what_was_written(desk):
    desk.copy(desk.ask(), new_episode=new_episode())
    line = AuditEvent.objects.get(event="journal.write")
    assert (line.patient_id, line.kind, line.action, line.outcome) == (desk.person.pk, "journal", "C", "0")
    assert line.detail == {
        "consult": Consult.objects.get().pk, "lines": "SP", "episode": "new", "documents": 0
    }  # fmt: skip
    assert "sporten" not in str(line.detail)


def test_row48_the_same_form_twice_is_one_entry(desk):
    consult_id, wanted = desk.ask(), desk.wanted()
    assert [desk.copy(consult_id, wanted), desk.copy(consult_id, wanted)] == [True, False]
    assert (Encounter.objects.count(), JournalEntry.objects.count(), ConsultCopy.objects.count()) == (1, 2, 1)
    assert AuditEvent.objects.filter(event="journal.write").count() == 1


def test_req43_a_second_copy_is_told_what_stands_there_and_offers_what_is_new(desk):
    consult_id = desk.ask()
    desk.answer(consult_id)
    desk.copy(consult_id)
    desk.follow_up(consult_id, "En fietsen?")
    source = desk.source(consult_id)
    assert [one.is_copied for one in source.texts] == [True, True, False]
    assert [(one.line_kinds, one.written_by_name) for one in source.copies] == [("S, P", "Samira Bakker")]


def test_req29_chosen_attachments_are_private_documents_once_each(desk):
    consult_id = desk.ask()
    row = Consult.objects.get()
    photo, other = add_attachment(row), add_attachment(row, b"%PDF two", file_name="brief.pdf",
                                                       media_type="application/pdf")  # fmt: skip
    desk.copy(consult_id, lines=(), attachment_ids=(photo.pk,))
    document = Document.objects.get()
    assert (document.state, document.category, document.source, document.sha256) == (
        "private", "photo", "consult", photo.sha256
    )  # fmt: skip
    assert bytes(DocumentContent.objects.get().content) == b"\xff\xd8 a photo"
    assert [one.is_kept for one in desk.source(consult_id).files] == [True, False]
    desk.copy(consult_id, attachment_ids=(photo.pk, other.pk))
    assert Document.objects.count() == 2
    assert not Encounter.objects.exclude(kind_title="E-consult").exists()


@pytest.mark.parametrize("values", [{"virus_state": "infected"}, {"message": None}])
def test_row28_what_has_a_virus_or_was_not_sent_goes_nowhere(desk, values):
    consult_id = desk.ask()
    bad = add_attachment(Consult.objects.get(), **values)
    with pytest.raises(ConsultRefused):
        desk.copy(consult_id, attachment_ids=(bad.pk,))
    assert not JournalEntry.objects.exists()


def test_row27_what_waits_for_the_scanner_goes_along_and_is_checked_there(desk, monkeypatch):
    """Copied while the scanner was away: the task of the documents finds it, and an infected one is never shared."""
    consult_id = desk.ask()
    bad = add_attachment(Consult.objects.get(), virus_state="waiting", media_type="application/pdf")
    assert [one.is_safe for one in desk.source(consult_id).files] == [True]
    desk.copy(consult_id, attachment_ids=(bad.pk,))
    document = Document.objects.get()
    assert (document.virus_state, document.virus_checked_at) == ("waiting", None)
    worker = system_viewer(task="test", practice_id=desk.practice.pk, subject_id=desk.person.pk)
    monkeypatch.setattr(document_intake, "scan", lambda **_: ScanResult.INFECTED)
    with acting(worker):
        assert [row[2] for row in list_waiting_documents(viewer=worker)] == [document.pk]
        check_waiting_document(
            viewer=worker, patient_id=desk.person.pk, practice_id=desk.practice.pk, document_id=document.pk,
            now=desk.now,
        )  # fmt: skip
    document.refresh_from_db()
    assert document.virus_state == "infected"


def test_row1_an_attachment_of_another_question_goes_nowhere(desk):
    consult_id = desk.ask()
    other = world.make_person()
    world.enrol(other, desk.practice)
    foreign = add_attachment(make_consult(other, desk.practice))
    with pytest.raises(ConsultRefused):
        desk.copy(consult_id, attachment_ids=(foreign.pk,))
    assert not Document.objects.exists()


@pytest.mark.parametrize("role", [StaffRole.GP, StaffRole.LOCUM, StaffRole.NURSE, StaffRole.ASSISTANT])
@pytest.mark.parametrize("missing", [StaffRight.WRITE_JOURNAL, StaffRight.READ_RECORD, StaffRight.ANSWER_CONSULTS])
def test_row6_each_of_the_three_rights_is_needed(desk, role, missing):
    consult_id = desk.ask()
    without = world.make_employee(
        desk.practice, role=role, rights=[right for right in StaffRight if right is not missing]
    )
    for act in (desk.copy, desk.source):
        with pytest.raises(NotAllowed):
            act(consult_id, employee=without)
    assert not JournalEntry.objects.exists()
    assert desk.copy(consult_id, employee=world.make_employee(desk.practice, role=role))


def test_row5_another_practice_and_row12_emergency_access_write_nothing(desk):
    consult_id = desk.ask()
    stranger = world.make_employee(world.make_practice())
    world.start_emergency(stranger, desk.person)
    for act in (desk.copy, desk.source):
        with pytest.raises(NotVisible):
            act(consult_id, employee=stranger)
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"lines": ()}, None),
        ({"lines": (NewLine(kind=LineKind.PLAN, text=" \u202e "),)}, None),
        ({"lines": (NewLine(kind=LineKind.PLAN, text="x" * 4001),)}, None),
        ({"lines": LINES * 21}, None),
        ({"day": date(1890, 1, 1)}, "day"),
        ({"day": date(2999, 1, 1)}, "day"),
        ({"episode_id": 987654}, "episode"),
        ({"new_episode": new_episode(title=" ")}, "title"),
        ({"new_episode": new_episode(icpc_code="R5")}, "icpc"),
    ],
)
def test_what_is_not_right_is_refused_and_nothing_is_said_to_be_done(desk, values, field):
    with pytest.raises(JournalNotUsable) as refusal:
        desk.copy(desk.ask(), **values)
    assert refusal.value.field == field
    assert not AuditEvent.objects.filter(event="journal.write").exists()
    assert not ConsultCopy.objects.exists()


def test_row1_an_episode_of_another_patient_is_not_there(desk):
    episode = world.make_episode(desk.child, desk.practice)
    with pytest.raises(JournalNotUsable):
        desk.copy(desk.ask(), episode_id=episode.pk)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("R05", "R05"), ("r05", "R05"), (" t 90.2 ", "T90.02"), ("T90,02", "T90.02"), ("A01", "A01"),
        ("R00", None), ("C05", None), ("R5", None), ("R055", None), ("", None), ("R05.", None), ("R05\x00", None),
    ],
)  # fmt: skip
def test_req57_a_code_of_icpc_1_has_a_letter_two_digits_and_perhaps_a_subcode(typed, code):
    assert read_icpc(text=typed) == code


# What the patient sees of it: only the rules of the record decide.


def test_r3_e_and_p_lines_show_by_the_existing_rules_and_s_and_o_never(desk):
    lines = tuple(NewLine(kind=kind, text=f"regel {kind.value}") for kind in LineKind)
    desk.copy(desk.ask(), lines=lines, new_episode=new_episode())
    assert {kind for kind, _text in desk.shown(desk.person)} == {"E", "P"}
    Episode.objects.update(visible_to_patient=False)
    assert not desk.shown(desk.person)


def test_req57_an_episode_that_is_made_unticked_shows_none_of_its_lines(desk):
    desk.copy(desk.ask(), new_episode=new_episode(visible=False))
    assert Episode.objects.get().visible_to_patient is False
    assert not desk.shown(desk.person)


def test_r14_the_page_says_that_a_patient_without_access_sees_nothing(desk):
    consult_id = desk.ask()
    assert desk.source(consult_id).place.reads_online is True
    Account.objects.update(facilities=["e_consult"])
    assert desk.source(consult_id).place.reads_online is False


# The import of the practice's dossier.


def _import(desk, tmp_path, *resources):
    path = tmp_path / f"{uuid4()}.json"
    path.write_text(json.dumps(made.bundle(*resources)))
    with as_role("zorgbalie_worker"):
        return import_files(
            paths=[path], practice=desk.practice.agb, patient=str(desk.person.pk), dry_run=False, now=desk.now
        )


def test_an_import_of_the_dossier_neither_changes_nor_doubles_what_was_written_here(desk, tmp_path):
    desk.practice.agb = "01234567"
    desk.practice.save()
    _import(desk, tmp_path, *made.whole())
    desk.copy(desk.ask(), new_episode=new_episode())
    own = JournalEntry.objects.filter(source_id__startswith="zorgbalie-").order_by("pk")
    before = (list(own.values()), Episode.objects.count(), Encounter.objects.count())
    _import(desk, tmp_path, *made.whole())
    assert (list(own.values()), Episode.objects.count(), Encounter.objects.count()) == before


def test_a_dossier_that_kept_our_name_updates_the_line_instead_of_adding_one(desk, tmp_path):
    desk.practice.agb = "01234567"
    desk.practice.save()
    desk.copy(desk.ask())
    line = JournalEntry.objects.get(soep="P")
    lines = JournalEntry.objects.count()
    _import(desk, tmp_path, *made.whole(), made.changed(made.line("P", text="Ja, rustig aan."), id=line.source_id))
    line.refresh_from_db()
    assert line.text == "Ja, rustig aan."
    assert JournalEntry.objects.filter(source_id__startswith="zorgbalie-").count() == lines


@pytest.mark.django_db(transaction=True)
def test_row48_pressed_by_many_at_once_it_is_one_entry(now):
    desk = Desk(now)
    consult_id, wanted, viewer = desk.ask(), desk.wanted(), desk.staff()

    def press():
        with unit_of_work(viewer):
            return copy_to_journal(
                viewer=viewer, patient_id=desk.person.pk, consult_id=consult_id, wanted=wanted, now=now
            )

    assert sorted(together([press] * 4)) == [False, False, False, True]
    assert (Encounter.objects.count(), JournalEntry.objects.count()) == (1, 2)


def test_the_source_costs_the_same_for_one_and_for_thirty(desk):
    consult_id = desk.ask()
    costs = []
    for number in (1, 29):
        for _ in range(number):
            add_text(Consult.objects.get(), "Tekst", desk.employee)
            world.make_episode(desk.person, desk.practice)
            add_attachment(Consult.objects.get(), uuid4().bytes)
        with CaptureQueriesContext(connection) as captured:
            desk.source(consult_id)
        costs.append(len(captured))
    assert costs[0] == costs[1]
