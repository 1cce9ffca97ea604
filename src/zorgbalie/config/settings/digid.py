"""How patients sign in: which connection to DigiD, and the lowest level (REQ 1). See docs/configuration.md."""

from typing import Any

from zorgbalie.config.settings.base import env

DIGID_CONNECTION = env.str("DIGID_CONNECTION", default="oidc")  # oidc, saml; the demo has standin
DIGID_MINIMUM_LEVEL = env.str("DIGID_MINIMUM_LEVEL", default="SUBSTANTIEEL")
DIGID_OIDC: dict[str, Any] = {
    "issuer": env.str("DIGID_OIDC_ISSUER", default=""),
    "client_id": env.str("DIGID_OIDC_CLIENT_ID", default=""),
    "client_authentication": env.str("DIGID_OIDC_CLIENT_AUTHENTICATION", default="private_key_jwt"),
    "client_secret": env.str("DIGID_OIDC_CLIENT_SECRET", default=""),
    "client_key_file": env.str("DIGID_OIDC_CLIENT_KEY_FILE", default=""),
    "client_key_id": env.str("DIGID_OIDC_CLIENT_KEY_ID", default=""),
    "userinfo_format": env.str("DIGID_OIDC_USERINFO_FORMAT", default="encrypted"),
    "decryption_key_files": env.list("DIGID_OIDC_DECRYPTION_KEY_FILES", default=[]),
    "userinfo_issuer": env.str("DIGID_OIDC_USERINFO_ISSUER", default=""),
    "userinfo_certificate_file": env.str("DIGID_OIDC_USERINFO_CERTIFICATE_FILE", default=""),
    "scopes": env.list("DIGID_OIDC_SCOPES", default=["openid"]),
    "ca_bundle_file": env.str("DIGID_OIDC_CA_BUNDLE_FILE", default=""),
}
DIGID_SAML: dict[str, Any] = {
    "entity_id": env.str("DIGID_SAML_ENTITY_ID", default=""),
    "idp_entity_id": env.str("DIGID_SAML_IDP_ENTITY_ID", default=""),
    "metadata_file": env.str("DIGID_SAML_METADATA_FILE", default=""),
    "certificate_file": env.str("DIGID_SAML_CERTIFICATE_FILE", default=""),
    "key_file": env.str("DIGID_SAML_KEY_FILE", default=""),
    "next_certificate_file": env.str("DIGID_SAML_NEXT_CERTIFICATE_FILE", default=""),
    "tls_certificate_file": env.str("DIGID_SAML_TLS_CERTIFICATE_FILE", default=""),
    "tls_key_file": env.str("DIGID_SAML_TLS_KEY_FILE", default=""),
    "ca_bundle_file": env.str("DIGID_SAML_CA_BUNDLE_FILE", default=""),
    # By redirect the sign-out message, which holds the BSN, travels in an address: post where DigiD offers it.
    "sign_in_binding": env.str("DIGID_SAML_SIGN_IN_BINDING", default="post"),
    "sign_out_binding": env.str("DIGID_SAML_SIGN_OUT_BINDING", default="post"),
    "service_name": env.str("DIGID_SAML_SERVICE_NAME", default="Zorgbalie"),
}
