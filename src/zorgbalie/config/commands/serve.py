"""`zorgbalie serve portal|desk`: one web process with gunicorn."""

import argparse
import os
from typing import Any

HELP = "Serve the portal or the desk."


def SETTINGS(arguments: argparse.Namespace) -> None:  # noqa: N802  (gunicorn's workers set up Django themselves)
    """None: each worker loads the settings by itself."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which face, and where."""
    parser.add_argument("face", choices=["portal", "desk"])
    parser.add_argument("--bind", default=None, help="address:port (default 127.0.0.1:8000, desk 8001)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)


def run(arguments: argparse.Namespace) -> int:
    """Replace this process by gunicorn; it refuses to start as owner or superuser of the database."""
    bind = arguments.bind or {"portal": "127.0.0.1:8000", "desk": "127.0.0.1:8001"}[arguments.face]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"zorgbalie.config.settings.{arguments.face}")
    from gunicorn.app.wsgiapp import WSGIApplication

    from zorgbalie.config import server_errors

    class Server(WSGIApplication):
        """gunicorn with our options in place of its command line."""

        def load_config(self) -> None:
            """Bounds against slow and huge requests stand here (security row 33)."""
            options = {
                "bind": bind, "workers": arguments.workers, "threads": arguments.threads,
                "worker_class": "gthread", "timeout": 30, "graceful_timeout": 10, "keepalive": 5,
                "limit_request_line": 4094, "limit_request_fields": 60, "limit_request_field_size": 8190,
                "max_requests": 5000, "max_requests_jitter": 500, "preload_app": False, "loglevel": "warning",
                "server_software": "", "control_socket_disable": True,
            }  # fmt: skip
            for key, value in options.items():
                config: Any = self.cfg
                if key in config.settings:
                    config.set(key, value)

        def load(self) -> object:
            """The face's WSGI application."""
            self.app_uri = f"zorgbalie.config.wsgi.{arguments.face}:application"
            return self.load_wsgiapp()  # type: ignore[no-untyped-call]  # gunicorn is untyped

    server_errors.put_in_place()
    Server().run()  # type: ignore[no-untyped-call]  # gunicorn is untyped
    return 0
