"""The chain of the access log: what was altered, removed or cut off is named (security row 41)."""

import argparse
from datetime import timedelta

import pytest
from django.db import connection

from tests.audit.lines import write_lines
from tests.conftest import as_role
from zorgbalie.audit import sealing, verification
from zorgbalie.audit.chain import FORMS
from zorgbalie.audit.models import AuditEvent, AuditSeal
from zorgbalie.audit.types import ChainFault
from zorgbalie.config.commands import verify_log
from zorgbalie.kernel.clock import current_moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def anchor_file(settings, tmp_path):
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors")
    return tmp_path / "anchors"


def seal() -> int:
    with as_role("zorgbalie_worker"):
        return sealing.seal_waiting(limit=7)


def faults(file=None) -> list[tuple[ChainFault, int | None]]:
    anchors = verification.read_anchors(file) if file else ()
    return [(finding.fault, finding.number) for finding in verification.walk_chain(anchors=anchors)]


def as_forger(statement: str, values=()) -> None:
    """What only somebody with the database in hand can do: switch the triggers off first."""
    with connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_auditseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def event_of(number: int) -> int:
    return AuditSeal.objects.get(number=number).event_id


def test_seals_are_numbered_without_gaps_and_the_chain_holds(anchor_file):
    write_lines(20)
    assert seal() == 20
    write_lines(3)
    assert seal() == 3
    assert seal() == 0
    assert list(AuditSeal.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 24))
    assert faults(anchor_file) == []
    assert [line.split()[0] for line in anchor_file.read_text().splitlines()] == ["20", "23"]


def test_every_column_of_a_line_is_covered():
    assert {field.column for field in AuditEvent._meta.concrete_fields} == set(FORMS[1])


@pytest.mark.parametrize(
    "change",
    [
        "user_name = 'iemand anders'",
        "recorded_at = recorded_at - interval '1 hour'",
        "detail = '{\"x\": 1}'",
        "emergency = true",
        "patient_id = 77",
    ],
)
def test_row_41_altered_line_and_moved_time_are_named(change):
    write_lines(10)
    seal()
    as_forger(f"UPDATE audit_auditevent SET {change} WHERE id = %s", [event_of(4)])
    assert faults() == [(ChainFault.ALTERED_LINE, 4)]


def test_row_41_removed_line_is_named():
    write_lines(10)
    seal()
    as_forger("DELETE FROM audit_auditevent WHERE id = %s", [event_of(4)])
    assert faults() == [(ChainFault.REMOVED_LINE, 4)]


def test_row_41_line_removed_together_with_its_seal_is_named():
    write_lines(10)
    seal()
    as_forger("DELETE FROM audit_auditevent WHERE id = %s", [event_of(4)])
    as_forger("DELETE FROM audit_auditseal WHERE number = 4")
    assert faults() == [(ChainFault.REMOVED_LINE, 4)]


def test_row_41_altered_seal_is_told_from_an_altered_line():
    write_lines(10)
    seal()
    as_forger("UPDATE audit_auditseal SET digest = sha256('x') WHERE number = 4")
    assert faults() == [(ChainFault.ALTERED_SEAL, 4)]


def test_row_41_last_line_altered_is_named():
    write_lines(10)
    seal()
    as_forger("UPDATE audit_auditevent SET event = 'x' WHERE id = %s", [event_of(10)])
    assert faults() == [(ChainFault.ALTERED_LINE, 10)]


def test_row_41_cut_tail_shows_against_the_anchor_alone(anchor_file):
    write_lines(10)
    seal()
    as_forger("DELETE FROM audit_auditevent WHERE id > %s", [event_of(8)])
    as_forger("DELETE FROM audit_auditseal WHERE number > 8")
    assert faults() == []
    assert faults(anchor_file) == [(ChainFault.CUT_TAIL, 9)]


def test_row_41_tail_cut_and_grown_again_reuses_numbers(anchor_file):
    write_lines(10)
    seal()
    as_forger("DELETE FROM audit_auditevent WHERE id > %s", [event_of(6)])
    as_forger("DELETE FROM audit_auditseal WHERE number > 6")
    write_lines(2)
    seal()
    assert faults(anchor_file) == [(ChainFault.REUSED_NUMBER, 8), (ChainFault.CUT_TAIL, 9)]


def test_row_41_chain_written_anew_shows_against_the_anchor(anchor_file):
    write_lines(10)
    seal()
    as_forger("UPDATE audit_auditevent SET event = 'x' WHERE id = %s", [event_of(4)])
    as_forger("DELETE FROM audit_auditseal")
    seal()
    assert faults() == []
    assert (ChainFault.REWRITTEN, 10) in faults(anchor_file)


def test_row_41_reused_number_and_line_sealed_twice_are_named():
    write_lines(4)
    seal()
    as_forger("ALTER TABLE audit_auditseal DROP CONSTRAINT audit_auditseal_pkey")
    as_forger("ALTER TABLE audit_auditseal DROP CONSTRAINT audit_auditseal_event_id_key")
    as_forger("INSERT INTO audit_auditseal SELECT * FROM audit_auditseal WHERE number = 3")
    assert faults() == [(ChainFault.REUSED_NUMBER, 3), (ChainFault.SEALED_TWICE, None)]


def test_line_that_arrives_late_is_sealed_and_old_waiting_lines_are_reported(now):
    write_lines(5)
    seal()
    write_lines(1)
    later = current_moment() + timedelta(minutes=11)
    waiting = verification.find_waiting(now=later, minutes=10)
    assert waiting is not None
    assert waiting.fault is ChainFault.NOT_SEALED
    seal()
    assert verification.find_waiting(now=later, minutes=10) is None


def test_line_older_than_the_quick_round_is_found_by_the_full_round(monkeypatch):
    write_lines(5)
    old = AuditEvent.objects.order_by("id").first()
    as_forger("DELETE FROM audit_auditevent WHERE id = %s", [old.pk])
    seal()
    monkeypatch.setattr(sealing, "_LOOK_BACK", 2)
    old.save(force_insert=True)
    assert sealing.seal_waiting() == 0
    assert sealing.seal_waiting(everywhere=True) == 1
    assert faults() == []


def _verify(**values) -> int:
    arguments = {"anchor": None, "seal": False, "waiting_minutes": 10, **values}
    with as_role("zorgbalie_worker"):
        return verify_log.run(argparse.Namespace(**arguments))


def test_command_seals_verifies_and_exits_with_1_when_broken(anchor_file, capsys):
    write_lines(10)
    assert _verify() == 1  # anchors are asked for, and there are none
    assert _verify(seal=True) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("verify-log: 10 lines checked")
    as_forger("UPDATE audit_auditevent SET event = 'x' WHERE id = %s", [event_of(4)])
    assert _verify() == 1
    assert f"altered line: number 4 (event {event_of(4)})" in capsys.readouterr().out


def test_command_exits_with_2_when_the_sealer_stands_still():
    write_lines(1)
    assert _verify(waiting_minutes=-1) == 2
