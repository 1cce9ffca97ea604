"""What holds for every answer of the real processes: headers, sessions, traces (rows 17, 18, 31, 34, 38, 45)."""

import re
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import requests

from zorgbalie.faces.entry.demo_people import DEMO_PEOPLE

pytestmark = pytest.mark.journey
READERS = ("Jacqueline", "Noor")


def _sign_in(portal: str, given_name: str) -> requests.Session:
    """Sign in as a browser without script would, over HTTP."""
    person = next(person for person in DEMO_PEOPLE if person.given_name == given_name)
    session = requests.Session()
    page = session.get(f"{portal}/inloggen/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    step = session.post(
        f"{portal}/inloggen/digid/", data={"csrfmiddlewaretoken": token.group(1)}, headers={"Referer": portal}
    )
    state = re.search(r'name="token" value="([^"]+)"', step.text)
    assert state
    session.get(
        f"{portal}/inloggen/terug/", params={"token": state.group(1), "bsn": person.bsn, "level": "SUBSTANTIEEL"}
    )
    return session


REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@pytest.mark.parametrize("face", ["portal", "desk"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"), ("HEAD", "/"), ("GET", "/inloggen/"), ("GET", "/bestaat-niet/"), ("POST", "/inloggen/"),
        ("OPTIONS", "/"), ("GET", "/static/ui/css/tokens.css"), ("GET", "/static/bestaat-niet.css"), ("GET", "/%00"),
        ("GET", "/inloggen/?next=//evil.example"), ("DELETE", "/hulp/"),
    ],
)  # fmt: skip
def test_row34_every_answer_has_every_header(demo, face, method, path):
    answer = requests.request(method, getattr(demo, face) + path, allow_redirects=False)
    assert answer.status_code < 500
    assert {name: answer.headers.get(name) for name in REQUIRED} == REQUIRED, (method, path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe-inline|unsafe-eval|data:|\*", policy)
    assert "Permissions-Policy" in answer.headers
    if "/static/" not in path:
        assert "no-store" in answer.headers["Cache-Control"]
    assert "evil.example" not in answer.headers.get("Location", "")
    for header in answer.headers.get("Set-Cookie", "").split(","):
        assert "zorgbalie" not in header or "HttpOnly" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_row34_what_the_server_itself_refuses_has_them_too(demo, face):
    answer = requests.get(f"{getattr(demo, face)}/{'x' * 9000}", allow_redirects=False)
    assert answer.status_code == 414
    assert {name: answer.headers.get(name) for name in REQUIRED} == REQUIRED
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "xxx" not in answer.text


@pytest.mark.parametrize("face", ["portal", "desk"])
@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.env", "/admin/", "/__debug__/", "/metrics", "/static/../config/settings/base.py", "/dump.sql"],
)
def test_row38_nothing_of_the_inside_is_served(demo, face, path):
    answer = requests.get(getattr(demo, face) + path, allow_redirects=False)
    assert answer.status_code in (302, 404)
    assert "Traceback" not in answer.text


def test_row31_a_foreign_host_is_refused(demo):
    answer = requests.get(demo.portal, headers={"Host": "evil.example"}, allow_redirects=False)
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_row18_sessions_that_run_at_once_never_mix(demo):
    """Each answer holds the name of its own patient and of no other, over all threads of the server."""
    sessions = {name: _sign_in(demo.portal, name) for name in (*READERS, "Willem", "Fatima", "Pieter")}
    names = list(sessions) * 40

    def ask(name: str) -> tuple[str, str]:
        return name, requests.get(f"{demo.portal}/", cookies=sessions[name].cookies.get_dict()).text

    with ThreadPoolExecutor(10) as pool:
        for name, text in pool.map(ask, names):
            full = {person.given_name: person.full_name for person in DEMO_PEOPLE}
            assert full[name] in text
            for other in sessions:
                assert other == name or full[other] not in text


def test_row17_the_next_one_at_this_browser_sees_nothing_of_the_former(demo):
    with demo.page() as page:
        demo.patient(page, "Jacqueline")
        page.goto(f"{demo.portal}/dossier/")
        assert "Boezemfibrilleren" in page.inner_text("main")
        page.locator("summary", has_text="Jacqueline").click()
        page.get_by_role("button", name="Uitloggen").click()
        page.go_back()
        assert "Boezemfibrilleren" not in page.content()
        demo.patient(page, "Noor")
        assert "Jacqueline" not in page.content()
        page.goto(f"{demo.portal}/dossier/")
        assert "Boezemfibrilleren" not in page.content()


def test_row45_no_bsn_or_record_text_in_logs_queue_cache_mail_or_addresses(demo):
    """Walk something first, then look in every place where it could have been left."""
    session = _sign_in(demo.portal, "Jacqueline")
    for path in ("/", "/dossier/", "/logboek/", "/toegang/"):
        assert session.get(demo.portal + path).status_code == 200
    secret = [person.bsn for person in DEMO_PEOPLE] + ["Boezemfibrilleren", "APIXABAN", "Steunend gesprek"]
    texts = {path.name: path.read_text(errors="replace") for path in (demo.folder / "logs").glob("*.log")}
    mails = [path for path in (demo.folder / "mail").rglob("*") if path.is_file()]
    texts |= {path.name: path.read_text(errors="replace") for path in mails}
    with psycopg.connect(_owner_url(demo)) as link:
        for table in ("procrastinate_jobs", "shared_cache", "audit_auditevent", "messaging_notice"):
            rows = link.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t").fetchone()
            assert rows
            texts[table] = rows[0]
        raw = link.execute("SELECT coalesce(string_agg(session_data, ' '), '') FROM people_patient_session").fetchone()
        assert raw
        texts["sessions"] = raw[0]
    for place, text in texts.items():
        for word in secret:
            assert word not in text, (place, word)


def _owner_url(demo) -> str:
    """The address of the demo's own database, from its server's notes."""
    lines = (demo.folder / "postgres" / "postmaster.pid").read_text().splitlines()
    return f"postgresql://postgres@/zorgbalie?host={lines[4]}"
