"""The desk where the NSSO decides on corrections of presences."""

from django.apps import AppConfig


class CorrectionDeskConfig(AppConfig):
    """The desk where the NSSO decides on corrections of presences."""

    name = "guichet.backoffice.corrections"
    label = "backoffice_corrections"
