"""Importing again: what changed follows, the practice's choices stay, what the source withdrew is hidden."""

import pytest

from tests.factories import dossier as made
from tests.factories import world
from zorgbalie.access.types import DataKind, Grant, Use
from zorgbalie.audit.models import AuditEvent
from zorgbalie.exchange.types import BrokenFile
from zorgbalie.kernel.errors import NotAllowed
from zorgbalie.record.actions import importing
from zorgbalie.record.models import Allergy, Episode, Flag, JournalEntry, Medication, Observation, SourceResource
from zorgbalie.record.types.importing import ImportedDossier

pytestmark = pytest.mark.django_db


def _replace(resources, **by_id):
    return [by_id.get(resource["id"], resource) for resource in resources]


def _counts(report, kind):
    count = report.kinds[kind]
    return (count.stored, count.updated, count.unchanged, count.refused)


def test_changed_resource_updates_its_row_alone(run_import):
    run_import(made.bundle(*made.whole()))
    before = {row.source_id: row.pk for row in JournalEntry.objects.all()}
    report = run_import(made.bundle(*_replace(made.whole(), **{"line-p": made.line("P", text="Start amlodipine.")})))
    assert _counts(report, "Observation") == (0, 1, 4, 0)
    assert JournalEntry.objects.get(source_id="line-p").text == "Start amlodipine."
    assert {row.source_id: row.pk for row in JournalEntry.objects.all()} == before
    assert SourceResource.objects.get(source_id="line-p").content["valueString"] == "Start amlodipine."


def test_req57_practice_choices_survive_an_update(run_import, place, now):
    run_import(made.bundle(*made.whole()))
    doctor = world.make_employee(place[1])
    hidden = {"visible_to_patient": False, "hidden_reason": "Eerst bespreken", "hidden_by": doctor, "hidden_at": now}
    Episode.objects.update(**hidden)
    JournalEntry.objects.filter(source_id="line-e").update(**hidden)
    run_import(
        made.bundle(
            *_replace(made.whole(), ep1=made.episode(title="Hypertensie"), **{"line-e": made.line("E", text="Anders.")})
        )
    )
    for row in (Episode.objects.get(), JournalEntry.objects.get(source_id="line-e")):
        assert (row.visible_to_patient, row.hidden_reason, row.hidden_by_id) == (False, "Eerst bespreken", doctor.pk)
    assert (Episode.objects.get().title, Episode.objects.get().has_attention) == ("Hypertensie", True)
    assert JournalEntry.objects.get(source_id="line-p").visible_to_patient is True


def test_server_stamps_are_no_change(run_import):
    run_import(made.bundle(*made.whole()))
    stamped = [made.changed(r, meta={"lastUpdated": "2026-11-02T10:00:00Z", "versionId": "7"}) for r in made.whole()]
    # Whoever had no meta at all has an empty one now; the first time that counts, the second it does not.
    run_import(made.bundle(*stamped))
    again = [made.changed(r, meta={"lastUpdated": "2026-12-02T10:00:00Z", "versionId": "8"}) for r in made.whole()]
    assert all(count.unchanged == count.found for count in run_import(made.bundle(*again)).kinds.values())


def test_row_follows_a_resource_that_it_leans_on(run_import):
    run_import(made.bundle(*made.whole()))
    report = run_import(made.bundle(made.patient(), made.product(title="LISINOPRIL CF TABLET 10MG")))
    assert _counts(report, "Medication") == (0, 1, 0, 0)
    assert report.rows["medication"]["updated"] == 1
    assert Medication.objects.get().title == "LISINOPRIL CF TABLET 10MG"


def test_reference_that_led_nowhere_is_mended_later(run_import):
    first = [resource for resource in made.whole() if resource["id"] not in ("ep1", "cond1", "enc1")]
    report = run_import(made.bundle(*first))
    assert {note.text.split(" leads")[0] for note in report.dangling} >= {"context", "extension[0].valueReference"}
    assert JournalEntry.objects.filter(episode=None, encounter=None).count() == 4
    report = run_import(made.bundle(made.patient(), made.episode(), made.condition(), made.encounter()))
    assert report.dangling == ()
    assert JournalEntry.objects.filter(episode__title="Hoge bloeddruk", encounter__kind_code="03").count() == 4
    assert Episode.objects.get().has_attention is True


def test_withdrawn_resource_is_hidden_and_comes_back(run_import):
    whole = made.whole()
    run_import(made.bundle(*whole))
    wrong = {
        "line-e": made.line("E", status="entered-in-error"),
        "res1": made.result(status="entered-in-error"),
        "al1": made.allergy(verificationStatus="entered-in-error"),
        "flag1": made.flag(status="entered-in-error"),
    }
    report = run_import(made.bundle(*_replace(whole, **wrong)))
    assert report.refusals == ()
    for row in (JournalEntry.objects.get(source_id="line-e"), Observation.objects.get(), Allergy.objects.get()):
        assert (row.visible_to_patient, row.hidden_reason) == (False, "Ingetrokken door het bronsysteem")
    assert (Observation.objects.get().status, Allergy.objects.get().clinical_status) == ("entered-in-error",) * 2
    assert Episode.objects.get().has_attention is False
    assert all(c.unchanged == c.found for c in run_import(made.bundle(*_replace(whole, **wrong))).kinds.values())
    run_import(made.bundle(*whole))
    for row in (JournalEntry.objects.get(source_id="line-e"), Observation.objects.get(), Allergy.objects.get()):
        assert (row.visible_to_patient, row.hidden_reason, row.hidden_at) == (True, "", None)
    assert (Observation.objects.get().status, Allergy.objects.get().clinical_status) == ("final", "active")
    assert Episode.objects.get().has_attention is True


def test_withdrawal_keeps_what_the_practice_hid_itself(run_import, place, now):
    run_import(made.bundle(*made.whole()))
    doctor = world.make_employee(place[1])
    Observation.objects.update(visible_to_patient=False, hidden_reason="Eerst bellen", hidden_by=doctor, hidden_at=now)
    run_import(made.bundle(*_replace(made.whole(), res1=made.result(status="cancelled"))))
    run_import(made.bundle(*made.whole()))
    row = Observation.objects.get()
    assert (row.visible_to_patient, row.hidden_reason, row.hidden_by_id) == (False, "Eerst bellen", doctor.pk)


def test_attention_ends_with_its_flag(run_import):
    run_import(made.bundle(*made.whole()))
    assert Episode.objects.get().has_attention is True
    ended = made.flag(status="inactive", period={"start": "2026-01-10", "end": "2026-03-01"})
    run_import(made.bundle(*_replace(made.whole(), flag1=ended)))
    assert (Episode.objects.get().has_attention, str(Flag.objects.get().end_date)) == (False, "2026-03-01")


def test_refused_change_leaves_the_old_row(run_import):
    run_import(made.bundle(*made.whole()))
    report = run_import(made.bundle(*_replace(made.whole(), res1=made.result(effectiveDateTime="gisteren"))))
    assert _counts(report, "Observation") == (0, 0, 4, 1)
    assert Observation.objects.get().value_number == 160
    assert SourceResource.objects.get(source_id="res1").content["effectiveDateTime"] == "2026-02-03"


def test_observation_cannot_change_between_line_and_result(run_import):
    run_import(made.bundle(*made.whole()))
    report = run_import(made.bundle(made.patient(), made.line("E", id="res1")))
    assert "another kind of observation" in report.refusals[0].reason
    assert not JournalEntry.objects.filter(source_id="res1").exists()


def test_dry_run_reports_the_same_and_stores_nothing(run_import):
    dry = run_import(made.bundle(*made.whole()), dry_run=True)
    assert not SourceResource.objects.exists()
    assert not Episode.objects.exists()
    assert AuditEvent.objects.get().detail["result"] == "dry run"
    real = run_import(made.bundle(*made.whole()))
    assert (dry.kinds, dry.rows, dry.notes) == (real.kinds, real.rows, real.notes)


def test_storing_needs_leave_to_change_the_full_record(place, now):
    """A grant to read, or on one kind of data, is not enough."""
    empty = ImportedDossier(sources=(), rows={})
    for kind, use in ((DataKind.FULL_RECORD, Use.READ), (DataKind.EPISODES, Use.CHANGE)):
        grant = Grant(patient_id=place[0].pk, practice_id=place[1].pk, kind=kind, use=use, basis="")
        with pytest.raises(NotAllowed):
            importing.store_dossier(grant=grant, dossier=empty, now=now)
        with pytest.raises(NotAllowed):
            importing.list_source_contents(grant=grant, without=())


def test_broken_file_beside_good_ones_changes_nothing(run_import):
    run_import(made.bundle(*made.whole()))
    with pytest.raises(BrokenFile):
        run_import(made.bundle(*_replace(made.whole(), res1=made.result(value=99))), '{"resourceType": "Observation",')
    assert Observation.objects.get().value_number == 160


def test_sections_that_a_report_no_longer_has_are_hidden(run_import):
    report = made.composition(made.section("P", "Eerste."), made.section("E", "Tweede."))
    run_import(made.bundle(made.patient(), made.encounter(), report))
    assert set(JournalEntry.objects.values_list("source_id", flat=True)) == {"comp1/section/0", "comp1/section/1"}
    run_import(made.bundle(made.patient(), made.encounter(), made.composition(made.section("P", "Eerste."))))
    assert JournalEntry.objects.get(source_id="comp1/section/1").visible_to_patient is False
    assert JournalEntry.objects.get(source_id="comp1/section/0").visible_to_patient is True
