"""DigiD over SAML behind the seam of `types`."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

from zorgbalie.integrations.digid.origins import origin_of
from zorgbalie.integrations.digid.saml.answer import Answer, Question, read_answer
from zorgbalie.integrations.digid.saml.config import SamlConfig
from zorgbalie.integrations.digid.saml.messages import ask_answer, ask_sign_in, ask_sign_out, our_metadata
from zorgbalie.integrations.digid.saml.transport import fetch_answer
from zorgbalie.integrations.digid.types import (
    CLOCK_SKEW,
    SIGN_IN_TIME,
    BrowserStep,
    Identity,
    MalformedAnswer,
    ReplayStore,
    WrongRequest,
    check_used_once,
    started_at,
)


class SamlConnection:
    """Signing in at DigiD itself. One object serves all requests and threads."""

    name = "digid-saml"

    def __init__(self, *, config: SamlConfig, replay_store: ReplayStore) -> None:
        self._config = config
        self._replay_store = replay_store

    @property
    def browser_origins(self) -> frozenset[str]:
        """Where the forms of `begin` and `begin_sign_out` go."""
        idp = self._config.identity_provider
        return frozenset(origin_of(url) for url in (idp.sign_in_url, idp.sign_out_url) if url)

    def begin(self, *, now: datetime) -> BrowserStep:
        """Send the browser to DigiD with a signed question that only this browser can have answered."""
        relay_state = secrets.token_urlsafe(32)
        question = ask_sign_in(config=self._config, relay_state=relay_state)
        state = {
            "request_id": question.request_id,
            "relay_state": relay_state,
            "started_at": now.isoformat(),
        }
        return BrowserStep(url=question.url, form_fields=question.fields, state=state)

    def complete(self, *, params: Mapping[str, str], state: Mapping[str, str], now: datetime) -> Identity:
        """Fetch the answer behind the artifact (`SAMLart`, `RelayState`) that the browser brought.

        Raises: SignInRefused.
        """
        asked_at = started_at(state=state, now=now)
        _check_same_browser(params=params, state=state)
        artifact = params.get("SAMLart", "")
        if not artifact:
            raise MalformedAnswer("the browser brought no artifact")
        resolve = ask_answer(config=self._config, artifact=artifact)
        body = fetch_answer(config=self._config, question=resolve)
        question = Question(request_id=state["request_id"], resolve_id=resolve.request_id, asked_at=asked_at, now=now)
        answer = read_answer(body=body, question=question, config=self._config)
        self._check_used_once(answer, question)
        return self._identity(answer)

    def begin_sign_out(self, *, hint: Mapping[str, str], now: datetime) -> BrowserStep | None:
        """Sign out at DigiD; None where the metadata of DigiD name no address for it."""
        if self._config.identity_provider.sign_out_url is None or not hint.get("name_id"):
            return None
        relay_state = secrets.token_urlsafe(32)
        question = ask_sign_out(
            config=self._config,
            name_id=hint["name_id"],
            session_index=hint.get("session_index", ""),
            relay_state=relay_state,
        )
        state = {
            "request_id": question.request_id,
            "relay_state": relay_state,
            "started_at": now.isoformat(),
        }
        return BrowserStep(url=question.url, form_fields=question.fields, state=state)

    def metadata(self) -> bytes:
        """Our signed metadata (`application/samlmetadata+xml`), to hand to DigiD."""
        return our_metadata(config=self._config)

    def _check_used_once(self, answer: Answer, question: Question) -> None:
        until = max(answer.expires_at, question.now + SIGN_IN_TIME) + CLOCK_SKEW
        keys = (f"saml:assertion:{answer.assertion_id}", f"saml:request:{question.request_id}")
        check_used_once(store=self._replay_store, keys=keys, until=until)

    def _identity(self, answer: Answer) -> Identity:
        hint = {"name_id": answer.people.name_id, "session_index": answer.session_index or ""}
        return Identity(
            acting_bsn=answer.people.acting,
            subject_bsn=answer.people.subject,
            level=answer.level,
            connection=self.name,
            session_index=answer.session_index,
            authenticated_at=answer.authenticated_at,
            issued_at=answer.issued_at,
            sign_out_hint=hint,
        )


def _check_same_browser(*, params: Mapping[str, str], state: Mapping[str, str]) -> None:
    brought, kept = params.get("RelayState", ""), state.get("relay_state", "")
    if not kept or not state.get("request_id") or not hmac.compare_digest(brought.encode(), kept.encode()):
        raise WrongRequest("the answer belongs to another browser")
