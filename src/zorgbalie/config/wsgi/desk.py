"""WSGI entry of the desk."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgbalie.config.settings.desk")

application = get_wsgi_application()

from zorgbalie.config.database.startup import check_database_role  # noqa: E402  (needs the settings)

check_database_role()
