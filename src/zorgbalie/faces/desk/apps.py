"""Django's registration of this face."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the templates of this face."""

    name = "zorgbalie.faces.desk"
    label = "face_desk"
