"""All tables of all faces: for migrations, seeding and commands, run as the owner. Serves no pages."""

from zorgbalie.config.settings.base import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.base import SHARED_APPS, STAFF_SIGN_IN_APPS, env
from zorgbalie.config.settings.digid import *  # noqa: F403  (settings build on each other)
from zorgbalie.config.settings.staff_sign_in import *  # noqa: F403  (settings build on each other)

FACE = "migrate"
IDLE_MINUTES = SESSION_HOURS = 0  # no sessions here; named for what looks at them in code
SECRET_KEY = env.str("SECRET_KEY", default="used-for-migrations-only")
DATABASES = {"default": env.db_url("OWNER_DATABASE_URL", default="postgresql:///zorgbalie")}
INSTALLED_APPS = [
    *SHARED_APPS,
    *STAFF_SIGN_IN_APPS,
    "zorgbalie.faces.entry",
    "zorgbalie.faces.patient",
    "zorgbalie.faces.desk",
    "zorgbalie.faces.management",
]
ROOT_URLCONF = "zorgbalie.config.urls.none"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # asked for by the library at start-up
]
