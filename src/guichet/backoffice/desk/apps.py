"""The desk that answers questions and keeps the announcements."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk that answers questions and keeps the announcements."""

    name = "guichet.backoffice.desk"
    label = "backoffice_desk"
