"""Messages with documents from institutions to citizens and enterprises."""

from django.apps import AppConfig


class EboxConfig(AppConfig):
    """Messages with documents from institutions to citizens and enterprises."""

    name = "guichet.ebox"
    label = "ebox"
