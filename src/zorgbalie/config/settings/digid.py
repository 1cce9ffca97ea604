"""How patients sign in: which connection to DigiD, and the lowest level (REQ 1)."""

from zorgbalie.config.settings.base import env

# "oidc", "saml", or in the demo "standin"; see docs/configuration.md.
DIGID_CONNECTION = env.str("DIGID_CONNECTION", default="oidc")
DIGID_MINIMUM_LEVEL = env.str("DIGID_MINIMUM_LEVEL", default="SUBSTANTIEEL")
