"""The task worker's process."""

from zorgbalie.config.settings.base import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.base import SHARED_APPS, env

FACE = "worker"
INSTALLED_APPS = [*SHARED_APPS, "django.contrib.auth"]
ROOT_URLCONF = "zorgbalie.config.urls.none"
DIGID_MINIMUM_LEVEL = env.str("DIGID_MINIMUM_LEVEL", default="SUBSTANTIEEL")
