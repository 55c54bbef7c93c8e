"""The pages of technical channels: senders, certificates, permissions, calls."""

from django.apps import AppConfig


class ChamanConfig(AppConfig):
    """The pages of technical channels: senders, certificates, permissions, calls."""

    name = "guichet.access.chaman"
    label = "access_chaman"
