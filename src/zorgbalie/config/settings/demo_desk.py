"""The desk process in demo and development."""

from zorgbalie.config.settings.desk import *  # noqa: F403

from zorgbalie.config.settings.demo import *  # noqa: F403  isort: skip (lies over the other)

SESSION_COOKIE_NAME = "zorgbalie-desk"  # the __Host- prefix needs HTTPS
CSRF_COOKIE_NAME = "zorgbalie-desk-csrf"
LANGUAGE_COOKIE_NAME = "zorgbalie-desk-language"
