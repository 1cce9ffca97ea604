"""Django's registration of this face."""

from django.apps import AppConfig


class ManagementConfig(AppConfig):
    """Registers the templates of this face."""

    name = "zorgbalie.faces.management"
    label = "face_management"
