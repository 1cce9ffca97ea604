"""The desk as the demo runs it, measured."""

from zorgbalie.config.settings.demo_desk import *  # noqa: F403
from zorgbalie.config.settings.demo_desk import MIDDLEWARE as OWN_MIDDLEWARE

MIDDLEWARE = ["bench.counting.CountingMiddleware", *OWN_MIDDLEWARE]
