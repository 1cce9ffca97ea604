"""DigiD over SAML 2.0 with artifact binding: the browser brings an artifact, we fetch the answer ourselves.

`config` what to know · `messages` what we send · `transport` fetching over mutual TLS · `document` reading
XML safely · `signature` what is signed by whom · `answer` what the answer must say · `subject` whose BSN it
holds · `connection` the seam. Source: DigiD SAML interface specification; SAML 2.0 core, bindings, profiles.
"""

from zorgbalie.integrations.digid.saml.config import Binding, IdentityProvider, SamlConfig
from zorgbalie.integrations.digid.saml.connection import SamlConnection

__all__ = ["Binding", "IdentityProvider", "SamlConfig", "SamlConnection"]
