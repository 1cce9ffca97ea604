"""The desk process in demo and development."""

# The demo's values lie over those of the process: this order is the point.
# isort: off
from zorgbalie.config.settings.desk import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.demo import *  # noqa: F403  (settings build on each other)
# isort: on

SESSION_COOKIE_NAME = "zorgbalie-desk"  # the __Host- prefix needs HTTPS
CSRF_COOKIE_NAME = "zorgbalie-desk-csrf"
LANGUAGE_COOKIE_NAME = "zorgbalie-desk-language"
