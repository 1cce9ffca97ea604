"""Reports as a laboratory sends them, and short ways to receive and decide on them."""

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

from tests.conftest import acting
from tests.factories import world
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.record.actions.lab import receive_report
from zorgbalie.record.actions.lab_decisions import decide_on_report
from zorgbalie.record.models import LabReport, LabResult
from zorgbalie.record.types.lab import LabDecision, NewLabReport, NewLabResult, ReportStatus

REPORTED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SAMPLED = datetime(2026, 11, 19, 7, 15, tzinfo=UTC)


def new_result(**values) -> NewLabResult:
    defaults = {
        "title": "Kalium", "code": "1234", "code_system": "urn:nhg:45",
        "value_number": Decimal("5.9"), "unit": "mmol/L",
        "reference_low": Decimal("3.5"), "reference_high": Decimal("5.0"), "flag": "H",
    }  # fmt: skip
    return NewLabResult(**{**defaults, **values})


def new_report(**values) -> NewLabReport:
    defaults = {
        "laboratory": "Laboratorium Noord", "report_number": f"L{world.next_number()}",
        "digest": sha256(str(world.next_number()).encode()).hexdigest(), "status": ReportStatus.FINAL,
        "reported_at": REPORTED, "sampled_at": SAMPLED,
        "results": (
            new_result(),
            new_result(title="Kreatinine", code="524", value_number=Decimal("80"), unit="umol/L",
                       reference_low=Decimal("50"), reference_high=Decimal("100"), flag=""),
        ),
    }  # fmt: skip
    return NewLabReport(**{**defaults, **values})


def receive(patient, practice, now, report=None, **values):
    """A report that comes in through the import; returns what became of it."""
    report = report or new_report(**values)
    viewer = system_viewer(task="import-lab", practice_id=practice.pk, subject_id=patient.pk)
    with acting(viewer):
        return receive_report(viewer=viewer, patient_id=patient.pk, practice_id=practice.pk, report=report, now=now)


def decide(doctor, patient, report_id, action, now, *, shared=None, revision=None, only_draft=False, **values):
    """A decision as the screen sends it: all results ticked unless named, the revision as it is now."""
    viewer = world.viewer_of_employee(doctor)
    results = LabResult.objects.filter(report_id=report_id)
    ticked = results if shared is None else results.filter(title__in=shared)
    current = LabReport.objects.get(pk=report_id).revision
    decision = LabDecision(
        action=action, revision=current if revision is None else revision,
        shared=frozenset(ticked.values_list("pk", flat=True)), **values,
    )  # fmt: skip
    if only_draft:
        return decision
    with acting(viewer):
        return decide_on_report(viewer=viewer, patient_id=patient.pk, report_id=report_id, decision=decision, now=now)
