"""A real demo to walk through: portal, desk and worker as processes in their own database roles, and a Chromium."""

import functools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from scripts.ensure_chromium import find_chromium

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Demo:
    """The running demo and how to be somebody in it."""

    portal: str
    desk: str
    folder: Path
    browser: Browser
    staff_cookies: dict[str, list] = field(default_factory=dict)

    @contextmanager
    def page(self, *, viewport=None, script: bool = True, dark: bool = False) -> Iterator[Page]:
        """A fresh browser window; fails when a page breaks the content policy or asks another host for something."""
        context = self.browser.new_context(
            viewport=viewport or DESKTOP, java_script_enabled=script, locale="nl-NL", timezone_id="Europe/Amsterdam",
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        context.set_default_timeout(30_000)
        page = context.new_page()
        trouble: list[str] = []
        page.on("console", lambda message: _note(trouble, message))
        page.on("request", lambda request: _note_foreign(trouble, request.url))
        page.on("response", lambda response: _note_fault(trouble, response))
        yield page
        context.close()
        assert trouble == [], trouble

    def patient(self, page: Page, name: str) -> None:
        """Sign in with the stand-in for DigiD."""
        page.goto(self.portal)
        page.get_by_role("button", name="Inloggen met de namaak-DigiD").click()
        page.get_by_role("button", name=name).click()
        page.wait_for_url(f"{self.portal}/**")

    def employee(self, page: Page, email: str) -> None:
        """Sign in with password and the code that the demo shows; later windows take over the session."""
        if email in self.staff_cookies:
            page.context.add_cookies(self.staff_cookies[email])
            page.goto(self.desk)
            return
        self._sign_in(page, email)
        self.staff_cookies[email] = page.context.cookies()

    def _sign_in(self, page: Page, email: str) -> None:
        from zorgbalie.config.seeding.demo_staff import DEMO_PASSWORD

        page.goto(self.desk)
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", DEMO_PASSWORD)
        page.get_by_role("button", name="Verder").click()
        for _ in range(3):
            found = re.search(r"De code is nu\s+(\d{6})", page.inner_text("main"))
            assert found, page.inner_text("main")
            page.fill("input[name=code]", found.group(1))
            page.get_by_role("button", name="Log in").click()
            if page.locator("input[name=code]").count() == 0:
                return
            # Each code works once: another journey used this one. Wait for the next.
            time.sleep(31 - time.time() % 30)
            page.goto(page.url)
        raise AssertionError("no second step")


def _note(trouble: list[str], message) -> None:
    if message.type == "error" and "status of 4" not in message.text:
        trouble.append(message.text)


def _note_foreign(trouble: list[str], url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "about:", "blob:http://127.0.0.1:")):
        trouble.append(f"asked another host: {url}")


def _note_fault(trouble: list[str], response) -> None:
    if response.status >= 500:
        trouble.append(f"{response.status} {response.url}")


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """`zorgbalie demo` in a folder of its own; stopped at the end, and nothing may be left of it.

    Not below pytest's own folder: as root the database runs as another user, and each new test run closes that folder
    for others.
    """
    folder = Path(tempfile.mkdtemp(prefix="zorgbalie-journeys-"))
    ports = free_port(), free_port()
    command = [
        sys.executable, "-m", "zorgbalie.config.cli", "demo", "--folder", str(folder),
        "--portal-port", str(ports[0]), "--desk-port", str(ports[1]),
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    output = (folder / "demo.log").open("w+")
    process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        _wait_for(folder / "demo.log", process)
        with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop lives in this thread too
            for act in ("click", "press"):
                patch.setattr(Locator, act, _and_let_it_load(getattr(Locator, act)))
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            yield Demo(f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}", folder, browser)
            browser.close()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        output.close()
        shutil.rmtree(folder, ignore_errors=True)


def _and_let_it_load(act):
    """The act waits until the answer begins; what a journey looks at next may be further down that page."""

    @functools.wraps(act)
    def acted(locator, *values, **named):
        act(locator, *values, **named)
        locator.page.wait_for_load_state()

    return acted


def _wait_for(log: Path, process: subprocess.Popen) -> None:
    for _ in range(600):
        if "Ctrl-C stops everything" in log.read_text():
            return
        assert process.poll() is None, log.read_text()
        time.sleep(0.2)
    raise AssertionError(log.read_text())
