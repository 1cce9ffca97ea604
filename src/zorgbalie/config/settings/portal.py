"""The patient portal's process: no staff sign-in is installed here."""

from zorgbalie.config.settings.base import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.base import (
    MIDDLEWARE_AFTER_SESSION,
    MIDDLEWARE_BEFORE_SESSION,
    SHARED_APPS,
    TEMPLATES,
    env,
)
from zorgbalie.config.settings.digid import *  # noqa: F403  (settings build on each other)

FACE = "portal"
INSTALLED_APPS = [
    *SHARED_APPS,
    "django.contrib.auth",  # contenttypes-bound tables only; nobody signs in through it here
    "zorgbalie.faces.entry",
    "zorgbalie.faces.patient",
]
ROOT_URLCONF = "zorgbalie.config.urls.portal"
WSGI_APPLICATION = "zorgbalie.config.wsgi.portal.application"
TEMPLATES[0]["OPTIONS"]["context_processors"].append("zorgbalie.faces.patient.context.shell")
SESSION_ENGINE = "zorgbalie.people.patient_sessions"
SESSION_COOKIE_NAME = "__Host-zorgbalie-portal"
CSRF_COOKIE_NAME = "__Host-zorgbalie-portal-csrf"
LANGUAGE_COOKIE_NAME = "__Host-zorgbalie-portal-language"
IDLE_MINUTES = env.int("PATIENT_IDLE_MINUTES", default=15)
SESSION_HOURS = env.int("PATIENT_SESSION_HOURS", default=4)
MIDDLEWARE = [
    *MIDDLEWARE_BEFORE_SESSION,
    "django.contrib.sessions.middleware.SessionMiddleware",
    *MIDDLEWARE_AFTER_SESSION,
    "zorgbalie.faces.entry.middleware.PatientViewerMiddleware",
    "zorgbalie.config.middleware.UnitOfWorkMiddleware",
]
