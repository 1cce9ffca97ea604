"""The worker process in demo and development."""

# The demo's values lie over those of the process: this order is the point.
# isort: off
from zorgbalie.config.settings.worker import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.demo import *  # noqa: F403  (settings build on each other)
# isort: on
