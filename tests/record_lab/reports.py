"""Reports as a laboratory sends them, and short ways to receive and decide on them."""

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

from tests.conftest import acting
from tests.factories import world
from zorgbalie.kernel.viewer import system_viewer
from zorgbalie.record.actions.lab import receive_report
from zorgbalie.record.types.lab import NewLabReport, NewLabResult, ReportStatus

REPORTED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SAMPLED = datetime(2026, 11, 19, 7, 15, tzinfo=UTC)


def new_result(**values) -> NewLabResult:
    defaults = {
        "title": "Kalium", "code": "1234", "code_system": "urn:nhg:45", "value_number": Decimal("5.9"), "unit": "mmol/L",
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
        return receive_report(
            viewer=viewer, patient_id=patient.pk, practice_id=practice.pk, report=report, now=now
        )
