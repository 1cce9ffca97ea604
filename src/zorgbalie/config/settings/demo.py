"""What demo and development soften: plain HTTP on this machine, stand-in DigiD, mail into a folder.

Lies over portal, desk or worker (`FACE` in the environment chooses). Refuses to be combined with production values:
only local hosts, and none of the settings that a production environment has (REQ 13).
"""

import os

from django.core.exceptions import ImproperlyConfigured

from zorgbalie.config.settings.base import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY, env

_PRODUCTION_ONLY = (
    "DIGID_OIDC_ISSUER",
    "DIGID_SAML_METADATA_FILE",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SMTP_PASSWORD",
)
_found = [name for name in _PRODUCTION_ONLY if os.environ.get(name)]
if _found:
    raise ImproperlyConfigured(
        f"The demo settings cannot be used together with production settings; found {', '.join(_found)}."
    )

DEMO = True
SECRET_KEY = env.str("SECRET_KEY", default="demo-key-without-any-secret-of-fifty-characters-or-more!")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
LANGUAGE_COOKIE_SECURE = False
DIGID_CONNECTION = "standin"
MAIL_BACKEND = "folder"
MAIL_FOLDER = env.str("MAIL_FOLDER", default="")
SMS_BACKEND = "folder"
SMS_FOLDER = env.str("SMS_FOLDER", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
__all__ = [
    "ALLOWED_HOSTS", "CONTENT_SECURITY_POLICY", "CSRF_COOKIE_SECURE", "DEMO", "DIGID_CONNECTION",
    "LANGUAGE_COOKIE_SECURE", "MAIL_BACKEND", "MAIL_FOLDER", "PERMISSIONS_POLICY", "SECRET_KEY",
    "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "SMS_BACKEND", "SMS_FOLDER", "STORAGES",
    "WHITENOISE_AUTOREFRESH", "WHITENOISE_USE_FINDERS",
]  # fmt: skip
