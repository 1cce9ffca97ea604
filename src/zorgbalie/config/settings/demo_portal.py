"""The portal process in demo and development."""

from zorgbalie.config.settings.portal import *  # noqa: F403

from zorgbalie.config.settings.demo import *  # noqa: F403  isort: skip (lies over the other)

SESSION_COOKIE_NAME = "zorgbalie-portal"  # the __Host- prefix needs HTTPS
CSRF_COOKIE_NAME = "zorgbalie-portal-csrf"
LANGUAGE_COOKIE_NAME = "zorgbalie-portal-language"
