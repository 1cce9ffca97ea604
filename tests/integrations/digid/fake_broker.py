"""A real OpenID provider on this machine, with a shell around it that can encrypt, verify and lie.

Without a lie the provider's own answers go through untouched. The shell adds what the provider lacks: it
checks PKCE, takes private_key_jwt, and gives the userinfo as nl-rdo-max does.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import oidc_provider_mock
import requests
from joserfc import jwe, jws, jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

SUB = "patient-1"
Claims = dict[str, Any]
Body = tuple[int, str, bytes]


@dataclass
class Lies:
    """What the shell changes. Each starts as None: nothing."""

    description: Callable[[Claims], Claims] | None = None
    id_token: Callable[[Claims], Claims] | None = None
    id_token_text: Callable[[str, Claims], str] | None = None
    userinfo: Callable[[Claims], Body] | None = None
    token: Callable[[Claims], Body] | None = None
    status: dict[str, int] = field(default_factory=dict)
    wait_seconds: float = 0.0


class FakeBroker:
    """The provider and its shell, as a WSGI application."""

    def __init__(self) -> None:
        self.inner = oidc_provider_mock.app()
        self.keys = RSAKey.generate_key(2048, {"kid": "shell", "use": "sig"})
        self.client_keys: RSAKey | None = None
        self.url = ""
        self.verify: str | bool = True
        self.reset()

    def reset(self) -> None:
        self.lies = Lies()
        self.client_keys = None
        self.challenges: dict[str, str] = {}
        self.token_requests: list[dict[str, str]] = []
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if self.lies.wait_seconds:
            time.sleep(self.lies.wait_seconds)
        if path == "/oauth2/token" and not self._take_token_request(environ):
            return self._send(start_response, (400, "application/json", b'{"error": "invalid_grant"}'))
        parts, status, headers = run_wsgi_app(self.inner, environ, buffered=True)
        content = b"".join(parts)
        if path == "/oauth2/authorize" and "location" in headers:
            self._keep_challenge(environ, headers["location"])
        changed = self._change(path, int(status.split()[0]), content)
        if changed is not None:
            return self._send(start_response, changed)
        start_response(status, list(headers))
        return [content]

    def _send(self, start_response: Callable[..., Any], body: Body) -> Iterable[bytes]:
        status, content_type, content = body
        headers = [("content-type", content_type), ("content-length", str(len(content)))]
        start_response(f"{status} X", [*headers, ("location", "http://127.0.0.1:1/elsewhere")])
        return [content]

    def _change(self, path: str, status: int, content: bytes) -> Body | None:
        if path in self.lies.status:
            return self.lies.status[path], "text/plain", b"nee"
        if status != 200:
            return None
        if path == "/jwks":
            keys = json.loads(content)["keys"] + [self.keys.as_dict(private=False)]
            return as_json({"keys": keys})
        if path == "/.well-known/openid-configuration" and self.lies.description:
            return as_json(self.lies.description(json.loads(content)))
        if path == "/oauth2/token":
            return self._change_token(json.loads(content))
        if path == "/userinfo" and self.lies.userinfo:
            return self.lies.userinfo(json.loads(content))
        return None

    def _change_token(self, body: Claims) -> Body | None:
        if self.lies.token:
            return self.lies.token(body)
        claims = json.loads(jws.extract_compact(body["id_token"].encode()).payload)
        if self.lies.id_token:
            body["id_token"] = self.signed(self.lies.id_token(claims))
        elif self.lies.id_token_text:
            body["id_token"] = self.lies.id_token_text(body["id_token"], claims)
        else:
            return None
        return as_json(body)

    def _keep_challenge(self, environ: dict[str, Any], location: str) -> None:
        asked = parse_qs(environ["QUERY_STRING"])
        code = parse_qs(urlsplit(location).query).get("code", [""])[0]
        assert asked["code_challenge_method"] == ["S256"]
        self.challenges[code] = asked["code_challenge"][0]

    def _take_token_request(self, environ: dict[str, Any]) -> bool:
        """Check PKCE and, where the client has a key, its assertion; then hand on what the provider knows."""
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        form = dict(parse_qsl(body.decode()))
        self.token_requests.append(form)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        handed_on = dict(form)
        if self.client_keys is not None:
            claims = jwt.decode(form["client_assertion"], self.client_keys, algorithms=["RS256"]).claims
            assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            assert claims["aud"] == f"{self.url}/oauth2/token"
            handed_on |= {"client_id": claims["sub"], "client_secret": "x"}
        if "HTTP_AUTHORIZATION" not in environ:
            handed_on.setdefault("client_secret", "x")
        content = urlencode(handed_on).encode()
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(content), str(len(content))
        return self.challenges.pop(form.get("code", ""), None) == proved

    def signed(self, claims: Claims, *, key: RSAKey | None = None) -> str:
        key = key or self.keys
        return jwt.encode({"alg": "RS256", "kid": key.kid or "x"}, claims, key)

    def encrypted_userinfo(
        self,
        claims: Claims,
        *,
        to: str,
        client_id: str,
        changes: Claims | None = None,
        key: RSAKey | None = None,
        alg: str = "RSA-OAEP",
        inner: str | None = None,
    ) -> Body:
        """The userinfo in the shape of nl-rdo-max: a JWT by the broker inside a JWE to the client."""
        now = int(time.time())
        envelope = {"iss": self.url, "aud": client_id, "nbf": now - 10, "exp": now + 60}
        content = {**envelope, **claims, **(changes or {})}
        content = {name: value for name, value in content.items() if value is not None}
        token = inner if inner is not None else self.signed(content, key=key)
        header = {"typ": "JWT", "cty": "JWT", "alg": alg, "enc": "A128CBC-HS256"}
        allowed = [alg, "A128CBC-HS256"]
        secret = jwe.encrypt_compact(header, token.encode(), RSAKey.import_key(to), algorithms=allowed)
        return 200, "application/jwt", secret.encode()

    def knows(self, **claims: object) -> None:
        """What the provider's userinfo says of the one person it has."""
        requests.put(f"{self.url}/users/{SUB}", json=claims, timeout=5, verify=self.verify).raise_for_status()

    def sign_in(self, url: str, *, action: str = "") -> dict[str, str]:
        """What the browser brings back after the person signed in at this address."""
        form = {"action": action} if action else {"sub": SUB}
        answer = requests.post(url, data=form, allow_redirects=False, timeout=5, verify=self.verify)
        assert answer.status_code == 302, answer.text
        return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def as_json(body: Claims) -> Body:
    return 200, "application/json", json.dumps(body).encode()


@contextmanager
def serve_broker(broker: FakeBroker, *, tls: tuple[Path, Path] | None = None) -> Iterator[FakeBroker]:
    """Run the broker on a free port of this machine."""
    context = (str(tls[0]), str(tls[1])) if tls else None
    server = make_server("127.0.0.1", 0, broker, threaded=True, ssl_context=context)
    server.log = lambda *args: None  # type: ignore[method-assign]  # quiet
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    broker.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    try:
        yield broker
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
