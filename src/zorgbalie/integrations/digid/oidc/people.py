"""Whose BSN the userinfo holds, and how surely that is known.

nl-rdo-max gives `bsn`, `loa_authn`, `session_id`, `sub` and `aud`. A broker that passes on DigiD Machtigen
gives beside it who acts (ActingSubjectID) and who is represented (LegalSubjectID).
"""

from dataclasses import dataclass, field

from zorgbalie.integrations.digid.oidc.config import OidcConfig
from zorgbalie.integrations.digid.oidc.tokens import Claims
from zorgbalie.integrations.digid.types import MalformedAnswer
from zorgbalie.kernel.assurance import AssuranceLevel, UnknownAssuranceLevel
from zorgbalie.kernel.bsn import Bsn, InvalidBsn, parse_exact_bsn


@dataclass(frozen=True, kw_only=True)
class People:
    """Who acts, and for whom."""

    acting: Bsn = field(repr=False)
    subject: Bsn = field(repr=False)


def read_people(claims: Claims, *, config: OidcConfig) -> People:
    """The persons in the userinfo.

    Raises: MalformedAnswer, when a BSN is missing or wrong, or when it is not clear who acts for whom.
    """
    plain = _bsn(claims, config.bsn_claim)
    acting = _bsn(claims, config.acting_bsn_claim)
    represented = _bsn(claims, config.represented_bsn_claim)
    if represented is not None and acting is None:
        raise MalformedAnswer("the userinfo names a represented person without saying who acts")
    person = acting or plain
    if person is None:
        raise MalformedAnswer("the userinfo holds no BSN")
    subject = represented or plain or person
    if plain is not None and plain not in (person, subject):
        raise MalformedAnswer("the userinfo names three persons")
    return People(acting=person, subject=subject)


def read_level(claims: Claims, *, config: OidcConfig) -> AssuranceLevel:
    """The level in the userinfo. None at all counts as unknown and is refused.

    Raises: MalformedAnswer.
    """
    value = claims.get(config.level_claim)
    try:
        if isinstance(value, str):
            return AssuranceLevel.from_uri(value)
    except UnknownAssuranceLevel:
        pass
    raise MalformedAnswer("the userinfo holds no level that is known")


def _bsn(claims: Claims, name: str) -> Bsn | None:
    value = claims.get(name)
    if value is None:
        return None
    try:
        # A number would have lost its leading zeros, so only text will do.
        if isinstance(value, str):
            return parse_exact_bsn(value)
    except InvalidBsn:
        pass
    raise MalformedAnswer(f"the userinfo's {name} is no BSN")
