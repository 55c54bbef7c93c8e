"""The counter at which foreign enterprises are registered, simulated."""

from django.apps import AppConfig


class EnterpriseDeskConfig(AppConfig):
    """The counter at which foreign enterprises are registered, simulated."""

    name = "guichet.backoffice.enterprises"
    label = "backoffice_enterprises"
