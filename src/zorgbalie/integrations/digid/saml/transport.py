"""Fetching an answer from DigiD over mutual TLS. Redirects are refused and nothing waits without end."""

import requests

from zorgbalie.integrations.digid.saml.config import SamlConfig
from zorgbalie.integrations.digid.saml.messages import ArtifactQuestion
from zorgbalie.integrations.digid.types import BrokerUnavailable, MalformedAnswer

LARGEST_ANSWER = 512 * 1024
"""Bytes. A real answer is about 15 kB."""

_HEADERS = {
    "content-type": "text/xml; charset=utf-8",
    "soapaction": '"http://www.oasis-open.org/committees/security"',
}


def fetch_answer(*, config: SamlConfig, question: ArtifactQuestion) -> bytes:
    """Send the ArtifactResolve and return the body of the answer.

    Raises: BrokerUnavailable. MalformedAnswer, when it is larger than any answer is.
    """
    try:
        with requests.Session() as session:
            # No proxy, .netrc or certificate from the environment: only what the settings say.
            session.trust_env = False
            with session.post(
                question.url,
                data=question.envelope,
                headers=_HEADERS,
                cert=(str(config.tls_certificate_path), str(config.tls_key_path)),
                verify=str(config.ca_bundle_path) if config.ca_bundle_path else True,
                timeout=config.timeout_seconds,
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != requests.codes.ok:
                    raise BrokerUnavailable(f"DigiD answered with status {response.status_code}")
                return _read_limited(response)
    except (requests.RequestException, OSError) as error:
        raise BrokerUnavailable(f"DigiD could not be reached: {type(error).__name__}") from error


def _read_limited(response: requests.Response) -> bytes:
    body = b""
    for chunk in response.iter_content(chunk_size=16 * 1024):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise MalformedAnswer("the answer is too large")
    return body
