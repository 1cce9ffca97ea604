"""Django's registration of this app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.messaging"
    label = "messaging"
    verbose_name = "Berichten"
