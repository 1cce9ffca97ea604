"""Django's registration of this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.audit"
    label = "audit"
    verbose_name = "Toegangslog"
