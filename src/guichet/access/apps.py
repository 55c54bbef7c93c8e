"""The access application: technical channels, tokens, rights, sessions."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may enter, and as whom."""

    name = "guichet.access"
    label = "access"
