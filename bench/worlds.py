"""Seeded databases on an embedded server of the benches' own, made once and kept: `bench_<practices>x<patients>`."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from zorgbalie.config.database.embedded import OWNER, EmbeddedServer, start_embedded

FOLDER = Path(__file__).resolve().parents[1] / "var" / "bench-postgres"
SECRET_KEY = "bench-key-without-any-secret-of-fifty-characters-or-more"  # noqa: S105  (the benches')


def start_server(folder: Path = FOLDER) -> EmbeddedServer:
    """Start (or find) the server; the caller stops it."""
    return start_embedded(folder)


def parse_size(text: str) -> tuple[int, int]:
    """`100x2500` as practices and patients per practice."""
    practices, patients = text.lower().split("x")
    return int(practices), int(patients)


def ensure_world(server: EmbeddedServer, size: tuple[int, int]) -> str:
    """The name of the database with a world of this size, at this version; loads it where it is missing."""
    name = f"bench_{size[0]}x{size[1]}"
    with psycopg.connect(server.url(role=OWNER, database="postgres"), autocommit=True) as link:
        known = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    run_command(server, name, "migrate")
    if _is_empty(server, name):
        print(f"Loading {size[0]} practices with {size[1]} patients each", flush=True)
        run_command(server, name, "seed", f"--practices={size[0]}", f"--patients={size[1]}")
    return name


def _is_empty(server: EmbeddedServer, name: str) -> bool:
    with psycopg.connect(server.url(role=OWNER, database=name)) as link:
        return link.execute("SELECT 1 FROM practice_practice LIMIT 1").fetchone() is None


def run_command(server: EmbeddedServer, database: str, *arguments: str) -> None:
    """One command of ours as the owner; raises with what it said when it fails."""
    environment = {
        **os.environ,
        "OWNER_DATABASE_URL": server.url(role=OWNER, database=database),
        "SECRET_KEY": SECRET_KEY,
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "zorgbalie.config.cli", *arguments]
    quiet = subprocess.PIPE if arguments[0] == "migrate" else None
    done = subprocess.run(command, env=environment, stdout=quiet, stderr=quiet, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout or ''}\n{done.stderr or ''}")
