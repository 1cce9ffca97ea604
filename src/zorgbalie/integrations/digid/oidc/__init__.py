"""DigiD through a broker that speaks OpenID Connect, such as that of the Ministry of Health.

`config` what to know · `provider` the broker's addresses and keys · `tokens` what it signed and encrypted ·
`people` whose BSN its userinfo holds · `connection` the seam.
Source: OpenID Connect Core 1.0 and Discovery 1.0; RFC 7523, 7636, 9207; minvws/nl-rdo-max.
"""

from zorgbalie.integrations.digid.oidc.config import ClientAuthentication, OidcConfig, UserinfoFormat
from zorgbalie.integrations.digid.oidc.connection import OidcConnection

__all__ = ["ClientAuthentication", "OidcConfig", "OidcConnection", "UserinfoFormat"]
