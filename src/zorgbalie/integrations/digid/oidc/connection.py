"""A DigiD broker over OpenID Connect behind the seam of `types`."""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT

from zorgbalie.integrations.digid.oidc.config import ClientAuthentication, OidcConfig, UserinfoFormat
from zorgbalie.integrations.digid.oidc.people import read_level, read_people
from zorgbalie.integrations.digid.oidc.provider import Provider, guarded, verification
from zorgbalie.integrations.digid.oidc.tokens import (
    Claims,
    check_claims,
    check_sole_audience,
    decrypt,
    moment_of,
    read_signed,
    read_signed_by,
)
from zorgbalie.integrations.digid.origins import origin_of
from zorgbalie.integrations.digid.types import (
    CLOCK_SKEW,
    SIGN_IN_TIME,
    AnswerExpired,
    BrokerUnavailable,
    BrowserStep,
    Identity,
    MalformedAnswer,
    ReplayStore,
    SignInCancelled,
    WrongIssuer,
    WrongRequest,
    check_level,
    check_used_once,
    started_at,
)

# nl-rdo-max says login_required when somebody stops at an outside sign-in, access_denied when DigiD says no.
_CANCELLED = frozenset({"access_denied", "login_required", "saml_authn_failed"})
_NINE_DIGITS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class _Tokens:
    access_token: str = field(repr=False)
    id_token: str = field(repr=False)


class OidcConnection:
    """Signing in through a broker. One object serves all requests and threads."""

    name = "digid-oidc"

    def __init__(self, *, config: OidcConfig, replay_store: ReplayStore) -> None:
        self._config = config
        self._replay_store = replay_store
        self._provider = Provider(config=config)

    @property
    def browser_origins(self) -> frozenset[str]:
        """The issuer's origin, and those of its addresses once they are known."""
        known = self._provider.known_description
        more = (known.authorization_endpoint, known.end_session_endpoint) if known else ()
        return frozenset(origin_of(url) for url in (self._config.issuer, *more) if url)

    def begin(self, *, now: datetime) -> BrowserStep:
        """Send the browser to the broker with a question that only this browser can have answered.

        Raises: BrokerUnavailable.
        """
        endpoint = self._provider.describe(now=now).authorization_endpoint
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce")}
        kept["code_verifier"] = secrets.token_urlsafe(64)
        with self._session() as session:
            url, _state = session.create_authorization_url(
                endpoint,
                **kept,
                # A shared computer must not sign in the next person by the session left at the broker.
                prompt="login",
                acr_values=self._config.minimum_level.eidas_uri,
                **self._config.authorize_params,
            )
        return BrowserStep(url=url, state={**kept, "started_at": now.isoformat()})

    def complete(self, *, params: Mapping[str, str], state: Mapping[str, str], now: datetime) -> Identity:
        """Change the code that the browser brought into an identity.

        Raises: SignInRefused.
        """
        asked_at = started_at(state=state, now=now)
        self._check_same_browser(params=params, state=state, now=now)
        tokens = self._exchange(code=params["code"], verifier=state["code_verifier"], now=now)
        id_claims = self._read_id_token(tokens.id_token, nonce=state["nonce"], now=now)
        issued_at = moment_of(id_claims, "iat")
        authenticated_at = moment_of(id_claims, "auth_time") if "auth_time" in id_claims else issued_at
        if min(issued_at, authenticated_at) < asked_at - CLOCK_SKEW:
            raise AnswerExpired("the answer is older than the question")
        claims = self._fetch_userinfo(tokens.access_token, subject=id_claims["sub"], now=now)
        level = read_level(claims, config=self._config)
        check_level(asked=self._config.minimum_level, got=level)
        people = read_people(claims, config=self._config)
        key = f"oidc:nonce:{state['nonce']}"
        check_used_once(store=self._replay_store, keys=(key,), until=now + SIGN_IN_TIME + CLOCK_SKEW)
        session_index = claims.get(self._config.session_claim)
        return Identity(
            acting_bsn=people.acting,
            subject_bsn=people.subject,
            level=level,
            connection=self.name,
            session_index=session_index if isinstance(session_index, str) else None,
            authenticated_at=authenticated_at,
            issued_at=issued_at,
            sign_out_hint=_sign_out_hint(tokens.id_token, id_claims),
        )

    def begin_sign_out(self, *, hint: Mapping[str, str], now: datetime) -> BrowserStep | None:
        """Sign out at the broker; None where it offers nothing for it or cannot be reached."""
        try:
            endpoint = self._provider.describe(now=now).end_session_endpoint
        except BrokerUnavailable:
            return None
        if endpoint is None:
            return None
        kept = {"state": secrets.token_urlsafe(32)}
        query = {"client_id": self._config.client_id, **kept}
        if hint.get("id_token"):
            query["id_token_hint"] = hint["id_token"]
        if self._config.post_logout_redirect_uri:
            query["post_logout_redirect_uri"] = self._config.post_logout_redirect_uri
        mark = "&" if "?" in endpoint else "?"
        return BrowserStep(url=f"{endpoint}{mark}{urlencode(query)}", state={**kept, "started_at": now.isoformat()})

    def _check_same_browser(self, *, params: Mapping[str, str], state: Mapping[str, str], now: datetime) -> None:
        error = params.get("error")
        brought, kept = params.get("state", ""), state.get("state", "")
        complete_state = kept and state.get("nonce") and state.get("code_verifier")
        # nl-rdo-max leaves the state out of an error; a refusal harms nobody whoever sent it.
        bare_error = error is not None and "state" not in params
        same = hmac.compare_digest(brought.encode(), kept.encode())
        if not complete_state or not (same or bare_error):
            raise WrongRequest("the answer belongs to another browser")
        self._check_issuer_named(params, now)
        if error is not None:
            _refuse_by_error(error)
        if not params.get("code"):
            raise MalformedAnswer("the browser brought no code")

    def _check_issuer_named(self, params: Mapping[str, str], now: datetime) -> None:
        """RFC 9207: an answer of another broker is not taken for one of ours."""
        must = self._provider.describe(now=now).names_issuer_in_answer and "error" not in params
        if (must or "iss" in params) and params.get("iss") != self._config.issuer:
            raise WrongIssuer("the answer was given by another broker")

    def _exchange(self, *, code: str, verifier: str, now: datetime) -> _Tokens:
        endpoint = self._provider.describe(now=now).token_endpoint
        try:
            with self._session() as session:
                token: Mapping[str, Any] = session.fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    allow_redirects=False,
                )
        except AuthlibBaseError as error:
            if error.error == "invalid_grant":
                raise AnswerExpired("the broker does not know this code (any more)") from None
            raise BrokerUnavailable(f"the broker refused us: {str(error.error)[:40]}") from None
        except (requests.RequestException, OSError) as error:
            raise BrokerUnavailable(f"the broker could not be reached: {type(error).__name__}") from None
        except (ValueError, TypeError, KeyError):
            raise MalformedAnswer("the broker's answer cannot be read") from None
        access_token, id_token = token.get("access_token"), token.get("id_token")
        if not isinstance(access_token, str) or not isinstance(id_token, str):
            raise MalformedAnswer("the broker gave no tokens")
        return _Tokens(access_token=access_token, id_token=id_token)

    def _read_id_token(self, token: str, *, nonce: str, now: datetime) -> Claims:
        claims = self._read_signed(token, now=now)
        expected = {"iss": self._config.issuer, "aud": self._config.client_id, "nonce": nonce}
        check_claims(claims, now=now, expected=expected, present=("exp", "iat", "sub"))
        check_sole_audience(claims, client_id=self._config.client_id)
        return claims

    def _fetch_userinfo(self, access_token: str, *, subject: str, now: datetime) -> Claims:
        endpoint = self._provider.describe(now=now).userinfo_endpoint
        headers = {"authorization": f"Bearer {access_token}"}
        with requests.Session() as session:
            session.trust_env = False
            response = guarded(
                lambda: session.get(
                    endpoint,
                    headers=headers,
                    timeout=self._config.timeout_seconds,
                    verify=verification(self._config),
                    allow_redirects=False,
                )
            )
        if response.status_code != requests.codes.ok:
            raise BrokerUnavailable(f"the broker's userinfo answered with status {response.status_code}")
        return self._read_userinfo(response, subject=subject, now=now)

    def _read_userinfo(self, response: requests.Response, *, subject: str, now: datetime) -> Claims:
        if self._config.userinfo_format is UserinfoFormat.JSON:
            return _json_userinfo(response, subject=subject)
        claims = self._read_signed(decrypt(response.text.strip(), config=self._config), now=now, userinfo=True)
        issuer = self._config.userinfo_issuer or self._config.issuer
        expected = {"iss": issuer, "aud": self._config.client_id, "sub": subject}
        check_claims(claims, now=now, expected=expected, present=("exp",))
        check_sole_audience(claims, client_id=self._config.client_id)
        return claims

    def _read_signed(self, token: str, *, now: datetime, userinfo: bool = False) -> Claims:
        certificate = self._config.userinfo_certificate if userinfo else None
        algorithm = self._config.signature_algorithm
        if certificate is not None:
            return read_signed_by(token, certificate=certificate, algorithm=algorithm)
        return read_signed(
            token,
            keys=lambda: self._provider.keys(now=now),
            new_keys=lambda: self._provider.keys_asked_again(now=now),
            algorithm=algorithm,
        )

    def _session(self) -> OAuth2Session:
        config = self._config
        method = config.client_authentication
        by_key = method is ClientAuthentication.PRIVATE_KEY_JWT
        session = OAuth2Session(
            client_id=config.client_id,
            client_secret=config.client_private_key if by_key else config.client_secret,
            token_endpoint_auth_method=str(method),
            scope=" ".join(config.scopes),
            redirect_uri=config.redirect_uri,
            code_challenge_method="S256",
            default_timeout=config.timeout_seconds,
        )
        if by_key:
            headers = {"kid": config.client_key_id} if config.client_key_id else None
            session.register_client_auth_method(PrivateKeyJWT(headers=headers))
        session.trust_env = False
        session.verify = verification(config)
        return session


def _sign_out_hint(id_token: str, claims: Claims) -> Mapping[str, str]:
    """The ID token tells the broker whom to sign out; it travels in an address, so never with a BSN in it."""
    texts = [value for value in claims.values() if isinstance(value, str)]
    return {} if any(_NINE_DIGITS.search(text) for text in texts) else {"id_token": id_token}


def _refuse_by_error(error: str) -> None:
    if error in _CANCELLED:
        raise SignInCancelled("the person stopped at DigiD")
    # The text comes through the browser: it is never repeated.
    raise BrokerUnavailable("the broker said that it cannot sign anybody in")


def _json_userinfo(response: requests.Response, *, subject: str) -> Claims:
    try:
        claims = response.json()
    except ValueError:
        claims = None
    if not isinstance(claims, dict):
        raise MalformedAnswer("the userinfo cannot be read")
    if claims.get("sub") != subject:
        raise WrongRequest("the userinfo is about another person than the ID token")
    return claims
