"""The worker process in demo and development."""

from zorgbalie.config.settings.worker import *  # noqa: F403

from zorgbalie.config.settings.demo import *  # noqa: F403  isort: skip (lies over the other)
