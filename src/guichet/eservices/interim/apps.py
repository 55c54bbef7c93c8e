"""Interim@Work: what temporary agencies declared, shown to the worker."""

from django.apps import AppConfig


class InterimConfig(AppConfig):
    """Interim@Work: what temporary agencies declared, shown to the worker."""

    name = "guichet.eservices.interim"
    label = "interim"
