"""Ten desk users on one inbox: nothing is lost, nothing is doubled, and who loses is told by whom (REQ 42; row 48)."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.conftest import acting
from tests.factories import world
from tests.factories.consult_inbox import make_waiting
from zorgbalie.audit.models import AuditEvent
from zorgbalie.consult.actions import desk
from zorgbalie.consult.actions.inbox import mark_urgent
from zorgbalie.consult.models import Consult, ConsultMessage
from zorgbalie.consult.queries.inbox import list_inbox
from zorgbalie.consult.types import InboxFilter
from zorgbalie.kernel.errors import Refused
from zorgbalie.worklist import actions as worklist
from zorgbalie.worklist.models import WorkItem

_USERS, _THREADS, _TURNS = 10, 12, 12


class _User:
    """One employee, who looks at the list and does something at random with what stood there."""

    def __init__(self, employee, accounts, now, seed) -> None:
        self.viewer, self.accounts, self.now = world.viewer_of_employee(employee), accounts, now
        self.chance = random.Random(seed)  # noqa: S311  (no secret)
        self.sent: list[str] = []
        self.told: list[str] = []

    def work(self, start: Barrier) -> None:
        start.wait()
        try:
            for _ in range(_TURNS):
                self._turn()
        finally:
            connection.close()

    def _turn(self) -> None:
        with acting(self.viewer):
            rows = list_inbox(viewer=self.viewer, wanted=InboxFilter(), page=1, now=self.now).listing.rows
        if not rows:
            return
        row = self.chance.choice(rows)
        act = self.chance.choice([self._take, self._hand, self._answer, self._answer, self._close, self._urgent])
        try:
            with acting(self.viewer):
                act(row)
        except Refused as refusal:
            self.told.append(refusal.message)

    def _place(self, row):
        return {"viewer": self.viewer, "patient_id": row.patient_id, "consult_id": row.consult_id, "now": self.now}

    def _take(self, row) -> None:
        worklist.assign_to_me(viewer=self.viewer, item_id=row.item_id, shown_with=row.assigned_to_id, now=self.now)

    def _hand(self, row) -> None:
        desk.hand_to(**self._place(row), account_id=self.chance.choice(self.accounts), revision=row.revision)

    def _answer(self, row) -> None:
        text, token = f"{self.viewer.name} {uuid4()}", uuid4()
        desk.answer(**self._place(row), revision=row.revision, text=text, token=token)
        self.sent.append(text)

    def _close(self, row) -> None:
        if self.chance.random() < 0.3:
            desk.close(**self._place(row), revision=row.revision)

    def _urgent(self, row) -> None:
        mark_urgent(**self._place(row), is_urgent=not row.is_urgent)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_row48_ten_users_lose_and_double_no_answer(now, seed):
    practice = world.make_practice()
    accounts = [world.make_account(practice).pk for _ in range(3)]
    consults = [make_waiting(practice, now, hours=number) for number in range(_THREADS)]
    employees = [world.make_employee(practice, name=f"Collega {number}") for number in range(_USERS)]
    users = [_User(one, accounts, now, seed * 100 + number) for number, one in enumerate(employees)]
    start = Barrier(_USERS)
    with ThreadPoolExecutor(_USERS) as pool:
        for done in [pool.submit(user.work, start) for user in users]:
            done.result()

    stored = Counter(ConsultMessage.objects.filter(author_kind="staff").values_list("text", flat=True))
    assert stored == Counter(text for user in users for text in user.sent), "every answer that was taken, once"
    per_thread = Counter(ConsultMessage.objects.filter(author_kind="staff").values_list("consult_id", flat=True))
    assert set(per_thread.values()) <= {1}, "no thread was answered twice: the second one was told"
    told = [words for user in users for words in user.told]
    assert told, "some lost the race"
    assert all("Collega" in words or "ligt weer bij iedereen" in words for words in told), told
    for row in Consult.objects.all():
        is_open = WorkItem.objects.filter(about_id=row.pk, state="open").count()
        assert is_open == (row.state in ("sent", "with_doctor"))
        assert (row.pk in per_thread) == (row.state == "answered") or row.state == "closed"
    assert len(consults) == Consult.objects.count()
    lines = AuditEvent.objects.filter(event="consult.answer", outcome="0").count()
    assert lines >= sum(per_thread.values()), "each answer has its line; so has each attempt"
