"""Signing in at the OpenID provider, and the sessions that follow."""

from django.apps import AppConfig


class IdentificationConfig(AppConfig):
    """Signing in at the OpenID provider, and the sessions that follow."""

    name = "guichet.access.identification"
    label = "access_identification"
