"""The URL walk: every address of a face, tried with the ids of somebody else in path, query and body.

Two oracles that know nothing of the pages: a canary in each text of the victim, which no answer may hold; and a
fingerprint of all the victim's rows, which no request may change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

CANARY = "Kanariegeheim"
# What others add about the victim without seeing or changing anything of it.
_NOT_THE_VICTIMS = {"audit_auditevent", "audit_auditseal"}
_PERSON_COLUMNS = ("patient_id", "person_id")
# When a session was last seen, and until when it lives, moves with each half minute that its owner looks around; a walk
# may take longer than that. It is no state of care. That the session is there, and whose, still counts.
_MOVES_BY_LOOKING = {"people_patient_session": "(to_jsonb(t) - '{session_data,expire_date}'::text[])"}


@dataclass(frozen=True)
class Address:
    """One address of a face, with the names of its parameters."""

    pattern: str
    name: str
    parameters: tuple[tuple[str, bool], ...]
    public: bool

    def paths(self, ids: list[int]) -> Iterator[str]:
        """The address with ids of the victim filled in, one id for all parameters or each pair where there are two."""
        if not self.parameters:
            yield self.pattern
            return
        choices = [ids if is_number else ["1", "x"] for _, is_number in self.parameters]
        combinations = product(*choices) if len(self.parameters) == 1 else zip(*choices, strict=False)
        for values in combinations:
            path = self.pattern
            for (name, _), value in zip(self.parameters, values, strict=True):
                path = path.replace(f"<{name}>", str(value))
            yield path


def addresses(urlconf: str) -> list[Address]:
    """Every address that the resolver knows."""
    return list(_flatten(get_resolver(urlconf), "/", {}))


def _flatten(resolver: URLResolver, prefix: str, converters: dict[str, object]) -> Iterator[Address]:
    from zorgbalie.faces.entry.access import _PUBLIC_NAMESPACES

    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        known = {**converters, **entry.pattern.converters}
        if isinstance(entry, URLPattern):
            parameters = tuple((name, _is_number(kind)) for name, kind in known.items())
            pattern = route
            for name in known:
                pattern = re.sub(rf"<\w+:{name}>", f"<{name}>", pattern)
            public = bool(getattr(entry.callback, "public_page", False)) or prefix.startswith("/weergave/")
            yield Address(pattern, entry.name or "", parameters, public)
        else:
            yield from _flatten(entry, route, known)
    assert _PUBLIC_NAMESPACES


def _is_number(converter: object) -> bool:
    return isinstance(converter, IntConverter) or type(converter).__name__ == "NumberConverter"


def tables_of_people() -> list[tuple[str, str]]:
    """Every table with a column that names a person, and that column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name = ANY(%s) ORDER BY 1, 2",
            [list(_PERSON_COLUMNS)],
        )
        found = [row for row in cursor.fetchall() if row[0] not in _NOT_THE_VICTIMS]
    return [*found, ("people_person", "id")]


def fingerprint(person_id: int) -> dict[str, str]:
    """A digest of all rows about a person, by table; read as the owner."""
    digests = {}
    with connection.cursor() as cursor:
        for table, column in tables_of_people():
            row = f"{_MOVES_BY_LOOKING.get(table, 't')}::text"
            cursor.execute(
                f"SELECT md5(coalesce(string_agg({row}, '|' ORDER BY {row}), '')) FROM {table} t WHERE {column} = %s",
                [person_id],
            )
            digests[f"{table}.{column}"] = cursor.fetchone()[0]
    return digests


def ids_about(person_id: int) -> list[int]:
    """Every number that could name something of a person."""
    ids = {person_id}
    with connection.cursor() as cursor:
        for table, column in tables_of_people():
            cursor.execute(
                "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'", [table]
            )
            if cursor.fetchone():
                cursor.execute(f"SELECT id FROM {table} WHERE {column} = %s", [person_id])
                ids |= {row[0] for row in cursor.fetchall()}
    return sorted(ids)


def level_numbers() -> None:
    """Let all tables count on from one number, so that a victim's rows share few numbers and each is tried everywhere.

    Late in a run the tables stand far apart, and every address would be tried with each of their numbers.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"
            " AND sequencename NOT LIKE 'audit%'"
        )
        found = cursor.fetchall()
        most = max(value for _name, value in found) + 1
        for name, _value in found:
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, most])


def field_names() -> list[str]:
    """Every column name of our tables: what a hostile form may try to set (mass assignment, row 7)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT column_name FROM information_schema.columns WHERE table_schema = 'public' AND "
            "(table_name ~ '^(people|practice|access|record|messaging|worklist|consult|billing|agenda)_') ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]
