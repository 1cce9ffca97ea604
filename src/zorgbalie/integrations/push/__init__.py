"""Web push (RFC 8030, 8292): tells a browser that something is ready. The message is empty.

An empty message needs no encryption and gives the push service of Apple, Google or Mozilla nothing to read, keep or
lose: what is shown stands in our own service worker (R9; security row 61). Knows nothing of patients.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64encode

_TIMEOUT_SECONDS = 20
_TOKEN_SECONDS = 12 * 3600  # at most 24 hours (RFC 8292, 2)
_LIFE_SECONDS = 2 * 24 * 3600
_LONGEST_ADDRESS = 1000


class PushFault(Exception):
    """Root of what can go wrong; the message names the kind of fault and never an address."""


class PushUnavailable(PushFault):
    """The push service cannot take it now: try again later."""


class PushRefused(PushFault):
    """The push service will never take this message."""


class PushGone(PushFault):
    """The browser does not listen any more: forget the address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Push:
    """A sign to one browser. Signs with the same `topic` replace each other while the browser is off."""

    address: str
    topic: str


def is_offered() -> bool:
    """Whether this installation has a key to sign with."""
    return bool(settings.PUSH_PRIVATE_KEY)


def is_known_service(address: str) -> bool:
    """Whether an address is of a push service that browsers use (PUSH_HOSTS).

    The address comes from a browser, and our worker calls it: any other host would let a stranger make the worker knock
    on doors inside our own network (security row 31).
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    is_https = (
        parts.scheme == "https" and port in (None, 443) and not parts.username and len(address) <= _LONGEST_ADDRESS
    )
    return is_https and any(host == known or host.endswith("." + known) for known in settings.PUSH_HOSTS)


def public_key() -> str:
    """Our key as a browser asks for it: the uncompressed point, base64url."""
    point = _key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode()


def send(*, push: Push) -> None:
    """Send one sign. Raises PushUnavailable, PushRefused, PushGone."""
    if not is_known_service(push.address):
        raise PushGone("host")
    headers = {
        "Authorization": f"vapid t={_token(push.address)}, k={public_key()}",
        "TTL": str(_LIFE_SECONDS),
        "Urgency": "normal",
        "Topic": push.topic[:32],
    }
    try:
        answer = requests.post(push.address, headers=headers, timeout=_TIMEOUT_SECONDS, allow_redirects=False)
    except requests.RequestException as error:
        raise PushUnavailable(type(error).__name__) from error
    code = answer.status_code
    if code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        raise PushGone(f"http {code}")
    if code == HTTPStatus.TOO_MANY_REQUESTS or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise PushUnavailable(f"http {code}")
    if not HTTPStatus.OK <= code < HTTPStatus.MULTIPLE_CHOICES:
        raise PushRefused(f"http {code}")


def _token(address: str) -> str:
    parts = urlsplit(address)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + _TOKEN_SECONDS,
        "sub": settings.PUSH_CONTACT or f"mailto:{settings.MAIL_FROM}",
    }
    return jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, _key())


def _key() -> ECKey:
    return _read_key(settings.PUSH_PRIVATE_KEY)


@lru_cache(maxsize=4)
def _read_key(text: str) -> ECKey:
    """A private key in PEM, as `openssl ecparam -name prime256v1 -genkey -noout` makes it; \\n may stand for breaks."""
    return ECKey.import_key(text.replace("\\n", "\n"))
