"""The desk of the measures for a rush of communications."""

from django.apps import AppConfig


class CrisisDeskConfig(AppConfig):
    """Waivers, the queue and reading only, each by an authorised agent and for a time."""

    name = "guichet.backoffice.crisis"
    label = "backoffice_crisis"
