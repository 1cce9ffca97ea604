"""The seam for signing in: what a connection to DigiD takes, gives back and refuses.

    SignInRefused
    ├── SignInCancelled        the person stopped at DigiD
    ├── LevelTooLow            known, but not surely enough
    ├── BrokerUnavailable      DigiD or the broker did not answer, or said that it cannot
    └── AnswerRefused          an answer came that must not be believed
        ├── MalformedAnswer    cannot be read, or holds what no real answer holds
        ├── SignatureInvalid   not signed by DigiD or the broker, or not the part that is read
        ├── WrongIssuer        by another party
        ├── WrongAudience      meant for another party
        ├── WrongRequest       not the answer to what this browser asked
        ├── AnswerExpired      too old
        ├── AnswerNotYetValid  from the future
        └── AnswerReplayed     used before

`code` is stable and fit for a log and for choosing a sentence on the screen. The message is for the operator
and never holds a BSN, a token or a key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import ClassVar, Protocol

from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.bsn import Bsn
from zorgbalie.kernel.errors import ZorgbalieError

CLOCK_SKEW = timedelta(seconds=60)
"""How far the clock of the other party may differ from ours."""

SIGN_IN_TIME = timedelta(minutes=15)
"""How long a person may take at DigiD before the sign-in must start anew."""


class SignInRefused(ZorgbalieError):
    """Nobody is signed in."""

    code: ClassVar[str] = "refused"


class SignInCancelled(SignInRefused):
    """The person stopped at DigiD, or DigiD did not recognise the person."""

    code = "cancelled"


class LevelTooLow(SignInRefused):
    """The person is known, but less surely than was asked. `got` is None where DigiD did not say."""

    code = "level_too_low"

    def __init__(self, *, asked: AssuranceLevel, got: AssuranceLevel | None) -> None:
        super().__init__(f"asked {asked.name}, got {got.name if got else 'nothing'}")
        self.asked = asked
        self.got = got


class BrokerUnavailable(SignInRefused):
    """DigiD or the broker cannot be reached, or says that it cannot help now."""

    code = "unavailable"


class AnswerRefused(SignInRefused):
    """An answer that must not be believed."""

    code = "answer_refused"


class MalformedAnswer(AnswerRefused):
    """It cannot be read, or holds what no real answer holds."""

    code = "malformed"


class SignatureInvalid(AnswerRefused):
    """Not signed by the expected party, or the signature covers something else than what is read."""

    code = "signature_invalid"


class WrongIssuer(AnswerRefused):
    """Given by another party than the one asked."""

    code = "wrong_issuer"


class WrongAudience(AnswerRefused):
    """Meant for another party than us."""

    code = "wrong_audience"


class WrongRequest(AnswerRefused):
    """Not the answer to what this browser asked: state, nonce, InResponseTo or artifact of another."""

    code = "wrong_request"


class AnswerExpired(AnswerRefused):
    """Too old, or the person took too long at DigiD."""

    code = "expired"


class AnswerNotYetValid(AnswerRefused):
    """Dated in the future by more than the clock skew."""

    code = "not_yet_valid"


class AnswerReplayed(AnswerRefused):
    """Used before."""

    code = "replayed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who signed in, for whom, and how surely.

    `acting_bsn` is the person at the keyboard, `subject_bsn` the person whose affairs it is: they differ when
    somebody acts by DigiD Machtigen. `sign_out_hint` goes into the server-side session and back to
    `begin_sign_out`; with SAML it holds the BSN, so never into a cookie or log.
    """

    acting_bsn: Bsn = field(repr=False)
    subject_bsn: Bsn = field(repr=False)
    level: AssuranceLevel
    connection: str
    session_index: str | None
    authenticated_at: datetime
    issued_at: datetime
    sign_out_hint: Mapping[str, str] = field(repr=False, default_factory=dict)

    @property
    def acts_for_other(self) -> bool:
        """Whether this person represents somebody else."""
        return self.acting_bsn != self.subject_bsn


@dataclass(frozen=True, kw_only=True, slots=True)
class BrowserStep:
    """Where the browser goes now, and what to keep in its server-side session until it comes back.

    Without `form_fields` a redirect to `url`. With them a page with a form that posts these fields to `url`;
    that page needs a visible button, because no script may be inline. The origin of `url` belongs in
    `form-action`.
    """

    url: str = field(repr=False)
    form_fields: Mapping[str, str] | None = field(repr=False, default=None)
    state: Mapping[str, str] = field(repr=False, default_factory=dict)


class ReplayStore(Protocol):
    """Remembers what has been used, over all processes. The caller provides it: a table with a unique key."""

    def remember(self, *, key: str, until: datetime) -> bool:
        """Keep `key` until the given moment; False when it is there already. Must be atomic."""
        ...


class Connection(Protocol):
    """A way to ask DigiD who is at the keyboard."""

    @property
    def name(self) -> str:
        """The name of this connection in session and log."""
        ...

    @property
    def browser_origins(self) -> frozenset[str]:
        """Origins to which the browser is sent, for `form-action` in the content security policy."""
        ...

    def begin(self, *, now: datetime) -> BrowserStep:
        """Start a sign-in.

        Raises: BrokerUnavailable.
        """
        ...

    def complete(self, *, params: Mapping[str, str], state: Mapping[str, str], now: datetime) -> Identity:
        """Finish a sign-in: `params` as the browser brought them, `state` as `begin` gave it.

        The caller takes `state` out of the session before calling, so that each is used once.

        Raises: SignInRefused, always; nothing else.
        """
        ...

    def begin_sign_out(self, *, hint: Mapping[str, str], now: datetime) -> BrowserStep | None:
        """Sign out at DigiD too; None where this connection has no such thing. End the own session first."""
        ...


def check_level(*, asked: AssuranceLevel, got: AssuranceLevel) -> None:
    """Compare the level that came back with the one that was asked. DigiD does not do this for us.

    Raises: LevelTooLow. Source: security row 20.
    """
    if got < asked:
        raise LevelTooLow(asked=asked, got=got)


def check_used_once(*, store: ReplayStore, keys: tuple[str, ...], until: datetime) -> None:
    """Refuse an answer of which any key was seen before.

    Raises: AnswerReplayed.
    """
    for key in keys:
        if not store.remember(key=key, until=until):
            raise AnswerReplayed("this answer was used before")


def started_at(*, state: Mapping[str, str], now: datetime) -> datetime:
    """When this browser began to sign in, as `begin` kept it.

    Raises: WrongRequest, when nothing was begun here. AnswerExpired, when it is too long ago.
    """
    try:
        moment = datetime.fromisoformat(state["started_at"])
    except (KeyError, ValueError):
        raise WrongRequest("this browser did not begin a sign-in") from None
    if now - moment > SIGN_IN_TIME:
        raise AnswerExpired("the person took too long to sign in")
    return moment


class MemoryReplayStore:
    """A replay store for tests and a single process. Does not hold over several processes."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._lock = Lock()

    def remember(self, *, key: str, until: datetime) -> bool:
        """Keep `key`; False when it is there already. Nothing is ever forgotten."""
        with self._lock:
            if key in self._until:
                return False
            self._until[key] = until
            return True
