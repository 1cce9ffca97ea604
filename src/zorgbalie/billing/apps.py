"""Django's registration of this app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.billing"
    label = "billing"
    verbose_name = "Declareren"
