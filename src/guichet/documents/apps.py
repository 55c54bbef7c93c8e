"""Official documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official documents: rendering, sealing, handing over, verifying."""

    name = "guichet.documents"
    label = "documents"
