"""The portal as the demo runs it, measured."""

from zorgbalie.config.settings.demo_portal import *  # noqa: F403
from zorgbalie.config.settings.demo_portal import MIDDLEWARE as OWN_MIDDLEWARE

MIDDLEWARE = ["bench.counting.CountingMiddleware", *OWN_MIDDLEWARE]
