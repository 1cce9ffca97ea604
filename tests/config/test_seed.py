"""The large world of `zorgbalie seed`: the same each time, complete, and no trace of how it was loaded."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from django.contrib.auth.hashers import check_password
from django.test import override_settings
from psycopg import sql

from zorgbalie.config.database.embedded import OWNER
from zorgbalie.config.seeding.demo_staff import DEMO_PASSWORD
from zorgbalie.config.seeding.large_plan import Plan
from zorgbalie.config.seeding.large_world import TABLES
from zorgbalie.config.seeding.names import range_bsn
from zorgbalie.config.settings.staff_sign_in import PASSWORD_HASHERS
from zorgbalie.kernel.bsn import parse_exact_bsn

DAY = "2026-11-24"
PREFIX = f"{os.environ.get('ZB_TESTDB', 'test_zorgbalie')}_seed_{os.environ.get('PYTEST_XDIST_WORKER', '')}"
DEFINITIONS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2"""


class Database:
    """A database of the test's own; commands run against it as its owner."""

    def __init__(self, server, name: str) -> None:
        self.server, self.name = server, name

    def create(self, template: str = "template1") -> None:
        self._as_owner("CREATE DATABASE {} TEMPLATE {}", self.name, template)

    def drop(self) -> None:
        self._as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)

    def _as_owner(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.server.url(role=OWNER, database="postgres"), autocommit=True) as link:
            link.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def rows(self, query: str, *parameters) -> list[tuple]:
        with psycopg.connect(self.server.url(role=OWNER, database=self.name)) as link:
            return link.execute(query, parameters).fetchall()

    def change(self, statement: str) -> None:
        with psycopg.connect(self.server.url(role=OWNER, database=self.name)) as link:
            link.execute(statement)

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        environment = {
            **os.environ, "OWNER_DATABASE_URL": self.server.url(role=OWNER, database=self.name),
            "DATABASE_URL": self.server.url(role="zorgbalie_worker", database=self.name),
            "AUDIT_ANCHOR_FILE": "",
        }  # fmt: skip
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "zorgbalie.config.cli", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def seed(self, practices: int = 2, patients: int = 30) -> subprocess.CompletedProcess:
        return self.run("seed", f"--practices={practices}", f"--patients={patients}", f"--today={DAY}")

    def digest(self) -> dict[str, tuple]:
        """Per table its number of rows and a digest; secrets of second factors are encrypted anew each time."""
        rows = "md5(string_agg((to_jsonb(t) #- '{data,secret}')::text, '|' ORDER BY to_jsonb(t) ->> 'id', t::text))"
        return {table: self.rows(f"SELECT count(*), {rows} FROM {table} t")[0] for table in TABLES}

    def definitions(self) -> list[tuple]:
        """Every constraint and index. Casts and brackets of a condition are PostgreSQL's own: it writes them anew."""
        return sorted(
            (table, name, re.sub(r"::[a-z ]+(\[\])?|[()]", "", text), valid)
            for table, name, text, valid in self.rows(DEFINITIONS)
        )


@pytest.fixture(scope="module")
def migrated(embedded_server) -> Iterator[Database]:
    """An empty database of this version."""
    database = Database(embedded_server, f"{PREFIX}_empty")
    database.drop()
    database.create()
    done = database.run("migrate")
    assert done.returncode == 0, done.stderr
    yield database
    database.drop()


@pytest.fixture
def database(migrated, request) -> Iterator[Database]:
    """A copy of it for one test."""
    copy = Database(migrated.server, f"{PREFIX}_copy")
    copy.drop()
    copy.create(migrated.name)
    yield copy
    copy.drop()


@pytest.fixture(scope="module")
def world(migrated) -> Iterator[Database]:
    """A loaded world of two practices with thirty patients each."""
    copy = Database(migrated.server, f"{PREFIX}_world")
    copy.drop()
    copy.create(migrated.name)
    done = copy.seed()
    assert done.returncode == 0, done.stderr
    yield copy
    copy.drop()


def test_the_world_is_the_same_each_time(world, database):
    database.seed()

    assert database.digest() == world.digest()


def test_a_patient_has_a_full_record(world):
    def count(table: str) -> int:
        (row,) = world.rows(f"SELECT count(*) FROM {table} WHERE patient_id = 32")
        return row[0]

    tables = ("episode", "encounter", "journalentry", "observation", "allergy", "medication", "flag")
    assert [count(f"record_{table}") for table in tables] == [4, 6, 24, 14, 1, 3, 2]
    assert count("audit_auditevent") == 10
    assert world.rows("SELECT practice_kind FROM practice_enrolment WHERE person_id = 32 ORDER BY 1") == [
        ("gp",), ("pharmacy",),
    ]  # fmt: skip


def test_one_patient_has_ten_thousand_observations_and_may_read_them(world):
    assert world.rows("SELECT count(*) FROM record_observation WHERE patient_id = 1") == [(10_000,)]
    assert world.rows("SELECT state FROM access_accessrequest WHERE person_id = 1") == [("released",)]


def test_row_level_security_holds_for_what_was_loaded(world):
    """Security.md 5: loading as the owner opens nothing."""
    with psycopg.connect(world.server.url(role="zorgbalie_portal", database=world.name)) as link:
        link.execute("SELECT set_config('zorgbalie.person', '2', true), set_config('zorgbalie.subject', '2', true)")
        assert link.execute("SELECT DISTINCT patient_id FROM record_observation").fetchall() == [(2,)]
        assert link.execute("SELECT id FROM people_person").fetchall() == [(2,)]


def test_indexes_keys_and_constraints_are_as_before(world, migrated):
    assert world.definitions() == migrated.definitions()


def test_new_rows_get_new_ids(world):
    (highest,) = world.rows("SELECT max(id) FROM record_episode")
    (following,) = world.rows("SELECT nextval(pg_get_serial_sequence('record_episode', 'id'))")
    assert following == (highest[0] + 1,)


def test_a_world_is_never_loaded_over_another(world):
    before = world.digest()

    done = world.seed()

    assert done.returncode == 1
    assert done.stderr == (
        "The database is not empty (practice_practice): nothing was changed. Load into a new database.\n"
    )
    assert world.digest() == before


def test_a_load_that_fails_leaves_an_empty_database_with_its_keys(database):
    database.change("ALTER TABLE record_medication ADD CONSTRAINT never CHECK (id < 0)")
    before = database.definitions()

    done = database.seed()

    assert done.returncode != 0
    assert database.definitions() == before
    assert {count for count, _digest in database.digest().values()} == {0}


def test_nothing_asked_is_said(database):
    done = database.run("seed")

    assert done.returncode == 2
    assert done.stderr == "Say how large: --practices N --patients M, both at least 1 (or --demo).\n"


def test_r13_the_log_is_sealed_as_the_verifier_wants_it(world):
    done = world.run("verify-log")

    assert (done.returncode, done.stdout) == (
        0, "verify-log: 600 lines checked, without anchors: a cut tail would not show; 0 faults\n",
    )  # fmt: skip


def test_staff_sign_in_with_the_password_of_the_demo(world):
    (row,) = world.rows("SELECT password FROM practice_staffuser WHERE email = 'huisarts2@praktijk.example'")
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        assert check_password(DEMO_PASSWORD, row[0])
    assert world.rows("SELECT count(*) FROM mfa_authenticator") == [(2 * 3 + 1,)]


def test_bsns_are_of_the_test_range_and_without_one_nobody_is_verified(world):
    """REQ 2: a made-up number outside 999… could be somebody's."""
    rows = world.rows("SELECT bsn, bsn_verified_at IS NOT NULL FROM people_person")
    assert [verified for _bsn, verified in rows] == [bsn is not None for bsn, _verified in rows]
    assert {parse_exact_bsn(bsn)[:3] for bsn, _verified in rows if bsn} == {"999"}


def test_bsns_of_a_very_large_world_are_still_different_ones():
    plan = Plan(practices=100, patients=2_500, today=date(2026, 11, 24))
    stems = [stem for index in range(plan.total) if (stem := plan.stem(index)) is not None]
    assert len(set(stems)) == len(stems) == 83_334
    assert max(stems) < 100_000
    assert sum(range_bsn(stem) is not None for stem in stems) > 75_000


def test_the_log_is_about_all_patients_in_turn():
    plan = Plan(practices=3, patients=20, today=date(2026, 11, 24))
    assert sorted(plan.log_patient(number) for number in range(60)) == list(range(60))
