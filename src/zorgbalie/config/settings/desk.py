"""The desk's process: practice workspace and management. The diary is not installed here, nor any patient page."""

from zorgbalie.config.settings.base import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.base import (
    MIDDLEWARE_AFTER_SESSION,
    MIDDLEWARE_BEFORE_SESSION,
    SHARED_APPS,
    STAFF_SIGN_IN_APPS,
    TEMPLATES,
    env,
)
from zorgbalie.config.settings.staff_sign_in import *  # noqa: F403  (settings build on each other)

FACE = "desk"
INSTALLED_APPS = [
    *SHARED_APPS,
    *STAFF_SIGN_IN_APPS,
    "zorgbalie.faces.entry",
    "zorgbalie.faces.desk",
    "zorgbalie.faces.management",
]
ROOT_URLCONF = "zorgbalie.config.urls.desk"
WSGI_APPLICATION = "zorgbalie.config.wsgi.desk.application"
TEMPLATES[0]["OPTIONS"]["context_processors"].append("zorgbalie.faces.desk.context.shell")
SESSION_ENGINE = "zorgbalie.practice.staff_sessions"
SESSION_COOKIE_NAME = "__Host-zorgbalie-desk"
CSRF_COOKIE_NAME = "__Host-zorgbalie-desk-csrf"
LANGUAGE_COOKIE_NAME = "__Host-zorgbalie-desk-language"
SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)
DIGID_MINIMUM_LEVEL = env.str("DIGID_MINIMUM_LEVEL", default="SUBSTANTIEEL")
MIDDLEWARE = [
    *MIDDLEWARE_BEFORE_SESSION,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *MIDDLEWARE_AFTER_SESSION,
    "allauth.account.middleware.AccountMiddleware",
    "zorgbalie.faces.entry.staff_middleware.StaffViewerMiddleware",
    "zorgbalie.config.middleware.UnitOfWorkMiddleware",
    "axes.middleware.AxesMiddleware",
]
