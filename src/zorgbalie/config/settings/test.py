"""The tests' settings: all apps in one process over the embedded server; a face's own settings are taken per test.

The database role changes with the face that a test speaks to (`tests/conftest.py`), so row-level security holds.
"""

from zorgbalie.config.settings import desk, portal

# isort: off
from zorgbalie.config.settings.migrate import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.demo import *  # noqa: F403  (settings build on each other)
# isort: on

SECURE_HSTS_SECONDS = 63_072_000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_FACE_NAMES = ("FACE", "ROOT_URLCONF", "SESSION_ENGINE", "MIDDLEWARE", "SESSION_HOURS")
FACE_SETTINGS = {face.FACE: {name: getattr(face, name) for name in _FACE_NAMES} for face in (portal, desk)}
FACE_SETTINGS["portal"] |= {
    "SESSION_COOKIE_NAME": "zorgbalie-portal",
    "CSRF_COOKIE_NAME": "zorgbalie-portal-csrf",
}
FACE_SETTINGS["desk"] |= {"SESSION_COOKIE_NAME": "zorgbalie-desk", "CSRF_COOKIE_NAME": "zorgbalie-desk-csrf"}
IDLE_MINUTES = portal.IDLE_MINUTES
FACE = "portal"
ROOT_URLCONF = portal.ROOT_URLCONF
SESSION_ENGINE = portal.SESSION_ENGINE
SESSION_HOURS = portal.SESSION_HOURS
SESSION_COOKIE_NAME = "zorgbalie-portal"
CSRF_COOKIE_NAME = "zorgbalie-portal-csrf"
# Libraries ask at start-up for middleware of the desk; the fixtures put each face's own list in place.
MIDDLEWARE = [
    *portal.MIDDLEWARE,
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
