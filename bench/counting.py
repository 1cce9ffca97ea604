"""Middleware that tells in headers what a page cost: statements, milliseconds in the database and of our own CPU."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse


class CountingMiddleware:
    """Stands first, so that sessions, sign-in and the log are counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count around the rest; opening a transaction counts as no statement."""
        count = _Count()
        began = time.thread_time()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response["X-Bench-Statements"] = str(count.statements)
        response["X-Bench-Database-Ms"] = f"{count.seconds * 1000:.2f}"
        response["X-Bench-Cpu-Ms"] = f"{(time.thread_time() - began) * 1000:.2f}"
        return response


class _Count:
    """Django's wrapper around each statement."""

    def __init__(self) -> None:
        self.statements, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 0 if sql.startswith(("SAVEPOINT", "RELEASE")) else 1
            self.seconds += time.perf_counter() - began
