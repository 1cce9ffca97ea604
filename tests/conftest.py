"""Shared fixtures: the embedded server, the test database with its walls, and clients that speak as a face's role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.middleware import csrf
from django.test import Client, override_settings
from django.utils import translation

from zorgbalie.config.database.embedded import OWNER, EmbeddedServer, start_embedded
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.clock import current_moment

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[EmbeddedServer]:
    """The embedded PostgreSQL of this checkout, shared by all test processes."""
    server = start_embedded(CHECKOUT / "var" / "test-postgres")
    yield server
    connections.close_all()
    server.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(embedded_server, django_db_modify_db_settings_parallel_suffix) -> None:
    """Point Django at the embedded server."""
    values = {"HOST": embedded_server.host, "USER": OWNER, "NAME": "zorgbalie"}
    connections["default"].settings_dict.update(values)
    test_names = connections["default"].settings_dict["TEST"]
    if not test_names.get("NAME"):
        test_names["NAME"] = os.environ.get("ZB_TESTDB", "test_zorgbalie")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The test database with its walls, as `zorgbalie migrate` makes it."""
    from django.core.management import call_command

    from zorgbalie.config.database.apply import apply_walls

    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        apply_walls()
        # Between transactional tests every table is emptied; tests/audit/test_append_only.py puts these back.
        for table in ("audit_auditevent", "audit_auditseal"):
            connection.cursor().execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


_FILLED = (
    ("record", "GlossaryTerm", "0003_glossary_terms"),
    ("knowledge", "KnowledgeSource", "0002_default_sources"),
    ("billing", "BillingTariff", "0002_known_tariffs"),
)


@pytest.fixture(autouse=True)
def _words_of_the_migrations(request) -> None:
    """Put back what migrations filled in and the emptying after a transactional test took along."""
    if request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("_django_db_helper")
    from django.apps import apps

    for label, model, migration in _FILLED:
        if not apps.get_model(label, model).objects.exists():
            import_module(f"zorgbalie.{label}.migrations.{migration}").fill(apps, None)
            # What was put in is checked now: a test that changes the table itself finds nothing pending.
            connection.check_constraints()


@pytest.fixture(autouse=True)
def _each_test_begins_in_dutch() -> None:
    """A page that an earlier test asked for in English leaves that language behind."""
    translation.activate("nl")


@pytest.fixture(autouse=True)
def _tokens_that_spell_nothing(monkeypatch) -> None:
    """Let form tokens hold no word or number: a test that a name is absent from a page must not meet it in one."""
    monkeypatch.setattr(csrf, "CSRF_ALLOWED_CHARS", "qxzQXZ")


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Run the block with the privileges of a face's role: row-level security holds as in production."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


_ROLE_OF = {"patient": "zorgbalie_portal", "staff": "zorgbalie_desk", "system": "zorgbalie_worker"}


@contextmanager
def acting(viewer) -> Iterator[None]:
    """One unit of work of `viewer`, in the database role of its kind."""
    from zorgbalie.access.unit_of_work import unit_of_work

    with as_role(_ROLE_OF[viewer.kind]), unit_of_work(viewer):
        yield


class FaceClient(Client):
    """A browser without JavaScript at one face, whose requests run in that face's database role."""

    def __init__(self, face: str, role: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.face_settings, self.role = settings.FACE_SETTINGS[face], role

        self._stays = False

    @contextmanager
    def stay(self) -> Iterator[None]:
        """Keep the face's settings for many requests: changing them rebuilds the addresses each time."""
        with override_settings(**self.face_settings):
            self._stays = True
            try:
                yield
            finally:
                self._stays = False

    def request(self, **request):
        settings_of_face = nullcontext() if self._stays else override_settings(**self.face_settings)
        with settings_of_face, as_role(self.role):
            return super().request(**request)

    def _put_in_session(self, values: dict[str, object]) -> None:
        """A session as the sign-in leaves it, in the face's own store."""
        with override_settings(**self.face_settings):
            store = import_module(settings.SESSION_ENGINE).SessionStore()
            store.update(values)
            store.create()
            self.cookies[settings.SESSION_COOKIE_NAME] = store.session_key


class PortalClient(FaceClient):
    """A patient's browser."""

    def sign_in(self, person, subject=None, level=AssuranceLevel.SUBSTANTIEEL) -> None:
        """Signed in with DigiD, for oneself or for somebody else."""
        from zorgbalie.faces.entry.patient_session import session_values

        subject_id = (subject or person).pk
        self._put_in_session(
            session_values(person_id=person.pk, subject_id=subject_id, level=level, now=current_moment())
        )


class DeskClient(FaceClient):
    """An employee's browser."""

    def sign_in(self, employee, second_factor: bool = True) -> None:
        """Signed in with password and, unless said otherwise, a second factor."""
        from zorgbalie.faces.entry.staff_session import session_values

        self._put_in_session(
            session_values(
                user=employee.user, employee_id=employee.pk, second_factor=second_factor, now=current_moment()
            )
        )


@pytest.fixture
def portal_client() -> PortalClient:
    """The patient portal."""
    return PortalClient("portal", "zorgbalie_portal")


@pytest.fixture
def desk_client() -> DeskClient:
    """The desk."""
    return DeskClient("desk", "zorgbalie_desk")


@pytest.fixture
def now() -> datetime:
    """The moment at which tests take place: an ordinary Tuesday."""
    return datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
