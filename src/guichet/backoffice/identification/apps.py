"""The desk of the video interviews (BelgianID), simulated."""

from django.apps import AppConfig


class IdentificationDeskConfig(AppConfig):
    """The desk of the video interviews (BelgianID), simulated."""

    name = "guichet.backoffice.identification"
    label = "backoffice_identification"
