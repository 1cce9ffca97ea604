"""A copy with an explanation, for who gets no online access (REQ 23, 66; R3)."""

import io

import pytest
from django.db import connection
from pypdf import PdfReader

from tests.conftest import acting
from tests.factories import world
from tests.record_release.choices import change, make_dossier
from zorgbalie.access.models import AccessRequest
from zorgbalie.audit.models import AuditEvent
from zorgbalie.kernel.errors import NotAllowed, NotVisible
from zorgbalie.kernel.viewer import StaffRight
from zorgbalie.practice.models import Enrolment
from zorgbalie.record.actions import copy as actions
from zorgbalie.record.models import Encounter, JournalEntry, SharedNote, WorkNote
from zorgbalie.record.queries.copy import COPY_PARTS, get_copy_plan
from zorgbalie.record.types.desk import CopyNotUsable, CopyWish, RecordPart

pytestmark = pytest.mark.django_db
WISH = CopyWish(parts=frozenset(COPY_PARTS), with_so=False, explanation="U leest dit met uw dokter.")


def _text(viewer, patient, now, **wish):
    values = {"parts": WISH.parts, "with_so": WISH.with_so, "explanation": WISH.explanation, **wish}
    with acting(viewer):
        pdf = actions.make_copy(viewer=viewer, patient_id=patient.pk, wish=CopyWish(**values), now=now)
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def _publish(viewer, patient, now, **wish):
    values = {"parts": WISH.parts, "with_so": WISH.with_so, "explanation": WISH.explanation, **wish}
    with acting(viewer):
        return actions.publish_copy(viewer=viewer, patient_id=patient.pk, wish=CopyWish(**values), now=now)


def test_req66_copy_holds_the_record_of_all_years_with_the_explanation(now):
    dossier = make_dossier()
    world.make_observation(dossier.patient, dossier.practice, title="Oude meting", observed_on="2001-02-03")
    text = _text(dossier.viewer, dossier.patient, now)
    for words in (
        "U leest dit met uw dokter.",
        "Kanarie-hoofdpijn",
        "Kanarie-E-een",
        "Gewoon-P-twee",
        "Oude meting",
        "Penicilline",
    ):
        assert words in text
    assert "Kanarie-S-een" not in text
    assert "Kanarie-O-een" not in text


def test_req66_s_and_o_lines_come_along_by_choice_alone(now):
    dossier = make_dossier()
    text = _text(dossier.viewer, dossier.patient, now, with_so=True)
    assert text.index("Kanarie-S-een") < text.index("Kanarie-E-een")


def test_r3_a_hidden_episode_its_lines_and_a_hidden_line_never_leave_on_paper(now):
    dossier = make_dossier()
    change(dossier, now, dossier.choice("one", "two_E"))
    text = _text(dossier.viewer, dossier.patient, now, with_so=True)
    assert "Kanarie" not in text
    assert "Gewoon-E-twee" not in text
    assert "Gewoon-S-twee" in text


def test_r3_loose_lines_of_a_contact_about_a_hidden_episode_alone_stay_off_the_paper(now):
    dossier = make_dossier()
    secret = world.make_episode(dossier.patient, dossier.practice, visible_to_patient=False)
    contact = world.make_encounter(dossier.patient, dossier.practice)
    world.make_entry(contact, secret, "E", text="Geheim-E")
    for soep in "SOP":
        world.make_entry(contact, None, soep, text=f"Geheim-{soep}")
    loose = world.make_entry(contact, None, "S", text="Los-S-zonder-contact")
    JournalEntry.objects.filter(pk=loose.pk).update(encounter=None)
    text = _text(dossier.viewer, dossier.patient, now, with_so=True)
    assert "Geheim" not in text
    assert "Los-S-zonder-contact" in text


def test_r3_lines_of_a_hidden_contact_pills_of_a_hidden_episode_and_hidden_notes_stay_off_the_paper(now):
    dossier = make_dossier()
    with acting(dossier.viewer):
        before = get_copy_plan(viewer=dossier.viewer, patient_id=dossier.patient.pk, now=now).so_lines
    contact = world.make_encounter(dossier.patient, dossier.practice, visible_to_patient=False)
    world.make_entry(contact, soep="S", text="Geheim-contact")
    shown = world.make_encounter(dossier.patient, dossier.practice)
    world.make_entry(shown, text="Gewoon-contact")
    world.make_entry(shown, soep="S", text="Geheim-regel", visible_to_patient=False)
    secret = world.make_episode(dossier.patient, dossier.practice, visible_to_patient=False)
    world.make_medication(dossier.patient, dossier.practice, episode=secret, title="Geheim-pil")
    world.make_medication(dossier.patient, dossier.practice, title="Geheim-los", visible_to_patient=False)
    world.add_shared_note(dossier.patient, dossier.practice, text="Geheim-notitie", visible_to_patient=False)
    text = _text(dossier.viewer, dossier.patient, now, with_so=True)
    assert "Geheim" not in text
    assert "Gewoon-contact" in text
    with acting(dossier.viewer):
        plan = get_copy_plan(viewer=dossier.viewer, patient_id=dossier.patient.pk, now=now)
    assert (plan.counts[RecordPart.NOTES], plan.so_lines) == (0, before)


def test_req66_only_the_chosen_parts(now):
    dossier = make_dossier()
    text = _text(dossier.viewer, dossier.patient, now, parts=frozenset([RecordPart.ALLERGIES]))
    assert ("Penicilline" in text, "Kanarie" in text) == (True, False)


def test_req59_work_note_is_in_no_copy_and_a_shared_note_is(now):
    dossier = make_dossier()
    WorkNote.objects.create(
        practice=dossier.practice, patient=dossier.patient, author=dossier.employee, text="kanarienotitie",
        expires_at="2030-01-01T00:00Z",
    )  # fmt: skip
    SharedNote.objects.create(
        practice=dossier.practice, patient=dossier.patient, text="gedeeldwoord", shared_on=now.date()
    )
    text = _text(dossier.viewer, dossier.patient, now, with_so=True)
    assert ("kanarienotitie" in text, "gedeeldwoord" in text) == (False, True)


@pytest.mark.parametrize("online_access", ["copy_only", "vulnerable", "allowed"])
def test_req23_a_waiting_request_is_answered_with_the_explanation(now, online_access):
    dossier = make_dossier()
    Enrolment.objects.update(online_access=online_access)
    assert _publish(dossier.viewer, dossier.patient, now)
    dossier.request.refresh_from_db()
    assert dossier.request.state == "refused"
    assert dossier.request.reason.endswith("U leest dit met uw dokter.")
    assert not _publish(dossier.viewer, dossier.patient, now), "a double click closes nothing twice"
    assert AccessRequest.objects.count() == 1


def test_r13_each_copy_is_a_line_without_content(now):
    dossier = make_dossier()
    _text(dossier.viewer, dossier.patient, now, parts=frozenset([RecordPart.ALLERGIES]), with_so=True)
    line = AuditEvent.objects.get(event="record.copy")
    assert (line.kind, line.patient_id, line.detail) == (
        "record_copy", dossier.patient.pk, {"parts": "allergieen", "with_so": True},
    )  # fmt: skip
    assert "dokter" not in str(list(AuditEvent.objects.values_list("detail")))


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"parts": frozenset()}, "parts"),
        ({"explanation": " "}, "explanation"),
        ({"explanation": "x" * 801}, "explanation"),
    ],
)
def test_req66_a_copy_of_nothing_or_without_words_is_refused(now, wish, field):
    dossier = make_dossier()
    for act in (_text, _publish):
        with pytest.raises(CopyNotUsable) as refused:
            act(dossier.viewer, dossier.patient, now, **wish)
        assert refused.value.field == field
    dossier.request.refresh_from_db()
    assert dossier.request.state == "asked"


def test_security5_and_6_who_may_not_copy(now):
    dossier = make_dossier()
    rights = [right for right in StaffRight if right is not StaffRight.COPY_RECORD]
    without = world.viewer_of_employee(world.make_employee(dossier.practice, rights=rights))
    stranger = world.make_employee(world.make_practice())
    world.start_emergency(stranger, dossier.patient)
    for viewer, error in ((without, NotAllowed), (world.viewer_of_employee(stranger), NotVisible)):
        for act in (_text, _publish):
            with pytest.raises(error):
                act(viewer, dossier.patient, now)


def test_security29_markup_in_the_record_is_text_in_the_copy(now):
    dossier = make_dossier()
    hostile = '#panic("x") = kop *vet* $a$ <b>html</b> \\ "]'
    world.make_entry(dossier.rows["second"], dossier.rows["two"], "E", text=hostile)
    text = _text(dossier.viewer, dossier.patient, now, explanation=hostile)
    assert text.count('#panic("x")') == 2


def test_plan_counts_what_a_copy_would_hold(now):
    dossier = make_dossier()
    change(dossier, now, dossier.choice("one"))
    with acting(dossier.viewer):
        plan = get_copy_plan(viewer=dossier.viewer, patient_id=dossier.patient.pk, now=now)
    assert (plan.counts[RecordPart.EPISODES], plan.so_lines, plan.hidden, plan.closes_request) == (1, 2, 1, True)


def test_long_record_of_10000_lines_is_copied_in_bounded_time(now, django_assert_max_num_queries):
    dossier = make_dossier()
    place = {"patient": dossier.patient, "practice": dossier.practice}
    encounters = Encounter.objects.bulk_create(
        [Encounter(**place, started_on=f"20{10 + n % 15}-05-04", kind_title="Consult") for n in range(2500)]
    )
    JournalEntry.objects.bulk_create(
        [
            JournalEntry(
                **place, encounter=encounters[n % 2500], episode=dossier.rows["two"], soep="SOEP"[n // 2500],
                text=f"Regel {n} met woorden", recorded_on="2020-05-04",
            )
            for n in range(10_000)
        ]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE record_journalentry, record_encounter")  # as autovacuum does with a real table
    wish = CopyWish(parts=WISH.parts, with_so=True, explanation=WISH.explanation)
    with acting(dossier.viewer), django_assert_max_num_queries(60):
        pdf = actions.make_copy(viewer=dossier.viewer, patient_id=dossier.patient.pk, wish=wish, now=now)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 300
