"""Garbage in every form of both faces (security row 32): refused, never a fault of ours.

The forms are taken from the pages as a browser would, filled in well, and sent with two fields wrong at a time; for who
may use the pages, so that what is refused is the value and not the person. Nothing that was sent stays.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from itertools import cycle, zip_longest

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.architecture.test_xss_walk import Pages, desk_of, portal_of

pytestmark = pytest.mark.django_db

_WRONG = (
    "\x00", "9" * 400, "-1", "x" * 100_000, "2026-02-31", ["1", "\x00", "2"], "\u0663", "\u202e\ufeff", "2147483648",
    "9223372036854775808", "[]", "0001-01-01", "", "1e999", "../x", "'\"><\\",
)  # fmt: skip
_FILES = (
    b"", b"\x00" * 5000, "icpc1;K78\n".encode("utf-16"), b"icpc1;K78;https://" + b"a" * 1_000_000, b'"' * 9999,
    b"icpc1;K78;https://x.example/;=cmd|' /C calc'!A1\n", b"\xff\xfe;" * 99,
)  # fmt: skip
_BODIES = (
    ("application/json", b'{"text": [[['), ("multipart/form-data", b"no boundary"), ("text/xml", b"<a/>"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"; filename="\0"\r\n\r\n'),
    ("application/x-www-form-urlencoded", b"text=%ff%fe&token=%00&revision=%c3%28&" + b"&a=1" * 200),
    ("application/x-www-form-urlencoded", b""),
)  # fmt: skip


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = ("9999-12-31", "0001-01-01", "31-12-9999", "0000-00-00")
_IN_LISTS = ("\x00", "9" * 400, "-1", "\u0663", "1e999", "x" * 5000)


class _Forms(HTMLParser):
    """The forms of a page that are sent, or with `method` "get" asked, with the values that stand in them."""

    def __init__(self, here: str, method: str = "post") -> None:
        super().__init__()
        self.here, self.method, self.found, self._open, self._select = here, method, [], None, ""

    def handle_starttag(self, tag, attrs) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = None
            if values.get("method", "get").lower() == self.method:
                self._open = (values.get("action") or self.here, {})
                self.found.append(self._open)
        elif self._open is not None and tag in ("input", "textarea", "select", "button"):
            self._select = values.get("name", "") if tag == "select" else ""
            if name := values.get("name"):
                first = "2026-12-01" if values.get("type") == "date" else "Tekst"
                self._open[1].setdefault(name, values.get("value") or first)
        elif self._open is not None and tag == "option" and self._select and values.get("value"):
            chosen = self._open[1][self._select]
            self._open[1][self._select] = values["value"] if chosen == "Tekst" else chosen


def forms_of(client, paths: list[str], method: str = "post") -> Iterator[tuple[str, dict[str, str]]]:
    """Each form once, however many pages and rows show it."""
    known = set()
    for path in paths:
        reader = _Forms(path.partition("?")[0], method)
        reader.feed(client.get(path).content.decode())
        for action, fields in reader.found:
            fields.pop("csrfmiddlewaretoken", None)
            key = ("".join(sign for sign in action.partition("?")[0] if not sign.isdigit()), tuple(sorted(fields)))
            if key not in known:
                known.add(key)
                yield action, fields


def _with_wrong_days(fields: dict[str, str]) -> list[dict[str, str]]:
    """The fields with a day that is none, or at the end of all days, where a day stands."""
    days = [name for name, value in fields.items() if _DAY.fullmatch(value)]
    return [{**fields, name: wrong} for name in days for wrong in _DAYS]


def _sent(client, path: str, *args, **kwargs) -> int:
    """What a request is answered; what it changed is taken back, also where it ended the session."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        status = client.post(path, *args, **kwargs).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row32_garbage_in_any_field_of_any_form_is_refused_and_no_fault(face):
    pages = Pages()
    portal = face == "portal"
    client, paths = (portal_of(pages.patient), pages.portal) if portal else (desk_of(pages.doctor), pages.desk)
    wrong, files, bodies = cycle(_WRONG), cycle(_FILES), cycle(_BODIES)
    faults, forms = [], 0
    with client.stay():
        for path, fields in forms_of(client, paths):
            forms += 1
            pairs = zip_longest(*[iter(fields)] * 2, fillvalue="none")
            tries = [fields, {}, *({**fields, one: next(wrong), other: next(wrong)} for one, other in pairs)]
            tries += _with_wrong_days(fields)
            if "file" in fields:
                tries += [{**fields, "file": SimpleUploadedFile("a.csv", next(files))} for _ in _FILES]
            for body in tries:
                if (status := _sent(client, path, body)) >= 500:
                    faults.append((path, {name: str(one)[:40] for name, one in body.items()}, status))
            kind, raw = next(bodies)
            if (status := _sent(client, path, raw, content_type=kind)) >= 500:
                faults.append((path, kind, status))
    assert faults == []
    assert forms >= (20 if portal else 50)


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row32_garbage_in_any_filter_of_any_list_is_no_fault(face):
    pages = Pages()
    portal = face == "portal"
    client, paths = (portal_of(pages.patient), pages.portal) if portal else (desk_of(pages.doctor), pages.desk)
    faults, forms = [], 0
    with client.stay():
        for path, fields in forms_of(client, paths, "get"):
            forms += 1
            tries = [{**fields, name: wrong} for name in fields for wrong in _IN_LISTS]
            for query in tries + _with_wrong_days(fields):
                if (status := client.get(path.partition("?")[0], query).status_code) >= 500:
                    faults.append((path, {name: str(one)[:40] for name, one in query.items()}, status))
    assert faults == []
    assert forms >= (1 if portal else 8)
