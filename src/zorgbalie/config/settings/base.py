"""What every process shares. Values come from the environment; `docs/configuration.md` explains each one."""

from pathlib import Path
from typing import Any

import environ

env: Any = environ.Env()  # type: ignore[no-untyped-call]  # the library is untyped

SRC = Path(__file__).resolve().parents[3]
CHECKOUT = SRC.parent

DEMO = False  # the demo settings lie over these; production never sets it (REQ 13)
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_URL = env.str("PORTAL_URL", default="https://localhost:8000")
DESK_URL = env.str("DESK_URL", default="https://localhost:8001")

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql:///zorgbalie")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 10},
}

# Our own apps that keep tables, bottom of the house first. Portal and desk leave out what is not theirs.
SHARED_APPS = [
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "csp",
    "zorgbalie.ui",
    "zorgbalie.audit",
    "zorgbalie.people",
    "zorgbalie.practice",
    "zorgbalie.access",
    "zorgbalie.messaging",
    "zorgbalie.worklist",
    "zorgbalie.knowledge",
    "zorgbalie.record",
    "zorgbalie.billing",
    "zorgbalie.consult",
    "zorgbalie.agenda",
    "zorgbalie.exchange",
]
STAFF_SIGN_IN_APPS = [
    "django.contrib.auth",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "practice.StaffUser"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [SRC / "zorgbalie" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=CHECKOUT / "staticfiles")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "zorgbalie.ui.context.appearance",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

CACHES = {
    # Rate limits count in here, so it is shared by all workers; the table is made by `zorgbalie migrate`.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # what is thrown out early could be a count of wrong passwords
    }
}

# Mail leaves through integrations.mail; see messaging.
MAIL_BACKEND = env.str("MAIL_BACKEND", default="smtp")
MAIL_FOLDER = env.str("MAIL_FOLDER", default="")
MAIL_FROM = env.str("MAIL_FROM", default="niet-antwoorden@localhost")
SMTP_HOST = env.str("SMTP_HOST", default="localhost")
SMTP_PORT = env.int("SMTP_PORT", default=25)
SMTP_USER = env.str("SMTP_USER", default="")
SMTP_PASSWORD = env.str("SMTP_PASSWORD", default="")
SMTP_STARTTLS = env.bool("SMTP_STARTTLS", default=True)

# Text messages leave through integrations.sms, signs to browsers through integrations.push.
SMS_BACKEND = env.str("SMS_BACKEND", default="none")
SMS_FOLDER = env.str("SMS_FOLDER", default="")
SMS_SENDER = env.str("SMS_SENDER", default="Zorgbalie")
SMS_COUNTRIES = env.list("SMS_COUNTRIES", default=["NL", "BE", "DE"])
SMS_CM_ADDRESS = env.str("SMS_CM_ADDRESS", default="https://gw.messaging.cm.com/v1.0/message")
SMS_CM_TOKEN = env.str("SMS_CM_TOKEN", default="")
PUSH_PRIVATE_KEY = env.str("PUSH_PRIVATE_KEY", default="")
PUSH_CONTACT = env.str("PUSH_CONTACT", default="")
PUSH_HOSTS = env.list(
    "PUSH_HOSTS",
    default=["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"],
)

# Documents: how large one may be, and the virus scanner (integrations.files, integrations.virus).
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=20_000_000)
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", default=15)
# Asking websites whether loaded links still exist is an outgoing connection: off unless the operator wants it.
KNOWLEDGE_CHECK_LINKS = env.bool("KNOWLEDGE_CHECK_LINKS", default=False)

AUDIT_SOURCE_ID = env.str("AUDIT_SOURCE_ID", default="zorgbalie")
AUDIT_SITE_ID = env.str("AUDIT_SITE_ID", default="")
AUDIT_ANCHOR_FILE = env.str("AUDIT_ANCHOR_FILE", default="")

# How long a file in which a patient saves the own record can be downloaded.
RECORD_EXPORT_HOURS = env.int("RECORD_EXPORT_HOURS", default=48)

# Bounds on what one request may carry (security rows 32 and 33).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = [
    "zorgbalie.faces.entry.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
SILENCED_SYSTEM_CHECKS: list[str] = []

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "axes": {"level": "ERROR"},  # its lines name no account anyway; ours stand in the access log
    },
}

# Cookies, transport and headers (security.md 4); demo and tests, which speak plain HTTP, soften what they must.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_HOURS = 4  # each face sets its own
IDLE_MINUTES = 15
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zorgbalie.config.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip

MIDDLEWARE_BEFORE_SESSION = [
    "zorgbalie.config.middleware.HeadersMiddleware",
    "zorgbalie.config.middleware.TypedQueryMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
MIDDLEWARE_AFTER_SESSION = [
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
