"""Signing in with DigiD: one seam (`types`) and two connections behind it.

Owns: asking DigiD who somebody is, and refusing every answer that is not certain. `oidc` speaks OpenID
Connect to a broker, `saml` speaks SAML with artifact binding to DigiD itself.
Does not own: sessions, patients, screens. It returns a BSN and a level; whose record that opens is decided
elsewhere.
Source: REQ 1; DigiD SAML interface specification; OpenID Connect Core 1.0; security rows 19, 20 and 22.
"""
