"""The demo's stand-in for DigiD: behaves as a connection, proves nothing. Start-up refuses it outside the demo."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from zorgbalie.integrations.digid.types import (
    BrowserStep,
    Identity,
    SignInCancelled,
    WrongRequest,
    check_level,
    started_at,
)
from zorgbalie.kernel.assurance import AssuranceLevel
from zorgbalie.kernel.bsn import InvalidBsn, parse_bsn


class StandInConnection:
    """Asks the visitor who to be. Its answer goes the same way as a real one, so the rest cannot tell."""

    name = "standin"
    browser_origins: frozenset[str] = frozenset()

    def begin(self, *, now: datetime) -> BrowserStep:
        """To the page that lists the people of the demo."""
        token = secrets.token_urlsafe(16)
        return BrowserStep(
            url=f"{reverse('entry_standin')}?token={token}",
            state={"token": token, "started_at": now.isoformat()},
        )

    def complete(self, *, params: Mapping[str, str], state: Mapping[str, str], now: datetime) -> Identity:
        """Believe the answer, after the checks that a real one has too."""
        begun = started_at(state=state, now=now)
        if not secrets.compare_digest(params.get("token", "").encode(), state.get("token", "?").encode()):
            raise WrongRequest("this browser did not begin this sign-in")
        if params.get("cancel"):
            raise SignInCancelled("stopped at the stand-in")
        try:
            bsn = parse_bsn(params.get("bsn", ""))
            level = AssuranceLevel[params.get("level", "")]
        except (InvalidBsn, KeyError):
            raise WrongRequest("the stand-in gave no person or level") from None
        check_level(asked=AssuranceLevel[settings.DIGID_MINIMUM_LEVEL], got=level)
        return Identity(
            acting_bsn=bsn, subject_bsn=bsn, level=level, connection=self.name, session_index=None,
            authenticated_at=now, issued_at=begun,
        )  # fmt: skip

    def begin_sign_out(self, *, hint: Mapping[str, str], now: datetime) -> BrowserStep | None:
        """There is nothing to sign out from."""
        return None
