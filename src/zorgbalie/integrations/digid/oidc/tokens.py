"""What the broker signed and encrypted: only with keys and algorithms that were fixed beforehand.

The algorithm in a token's own header is never a choice, only a claim that is compared.
Source: RFC 8725 (best practice for JWT); OpenID Connect Core 3.1.3.7.
"""

import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from joserfc import jwe, jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

from zorgbalie.integrations.digid.oidc.config import OidcConfig
from zorgbalie.integrations.digid.types import (
    CLOCK_SKEW,
    AnswerExpired,
    AnswerNotYetValid,
    AnswerRefused,
    MalformedAnswer,
    SignatureInvalid,
    WrongAudience,
    WrongIssuer,
    WrongRequest,
)

Claims = Mapping[str, Any]
_BROKEN = (JoseError, ValueError, TypeError, KeyError, AttributeError, binascii.Error)
_REFUSALS: Mapping[str, type[AnswerRefused]] = {
    "iss": WrongIssuer,
    "aud": WrongAudience,
    "azp": WrongAudience,
    "nonce": WrongRequest,
    "sub": WrongRequest,
    "nbf": AnswerNotYetValid,
    "iat": AnswerNotYetValid,
}


def read_signed(token: str, *, keys: Callable[[], KeySet], new_keys: Callable[[], KeySet], algorithm: str) -> Claims:
    """The claims of a token that one of the keys signed. A key that is not known is asked for once more.

    Raises: MalformedAnswer, SignatureInvalid.
    """
    key_id = _key_id_of(token)
    for key_set in (keys, new_keys):
        for key in key_set().keys:
            if key_id is None or key.kid == key_id:
                claims = _verified(token, key=key, algorithm=algorithm)
                if claims is not None:
                    return claims
    raise SignatureInvalid("the token is not signed by a key of the broker")


def decrypt(token: str, *, config: OidcConfig) -> str:
    """The signed token inside an encrypted one.

    Raises: MalformedAnswer.
    """
    allowed = [*config.key_encryption_algorithms, *config.content_encryption_algorithms]
    for pem in config.decryption_keys:
        try:
            opened = jwe.decrypt_compact(token, RSAKey.import_key(pem), algorithms=allowed)
            return (opened.plaintext or b"").decode("ascii")
        except _BROKEN:
            continue
    raise MalformedAnswer("the userinfo is not encrypted to our key")


def read_signed_by(token: str, *, certificate: str, algorithm: str) -> Claims:
    """The claims of a token that the key of this certificate signed, by whatever name the token calls it.

    Raises: SignatureInvalid.
    """
    key_type = ECKey if algorithm.startswith("ES") else RSAKey
    claims = _verified(token, key=key_type.import_key(certificate), algorithm=algorithm)
    if claims is None:
        raise SignatureInvalid("the token is not signed by the key in the settings")
    return claims


def check_claims(claims: Claims, *, now: datetime, expected: Mapping[str, str], present: Sequence[str]) -> None:
    """Compare the claims: each of `expected` with its value, the moments with the clock.

    Raises: AnswerRefused.
    """
    options: dict[str, jwt.ClaimsOption] = {
        **{name: {"essential": True} for name in present},
        **{name: {"essential": True, "value": value} for name, value in expected.items()},
    }
    skew = int(CLOCK_SKEW.total_seconds())
    registry = jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=skew, **options)
    try:
        registry.validate(dict(claims))
    except ExpiredTokenError:
        raise AnswerExpired("the token is no longer valid") from None
    except ClaimError as error:
        refusal = _REFUSALS.get(error.claim, MalformedAnswer)
        raise refusal(f"the token's {error.claim} is missing or wrong") from None
    for name, value in expected.items():
        # The library is content with a list that holds the value; only an audience may be a list.
        if name != "aud" and claims[name] != value:
            raise _REFUSALS[name](f"the token's {name} is wrong")


def check_sole_audience(claims: Claims, *, client_id: str) -> None:
    """A token meant for others too is refused, unless it names us as the party it was given to.

    Raises: WrongAudience.
    """
    audience = claims.get("aud")
    alone = audience in (client_id, [client_id])
    if claims.get("azp", client_id if alone else None) != client_id:
        raise WrongAudience("the token is meant for another party too")


def moment_of(claims: Claims, name: str) -> datetime:
    """A moment in a token.

    Raises: MalformedAnswer.
    """
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise MalformedAnswer(f"the token's {name} is no moment")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        raise MalformedAnswer(f"the token's {name} is no moment") from None


def _key_id_of(token: str) -> str | None:
    try:
        padded = token.split(".", 1)[0] + "=="
        header = json.loads(binascii.a2b_base64(padded.replace("-", "+").replace("_", "/")))
        key_id = header.get("kid")
    except _BROKEN:
        raise MalformedAnswer("the broker gave no token") from None
    return key_id if isinstance(key_id, str) and key_id else None


def _verified(token: str, *, key: Key, algorithm: str) -> Claims | None:
    try:
        return jwt.decode(token, key, algorithms=[algorithm]).claims
    except _BROKEN:
        return None
