"""The broker as it describes itself: its addresses and its keys, fetched once an hour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import requests
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from zorgbalie.integrations.digid.oidc.config import OidcConfig
from zorgbalie.integrations.digid.origins import InsecureAddress, check_secure
from zorgbalie.integrations.digid.types import BrokerUnavailable

_KEPT_FOR = timedelta(hours=1)
_KEYS_ASKED_AGAIN_AFTER = timedelta(minutes=1)
_LARGEST_BODY = 512 * 1024
_REQUIRED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


@dataclass(frozen=True, kw_only=True)
class Description:
    """What the broker says about itself."""

    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None
    names_issuer_in_answer: bool


Value = TypeVar("Value")


@dataclass(frozen=True)
class _Kept(Generic[Value]):
    value: Value
    fetched_at: datetime


class Provider:
    """Keeps the description and the keys of one broker, for all threads of this process.

    Without a lock: two threads may ask at once, but none waits behind another for a broker that is down.
    """

    def __init__(self, *, config: OidcConfig) -> None:
        self._config = config
        self._description: _Kept[Description] | None = None
        self._keys: _Kept[KeySet] | None = None

    def describe(self, *, now: datetime) -> Description:
        """The addresses of the broker.

        Raises: BrokerUnavailable.
        """
        kept = self._description
        if kept is None or now - kept.fetched_at > _KEPT_FOR:
            kept = self._description = _Kept(self._fetch_description(), now)
        return kept.value

    @property
    def known_description(self) -> Description | None:
        """The addresses, when they have been asked before; asks nobody."""
        return self._description.value if self._description else None

    def keys(self, *, now: datetime) -> KeySet:
        """The keys by which the broker signs.

        Raises: BrokerUnavailable.
        """
        return self._fresh_keys(now=now, at_most=_KEPT_FOR)

    def keys_asked_again(self, *, now: datetime) -> KeySet:
        """The keys after the broker may have changed them; asked at most once a minute.

        Raises: BrokerUnavailable.
        """
        return self._fresh_keys(now=now, at_most=_KEYS_ASKED_AGAIN_AFTER)

    def _fresh_keys(self, *, now: datetime, at_most: timedelta) -> KeySet:
        uri = self.describe(now=now).jwks_uri
        kept = self._keys
        if kept is None or now - kept.fetched_at > at_most:
            kept = self._keys = _Kept(self._fetch_keys(uri), now)
        return kept.value

    def _fetch_description(self) -> Description:
        body = self._fetch(self._config.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if body.get("issuer") != self._config.issuer:
            raise BrokerUnavailable("the broker describes itself by another name than the settings do")
        optional = body.get("end_session_endpoint")
        try:
            for name in _REQUIRED:
                check_secure(name=name, url=str(body[name]))
            if optional is not None:
                check_secure(name="end_session_endpoint", url=str(optional))
        except (KeyError, InsecureAddress) as error:
            raise BrokerUnavailable(f"the broker's description is refused: {error}") from None
        return Description(
            **{name: str(body[name]) for name in _REQUIRED},
            end_session_endpoint=None if optional is None else str(optional),
            names_issuer_in_answer=body.get("authorization_response_iss_parameter_supported") is True,
        )

    def _fetch_keys(self, uri: str) -> KeySet:
        body = self._fetch(uri)
        try:
            return KeySet.import_key_set({"keys": [key for key in body["keys"] if key.get("kty") != "oct"]})
        except (JoseError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise BrokerUnavailable(f"the broker's keys cannot be read: {type(error).__name__}") from None

    def _fetch(self, url: str) -> Mapping[str, Any]:
        def ask() -> requests.Response:
            with requests.Session() as session:
                session.trust_env = False
                return session.get(
                    url,
                    timeout=self._config.timeout_seconds,
                    verify=verification(self._config),
                    allow_redirects=False,
                )

        response = guarded(ask)
        try:
            body = response.json()
        except ValueError:
            body = None
        if response.status_code != requests.codes.ok or not isinstance(body, dict):
            raise BrokerUnavailable(f"the broker answered with status {response.status_code}")
        return body


def guarded(ask: Callable[[], requests.Response]) -> requests.Response:
    """Ask the broker something and give its answer, whatever its status.

    Raises: BrokerUnavailable, when there is none or it is larger than any real one.
    """
    try:
        response = ask()
    except (requests.RequestException, OSError) as error:
        raise BrokerUnavailable(f"the broker could not be reached: {type(error).__name__}") from error
    if len(response.content) > _LARGEST_BODY:
        raise BrokerUnavailable("the broker's answer is too large")
    return response


def verification(config: OidcConfig) -> str | bool:
    """What the broker's certificate is checked against. Never False."""
    return str(config.ca_bundle_path) if config.ca_bundle_path else True
