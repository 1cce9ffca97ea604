"""Signing in through a broker against a real OpenID provider: what signs in, and what is refused (REQ 1)."""

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey
from tests.integrations.digid.fake_broker import FakeBroker, as_json, serve_broker
from tests.integrations.digid.keys import KeyPair

from zorgbalie.integrations.digid.oidc import (
    ClientAuthentication,
    OidcConfig,
    OidcConnection,
    UserinfoFormat,
)
from zorgbalie.integrations.digid.oidc.config import OidcSettingsError
from zorgbalie.integrations.digid.origins import InsecureAddress
from zorgbalie.integrations.digid.types import (
    AnswerExpired,
    AnswerNotYetValid,
    AnswerReplayed,
    BrokerUnavailable,
    Identity,
    LevelTooLow,
    MalformedAnswer,
    MemoryReplayStore,
    SignatureInvalid,
    SignInCancelled,
    SignInRefused,
    WrongAudience,
    WrongIssuer,
    WrongRequest,
)
from zorgbalie.kernel.assurance import AssuranceLevel

BSN, OTHER_BSN, THIRD_BSN = "999990019", "999990020", "999990032"
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
CLIENT = "portaal"
RETURN = "https://portaal.example/inloggen/digid/terug"


@pytest.fixture(scope="module")
def broker_process() -> Iterator[FakeBroker]:
    with serve_broker(FakeBroker()) as broker:
        yield broker


@pytest.fixture
def broker(broker_process: FakeBroker) -> FakeBroker:
    broker_process.reset()
    broker_process.knows(bsn=BSN, loa_authn=SUBSTANTIAL, session_id="s-1")
    return broker_process


@pytest.fixture
def plain(broker: FakeBroker) -> OidcConfig:
    """A broker that gives plain JSON."""
    return OidcConfig(
        issuer=broker.url,
        client_id=CLIENT,
        redirect_uri=RETURN,
        client_authentication=ClientAuthentication.CLIENT_SECRET_BASIC,
        client_secret="geheim",
        userinfo_format=UserinfoFormat.JSON,
        timeout_seconds=3.0,
    )


@pytest.fixture
def sealed(plain: OidcConfig, broker: FakeBroker, our_keys: KeyPair) -> OidcConfig:
    """A broker that encrypts as nl-rdo-max does."""
    lie(broker, our_keys)
    return replace(plain, userinfo_format=UserinfoFormat.ENCRYPTED, decryption_keys=(our_keys.key_pem,))


def lie(broker: FakeBroker, keys: KeyPair, **options: object) -> None:
    broker.lies.userinfo = lambda claims: broker.encrypted_userinfo(
        claims, to=keys.certificate_pem, client_id=CLIENT, **options
    )


def now() -> datetime:
    return datetime.now(UTC)


def connect(config: OidcConfig) -> OidcConnection:
    return OidcConnection(config=config, replay_store=MemoryReplayStore())


def sign_in(config: OidcConfig, broker: FakeBroker) -> Identity:
    connection = connect(config)
    step = connection.begin(now=now())
    return connection.complete(params=broker.sign_in(step.url), state=step.state, now=now())


@pytest.mark.parametrize("shape", ["plain", "sealed"])
def test_good_answer_signs_in(request, broker, shape):
    identity = sign_in(request.getfixturevalue(shape), broker)
    assert (identity.acting_bsn, identity.subject_bsn) == (BSN, BSN)
    assert identity.level is AssuranceLevel.SUBSTANTIEEL
    assert (identity.connection, identity.session_index) == ("digid-oidc", "s-1")
    assert abs(identity.authenticated_at - now()) < timedelta(seconds=30)
    assert BSN not in repr(identity)


def test_request_holds_pkce_state_nonce_and_level(plain, broker):
    step = connect(plain).begin(now=now())
    query = {name: values[0] for name, values in parse_qs(urlsplit(step.url).query).items()}
    assert (query["response_type"], query["client_id"], query["redirect_uri"]) == ("code", CLIENT, RETURN)
    assert (query["state"], query["nonce"]) == (step.state["state"], step.state["nonce"])
    assert (query["code_challenge_method"], query["prompt"]) == ("S256", "login")
    assert query["acr_values"] == SUBSTANTIAL
    assert step.state["code_verifier"] not in step.url
    assert step.form_fields is None


def test_every_sign_in_has_its_own_secrets(plain, broker):
    connection = connect(plain)
    first, second = (connection.begin(now=now()).state for _ in range(2))
    assert not {*first.values()} & {*second.values()} - {first["started_at"]}


def test_client_secret_in_the_body(plain, broker):
    config = replace(plain, client_authentication=ClientAuthentication.CLIENT_SECRET_POST)
    assert sign_in(config, broker).acting_bsn == BSN
    assert broker.token_requests[0]["client_secret"] == "geheim"


def test_client_proves_itself_by_key(plain, broker, our_keys):
    broker.client_keys = RSAKey.import_key(our_keys.certificate_pem)
    config = replace(
        plain,
        client_authentication=ClientAuthentication.PRIVATE_KEY_JWT,
        client_secret=None,
        client_private_key=our_keys.key_pem,
        client_key_id="k1",
    )
    assert sign_in(config, broker).acting_bsn == BSN
    assert "client_secret" not in broker.token_requests[0]


def test_client_without_proof_is_possible_where_the_bsn_is_encrypted(sealed, broker):
    """As nl-rdo-max does for a client that has only a certificate to encrypt to."""
    config = replace(sealed, client_authentication=ClientAuthentication.NONE, client_secret=None)
    assert sign_in(config, broker).acting_bsn == BSN


@pytest.mark.parametrize("order", [0, 1])
def test_old_and_new_decryption_key_both_work(sealed, broker, our_keys, stranger_keys, order):
    keys = (our_keys.key_pem, stranger_keys.key_pem)
    config = replace(sealed, decryption_keys=keys if order else keys[::-1])
    assert sign_in(config, broker).acting_bsn == BSN


def test_userinfo_by_another_name_and_key(sealed, broker, our_keys, digid_keys):
    """A broker may let another party sign the userinfo: only with name and certificate in the settings."""
    key = RSAKey.import_key(digid_keys.key_pem, {"kid": "elders"})
    lie(broker, our_keys, key=key, changes={"iss": "max"})
    config = replace(sealed, userinfo_issuer="max", userinfo_certificate=digid_keys.certificate_pem)
    assert sign_in(config, broker).acting_bsn == BSN
    with pytest.raises(SignatureInvalid):
        sign_in(replace(config, userinfo_certificate=None), broker)
    with pytest.raises(WrongIssuer):
        sign_in(replace(config, userinfo_issuer=None), broker)


@pytest.mark.parametrize("minimum", list(AssuranceLevel))
@pytest.mark.parametrize("got", list(AssuranceLevel))
def test_level_that_comes_back_is_compared(plain, broker, minimum, got):
    """Security row 20: every pair of asked and returned level."""
    broker.knows(bsn=BSN, loa_authn=got.saml_class)
    config = replace(plain, minimum_level=minimum)
    if got >= minimum:
        assert sign_in(config, broker).level is got
        return
    with pytest.raises(LevelTooLow) as refusal:
        sign_in(config, broker)
    assert (refusal.value.asked, refusal.value.got) == (minimum, got)


def test_minimum_level_is_substantieel_unless_set(plain, broker):
    broker.knows(bsn=BSN, loa_authn="http://eidas.europa.eu/LoA/low")
    assert plain.minimum_level is AssuranceLevel.SUBSTANTIEEL
    with pytest.raises(LevelTooLow):
        sign_in(plain, broker)


@pytest.mark.parametrize(
    ("claims", "acting", "subject"),
    [
        ({"bsn": BSN}, BSN, BSN),
        ({"ActingSubjectID": BSN}, BSN, BSN),
        ({"ActingSubjectID": OTHER_BSN, "LegalSubjectID": BSN}, OTHER_BSN, BSN),
        ({"ActingSubjectID": OTHER_BSN, "bsn": BSN}, OTHER_BSN, BSN),
        ({"ActingSubjectID": OTHER_BSN, "LegalSubjectID": BSN, "bsn": BSN}, OTHER_BSN, BSN),
        ({"ActingSubjectID": OTHER_BSN, "LegalSubjectID": BSN, "bsn": OTHER_BSN}, OTHER_BSN, BSN),
    ],
)
def test_who_acts_for_whom(plain, broker, claims, acting, subject):
    """Security row 15: both persons come through, and are told apart."""
    broker.knows(loa_authn=SUBSTANTIAL, **claims)
    identity = sign_in(plain, broker)
    assert (identity.acting_bsn, identity.subject_bsn) == (acting, subject)
    assert identity.acts_for_other == (acting != subject)


@pytest.mark.parametrize("shape", ["plain", "sealed"])
@pytest.mark.parametrize(
    "claims",
    [
        {"bsn": BSN},
        {"bsn": BSN, "loa_authn": ""},
        {"bsn": BSN, "loa_authn": None},
        {"bsn": BSN, "loa_authn": 30},
        {"bsn": BSN, "loa_authn": ["http://eidas.europa.eu/LoA/high"]},
        {"bsn": BSN, "loa_authn": "hoog"},
        {"loa_authn": SUBSTANTIAL},
        {"loa_authn": SUBSTANTIAL, "bsn": ""},
        {"loa_authn": SUBSTANTIAL, "bsn": 999990019},
        {"loa_authn": SUBSTANTIAL, "bsn": "999990010"},
        {"loa_authn": SUBSTANTIAL, "bsn": "999.990.019"},
        {"loa_authn": SUBSTANTIAL, "bsn": [BSN]},
        {"loa_authn": SUBSTANTIAL, "LegalSubjectID": BSN},
        {"loa_authn": SUBSTANTIAL, "bsn": BSN, "LegalSubjectID": BSN},
        {"loa_authn": SUBSTANTIAL, "bsn": THIRD_BSN, "ActingSubjectID": BSN, "LegalSubjectID": OTHER_BSN},
    ],
    ids=str,
)
def test_userinfo_that_is_not_clear_is_refused(request, broker, shape, claims):
    config = request.getfixturevalue(shape)
    broker.knows(**claims)
    with pytest.raises(MalformedAnswer):
        sign_in(config, broker)


PAST, FUTURE = -600, 600


def after(seconds: int) -> int:
    return int(time.time()) + seconds


ID_TOKENS: dict[str, tuple[Callable[[dict], dict], type[SignInRefused]]] = {
    "nonce of another": (lambda c: c | {"nonce": "elders"}, WrongRequest),
    "nonce among others": (lambda c: c | {"nonce": [c["nonce"], "elders"]}, WrongRequest),
    "no nonce": (lambda c: {k: v for k, v in c.items() if k != "nonce"}, WrongRequest),
    "audience of another": (lambda c: c | {"aud": "elders"}, WrongAudience),
    "no audience": (lambda c: {k: v for k, v in c.items() if k != "aud"}, WrongAudience),
    "audience of others too": (lambda c: c | {"aud": [CLIENT, "elders"]}, WrongAudience),
    "given to another": (lambda c: c | {"azp": "elders"}, WrongAudience),
    "issuer of another": (lambda c: c | {"iss": "https://elders.example"}, WrongIssuer),
    "no issuer": (lambda c: {k: v for k, v in c.items() if k != "iss"}, WrongIssuer),
    "expired": (lambda c: c | {"exp": after(PAST)}, AnswerExpired),
    "no end": (lambda c: {k: v for k, v in c.items() if k != "exp"}, MalformedAnswer),
    "end is text": (lambda c: c | {"exp": "morgen"}, MalformedAnswer),
    "end is no number": (lambda c: c | {"exp": float("nan")}, MalformedAnswer),
    "from the future": (lambda c: c | {"iat": after(FUTURE)}, AnswerNotYetValid),
    "not yet valid": (lambda c: c | {"nbf": after(FUTURE)}, AnswerNotYetValid),
    "older than the question": (lambda c: c | {"iat": after(PAST)}, AnswerExpired),
    "person signed in long ago": (lambda c: c | {"auth_time": after(PAST)}, AnswerExpired),
    "time of sign-in is text": (lambda c: c | {"auth_time": "net"}, MalformedAnswer),
    "no subject": (lambda c: {k: v for k, v in c.items() if k != "sub"}, WrongRequest),
    "subject of another": (lambda c: c | {"sub": "elders"}, WrongRequest),
}


@pytest.mark.parametrize(("change", "error"), ID_TOKENS.values(), ids=ID_TOKENS)
def test_id_token_that_says_something_wrong_is_refused(plain, broker, change, error):
    broker.lies.id_token = change
    with pytest.raises(error):
        sign_in(plain, broker)


def test_id_token_signed_anew_is_accepted(plain, broker):
    """The control of the test above: the shell's signature is good, so each refusal is about the claim."""
    broker.lies.id_token = lambda claims: claims
    assert sign_in(plain, broker).acting_bsn == BSN


def part(content: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def by_secret(signed: str, secret: bytes) -> str:
    """Signed with the broker's public key as if it were a shared secret."""
    digest = hmac.digest(secret, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


@pytest.mark.parametrize("case", ["none", "shared secret", "stranger", "cut", "bent", "no token", "empty"])
def test_id_token_that_nobody_signed_is_refused(plain, broker, stranger_keys, case):
    def forge(token: str, claims: dict) -> str:
        head, body, signature = token.split(".")
        public = broker.keys.as_pem(private=False)
        stranger = RSAKey.import_key(stranger_keys.key_pem, {"kid": broker.keys.kid})
        return {
            "none": lambda: f"{part({'alg': 'none'})}.{body}.",
            "shared secret": lambda: by_secret(f"{part({'alg': 'HS256', 'kid': 'shell'})}.{body}", public),
            "stranger": lambda: broker.signed(claims, key=stranger),
            "cut": lambda: f"{head}.{body}.",
            "bent": lambda: f"{head}.{body[:-4]}AAAA.{signature}",
            "no token": lambda: "a.b.c",
            "empty": lambda: "",
        }[case]()

    broker.lies.id_token_text = forge
    with pytest.raises((SignatureInvalid, MalformedAnswer)):
        sign_in(plain, broker)


SEALED: dict[str, tuple[dict, type[SignInRefused]]] = {
    "audience of another": ({"changes": {"aud": "elders"}}, WrongAudience),
    "audience of others too": ({"changes": {"aud": [CLIENT, "elders"]}}, WrongAudience),
    "no audience": ({"changes": {"aud": None}}, WrongAudience),
    "issuer of another": ({"changes": {"iss": "https://elders.example"}}, WrongIssuer),
    "subject of another": ({"changes": {"sub": "elders"}}, WrongRequest),
    "no subject": ({"changes": {"sub": None}}, WrongRequest),
    "expired": ({"changes": {"exp": 1}}, AnswerExpired),
    "no end": ({"changes": {"exp": None}}, MalformedAnswer),
    "not yet valid": ({"changes": {"nbf": 9_999_999_999}}, AnswerNotYetValid),
    "not signed": ({"inner": '{"bsn": "999990019"}'}, MalformedAnswer),
    "nothing inside": ({"inner": ""}, MalformedAnswer),
    "old padding": ({"alg": "RSA1_5"}, MalformedAnswer),
}


@pytest.mark.parametrize(("options", "error"), SEALED.values(), ids=SEALED)
def test_encrypted_userinfo_that_is_wrong_is_refused(sealed, broker, our_keys, options, error):
    lie(broker, our_keys, **options)
    with pytest.raises(error):
        sign_in(sealed, broker)


def test_userinfo_signed_by_a_stranger_is_refused(sealed, broker, our_keys, stranger_keys):
    lie(broker, our_keys, key=RSAKey.import_key(stranger_keys.key_pem, {"kid": broker.keys.kid}))
    with pytest.raises(SignatureInvalid):
        sign_in(sealed, broker)


def test_userinfo_encrypted_to_another_is_refused(sealed, broker, stranger_keys):
    lie(broker, stranger_keys)
    with pytest.raises(MalformedAnswer):
        sign_in(sealed, broker)


@pytest.mark.parametrize("body", [b"", b"nee", b"[]", b'"x"', b"\xff", b"{}"])
@pytest.mark.parametrize("shape", ["plain", "sealed"])
def test_userinfo_that_cannot_be_read_is_refused(request, broker, shape, body):
    config = request.getfixturevalue(shape)
    broker.lies.userinfo = lambda claims: (200, "application/json", body)
    with pytest.raises((MalformedAnswer, WrongRequest)):
        sign_in(config, broker)


def test_plain_userinfo_is_refused_where_encryption_is_set(sealed, broker):
    """No falling back: who can take away the encryption must not be believed."""
    broker.lies.userinfo = None
    with pytest.raises(MalformedAnswer):
        sign_in(sealed, broker)


def test_signed_but_open_userinfo_is_refused_where_encryption_is_set(sealed, broker):
    broker.lies.userinfo = lambda claims: (200, "application/jwt", broker.signed(claims).encode())
    with pytest.raises(MalformedAnswer):
        sign_in(sealed, broker)


def test_plain_userinfo_about_another_is_refused(plain, broker):
    broker.lies.userinfo = lambda claims: as_json(claims | {"sub": "elders"})
    with pytest.raises(WrongRequest):
        sign_in(plain, broker)


@pytest.mark.parametrize("brought", [{"state": "elders"}, {"state": ""}, {"state": "é"}, {}])
def test_state_of_another_browser_is_refused(plain, broker, brought):
    connection = connect(plain)
    step = connection.begin(now=now())
    params = broker.sign_in(step.url)
    del params["state"]
    with pytest.raises(WrongRequest):
        connection.complete(params=params | brought, state=step.state, now=now())
    assert broker.token_requests == []


def test_code_of_another_browser_is_refused(plain, broker):
    """The thief has a code but not the secret that belongs to it (PKCE)."""
    connection = connect(plain)
    mine, theirs = connection.begin(now=now()), connection.begin(now=now())
    params = broker.sign_in(theirs.url) | {"state": mine.state["state"]}
    with pytest.raises(AnswerExpired):
        connection.complete(params=params, state=mine.state, now=now())


def test_code_cannot_be_used_twice(plain, broker):
    connection = connect(plain)
    step = connection.begin(now=now())
    params = broker.sign_in(step.url)
    connection.complete(params=params, state=step.state, now=now())
    with pytest.raises(AnswerExpired):
        connection.complete(params=params, state=step.state, now=now())


def test_answer_cannot_be_used_twice_even_if_the_broker_lets_it(plain, broker):
    connection = connect(plain)
    step = connection.begin(now=now())
    connection.complete(params=broker.sign_in(step.url), state=step.state, now=now())
    with pytest.raises(AnswerReplayed):
        connection.complete(params=broker.sign_in(step.url), state=step.state, now=now())


@pytest.mark.parametrize("state", [{}, {"started_at": "x"}, {"started_at": "2026-11-21T12:00:00+00:00"}])
def test_browser_without_a_sign_in_is_refused(plain, broker, state):
    with pytest.raises(SignInRefused):
        connect(plain).complete(params={"code": "x", "state": ""}, state=state, now=now())
    assert broker.token_requests == []


def test_slow_person_must_start_anew(plain, broker):
    connection = connect(plain)
    step = connection.begin(now=now())
    with pytest.raises(AnswerExpired):
        connection.complete(params=broker.sign_in(step.url), state=step.state, now=now() + timedelta(minutes=16))


def test_person_who_stops_is_told_apart(plain, broker):
    connection = connect(plain)
    step = connection.begin(now=now())
    with pytest.raises(SignInCancelled):
        connection.complete(params=broker.sign_in(step.url, action="deny"), state=step.state, now=now())


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"error": "access_denied"}, SignInCancelled),
        ({"error": "login_required"}, SignInCancelled),
        ({"error": "temporarily_unavailable"}, BrokerUnavailable),
        ({"error": "<script>"}, BrokerUnavailable),
        ({"error": "access_denied", "state": "elders"}, WrongRequest),
        ({"error": "access_denied", "iss": "https://elders.example"}, WrongIssuer),
    ],
)
def test_error_of_the_broker_is_told_apart(plain, broker, params, error):
    connection = connect(plain)
    step = connection.begin(now=now())
    with pytest.raises(error) as refusal:
        connection.complete(params=params, state=step.state, now=now())
    assert "script" not in str(refusal.value)


def test_answer_without_code_is_refused(plain, broker):
    connection = connect(plain)
    step = connection.begin(now=now())
    with pytest.raises(MalformedAnswer):
        connection.complete(params={"state": step.state["state"]}, state=step.state, now=now())


@pytest.mark.parametrize(("named", "good"), [("own", True), ("other", False), ("none", False)])
def test_broker_that_names_itself_must_do_so(plain, broker, named, good):
    """RFC 9207: an answer of another broker is not taken for one of ours."""
    broker.lies.description = lambda body: body | {"authorization_response_iss_parameter_supported": True}
    connection = connect(plain)
    step = connection.begin(now=now())
    names = {"own": {"iss": broker.url}, "other": {"iss": "https://elders.example"}, "none": {}}
    params = broker.sign_in(step.url) | names[named]
    if good:
        assert connection.complete(params=params, state=step.state, now=now()).acting_bsn == BSN
        return
    with pytest.raises(WrongIssuer):
        connection.complete(params=params, state=step.state, now=now())


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://elders.example"},
        {"token_endpoint": "http://elders.example/token"},
        {"userinfo_endpoint": "ftp://elders.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"end_session_endpoint": "http://elders.example"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_description_that_is_not_safe_is_refused(plain, broker, change):
    broker.lies.description = lambda body: body | change
    with pytest.raises(BrokerUnavailable):
        connect(plain).begin(now=now())


@pytest.mark.parametrize("status", [302, 404, 500])
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/oauth2/token", "/userinfo"])
def test_broker_with_a_fault_is_refused_in_our_words(plain, broker, path, status):
    broker.lies.status = {path: status}
    with pytest.raises((BrokerUnavailable, MalformedAnswer)):
        sign_in(plain, broker)


@pytest.mark.parametrize(
    "body",
    [
        (400, "application/json", b'{"error": "invalid_client"}'),
        (200, "application/json", b"{}"),
        (200, "application/json", b"[]"),
        (200, "application/json", b'{"access_token": 1, "id_token": 2}'),
        (200, "text/html", b"<html>"),
    ],
)
def test_token_answer_that_is_none_is_refused(plain, broker, body):
    broker.lies.token = lambda token: body
    with pytest.raises((BrokerUnavailable, MalformedAnswer)):
        sign_in(plain, broker)


def test_silent_broker_does_not_hold_the_worker(plain, broker):
    broker.lies.wait_seconds = 1.0
    begun = time.monotonic()
    with pytest.raises(BrokerUnavailable):
        connect(replace(plain, timeout_seconds=0.2)).begin(now=now())
    assert time.monotonic() - begun < 0.9


def test_absent_broker_is_unavailable(plain):
    with pytest.raises(BrokerUnavailable):
        connect(replace(plain, issuer="http://127.0.0.1:1")).begin(now=now())


def test_certificate_of_the_broker_is_checked(plain, tls_folder):
    with serve_broker(FakeBroker(), tls=(tls_folder / "server.crt", tls_folder / "server.key")) as broker:
        config = replace(plain, issuer=broker.url)
        for bundle in (None, tls_folder / "nobody.crt"):
            with pytest.raises(BrokerUnavailable):
                connect(replace(config, ca_bundle_path=bundle)).begin(now=now())
        broker.verify = str(tls_folder / "authority.crt")
        broker.knows(bsn=BSN, loa_authn=SUBSTANTIAL)
        trusted = replace(config, ca_bundle_path=tls_folder / "authority.crt")
        assert sign_in(trusted, broker).acting_bsn == BSN


def test_description_and_keys_are_asked_once(plain, broker):
    connection = connect(plain)
    for _ in range(2):
        step = connection.begin(now=now())
        connection.complete(params=broker.sign_in(step.url), state=step.state, now=now())
    assert broker.asked.count("/.well-known/openid-configuration") == 1
    assert broker.asked.count("/jwks") == 1


def test_new_key_of_the_broker_is_fetched(plain, broker):
    """A broker changes its keys without telling: an unknown key is asked for, at most once a minute."""
    connection = connect(plain)
    earlier = now() - timedelta(minutes=2)
    connection._provider.keys(now=earlier)
    broker.keys = RSAKey.generate_key(2048, {"kid": "new", "use": "sig"})
    broker.lies.id_token = lambda claims: claims
    step = connection.begin(now=now())
    assert connection.complete(params=broker.sign_in(step.url), state=step.state, now=now()).acting_bsn == BSN
    assert broker.asked.count("/jwks") == 2


def without_bsn(claims: dict) -> dict:
    return {name: value for name, value in claims.items() if value != BSN}


def test_sign_out_goes_to_the_broker(plain, broker):
    """Security row 22."""
    broker.lies.id_token = without_bsn
    config = replace(plain, post_logout_redirect_uri="https://portaal.example/uitgelogd")
    identity = sign_in(config, broker)
    step = connect(config).begin_sign_out(hint=identity.sign_out_hint, now=now())
    query = {name: values[0] for name, values in parse_qs(urlsplit(step.url).query).items()}
    assert step.url.startswith(f"{broker.url}/oauth2/end_session?")
    assert query["post_logout_redirect_uri"] == "https://portaal.example/uitgelogd"
    assert query["state"] == step.state["state"]
    assert query["id_token_hint"] == identity.sign_out_hint["id_token"]


def test_sign_out_address_never_holds_a_bsn(plain, broker):
    """Security row 45: this provider puts the BSN into the ID token, which may then not be in an address."""
    identity = sign_in(plain, broker)
    step = connect(plain).begin_sign_out(hint=identity.sign_out_hint, now=now())
    assert identity.sign_out_hint == {}
    assert "id_token_hint" not in step.url


def test_no_sign_out_where_the_broker_has_none(plain, broker):
    broker.lies.description = lambda body: {k: v for k, v in body.items() if k != "end_session_endpoint"}
    assert connect(plain).begin_sign_out(hint={"id_token": "x"}, now=now()) is None
    absent = connect(replace(plain, issuer="http://127.0.0.1:1"))
    assert absent.begin_sign_out(hint={"id_token": "x"}, now=now()) is None


def test_origins_for_the_form_are_named(plain, broker):
    connection = connect(plain)
    assert connection.browser_origins == {broker.url}
    connection.begin(now=now())
    assert connection.browser_origins == {broker.url}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"issuer": "http://broker.example"}, InsecureAddress),
        ({"redirect_uri": "http://portaal.example"}, InsecureAddress),
        ({"signature_algorithm": "none"}, OidcSettingsError),
        ({"signature_algorithm": "HS256"}, OidcSettingsError),
        ({"scopes": ("email",)}, OidcSettingsError),
        ({"client_secret": None}, OidcSettingsError),
        ({"client_authentication": ClientAuthentication.PRIVATE_KEY_JWT}, OidcSettingsError),
        ({"client_authentication": ClientAuthentication.NONE}, OidcSettingsError),
        ({"userinfo_format": UserinfoFormat.ENCRYPTED}, OidcSettingsError),
    ],
    ids=str,
)
def test_unsafe_settings_are_refused(plain, change, error):
    with pytest.raises(error):
        replace(plain, **change)


def test_settings_do_not_print_their_secrets(sealed):
    assert "geheim" not in repr(sealed)
    assert "PRIVATE KEY" not in repr(sealed)
