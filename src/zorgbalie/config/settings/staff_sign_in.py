"""How staff sign in: password and a second factor, through django-allauth; lock-out through django-axes.

At most ten tries per account in fifteen minutes, for the password and again for the code (security row 23). The counts
are kept in the shared cache and in the database, so they hold over all workers.
"""

from datetime import timedelta

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
PASSWORD_MINIMUM_LENGTH = 12
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MINIMUM_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]

ACCOUNT_ADAPTER = "zorgbalie.faces.entry.staff_adapter.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_TIMEOUT = 10 * 60  # seconds between password and code
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # a whole practice signs in from one address at eight o'clock
    "login_failed": "10/15m/key,100/15m/ip",
    "reauthenticate": "10/15m/user",
    "change_password": "10/15m/user",
}
ACCOUNT_FORMS = {
    "login": "zorgbalie.faces.entry.staff_forms.SignInForm",
    "reauthenticate": "zorgbalie.faces.entry.staff_forms.PasswordAgainForm",
}

MFA_ADAPTER = "zorgbalie.faces.entry.staff_adapter.StaffSecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # e-mail is only a name here: nothing is recovered by mail
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Zorgbalie"
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds before and after; each code counts once (staff_forms)
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_FORMS = {
    "authenticate": "zorgbalie.faces.entry.staff_forms.CodeForm",
    "reauthenticate": "zorgbalie.faces.entry.staff_forms.CodeAgainForm",
    "activate_totp": "zorgbalie.faces.entry.staff_forms.StartAppForm",
    "authenticate_webauthn": "zorgbalie.faces.entry.staff_forms.PasskeyForm",
    "reauthenticate_webauthn": "zorgbalie.faces.entry.staff_forms.PasskeyAgainForm",
    "add_webauthn": "zorgbalie.faces.entry.staff_forms.AddPasskeyForm",
}

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]  # never by address alone: a practice shares one
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "zorgbalie.faces.entry.staff_views.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # sign-ins stand in the access log
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_STR_CALLABLE = "zorgbalie.faces.entry.staff_adapter.nameless_client"
AXES_CLIENT_IP_CALLABLE = "zorgbalie.faces.entry.addresses.network_address"
# The lock-out counts per account, on purpose: a whole practice shares one address, and an attacker has many.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
