"""Settings of production and demo: what start-up refuses, what does not exist in production (REQ 13; rows 21, 34)."""

import os
import subprocess
import sys

import pytest

PRODUCTION = {
    "SECRET_KEY": "a-production-key-of-more-than-fifty-characters-0123456789",
    "ALLOWED_HOSTS": "portaal.example",
    "PORTAL_URL": "https://portaal.example",
    "DATABASE_URL": "postgresql:///nowhere",
}


def _python(code: str, settings: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh process with only these settings in its environment."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env={
            **bare,
            "PYTHONPATH": "src",
            "DJANGO_SETTINGS_MODULE": f"zorgbalie.config.settings.{settings}",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "name", ["DIGID_OIDC_ISSUER", "DIGID_SAML_METADATA_FILE", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SMTP_PASSWORD"]
)
@pytest.mark.parametrize("settings", ["demo_portal", "demo_desk", "demo_worker"])
def test_req13_demo_refuses_to_start_with_a_production_setting(settings, name):
    result = _python("", settings, **{name: "https://broker.example"})
    assert result.returncode != 0
    assert "cannot be used together with production settings" in result.stderr


def test_row21_stand_in_is_refused_in_production_even_when_asked_for():
    code = "from zorgbalie.faces.entry.connections import digid_connection; digid_connection()"
    result = _python(code, "portal", DIGID_CONNECTION="standin", **PRODUCTION)
    assert result.returncode != 0
    assert "works in the demo only" in result.stderr


def test_row21_no_demo_address_exists_in_production():
    code = (
        "from tests.architecture.walk import addresses\n"
        "found = addresses('zorgbalie.config.urls.portal') + addresses('zorgbalie.config.urls.desk')\n"
        "inside = ('demo', 'admin', 'debug', 'schema', 'metrics')\n"
        "print([a.pattern for a in found if any(w in a.pattern for w in inside)])"
    )
    for settings in ("portal", "desk"):
        code_of_face = code.replace(
            "zorgbalie.config.urls.portal') + addresses('zorgbalie.config.urls.desk",
            f"zorgbalie.config.urls.{settings}",
        )
        result = _python(code_of_face, settings, **PRODUCTION)
        assert result.stdout.strip() == "[]", result.stderr


@pytest.mark.parametrize("settings", ["portal", "desk"])
def test_production_without_a_secret_key_does_not_start(settings):
    values = {**PRODUCTION, "SECRET_KEY": ""}
    assert _python("from django.conf import settings; settings.SECRET_KEY", settings, **values).returncode != 0


@pytest.mark.parametrize("settings", ["portal", "desk"])
def test_django_finds_nothing_to_say_about_deployment(settings):
    code = "from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')"
    result = _python(code, settings, **PRODUCTION)
    assert result.returncode == 0, result.stderr


def test_what_belongs_to_staff_is_not_installed_in_the_portal_nor_patient_pages_at_the_desk():
    show = "from django.conf import settings; print(' '.join(settings.INSTALLED_APPS))"
    portal = _python(show, "portal", **PRODUCTION).stdout.split()
    desk = _python(show, "desk", **PRODUCTION).stdout.split()
    assert not {"allauth.mfa", "zorgbalie.faces.desk", "zorgbalie.faces.management"} & set(portal)
    assert not {"zorgbalie.faces.patient", "zorgbalie.diary"} & set(desk)


@pytest.mark.parametrize("settings", ["portal", "desk"])
def test_cookies_of_production_are_bound_to_the_host(settings):
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY"
    show = f"from django.conf import settings as s; print({names})"
    session, csrf, secure, http_only = _python(show, settings, **PRODUCTION).stdout.split()
    assert session.startswith("__Host-")
    assert csrf.startswith("__Host-")
    assert (secure, http_only) == ("True", "True")
