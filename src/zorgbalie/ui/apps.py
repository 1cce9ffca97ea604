"""Django app of the components."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Templates, tags and static files; no tables."""

    name = "zorgbalie.ui"
    label = "ui"
    verbose_name = _("Vormgeving")
