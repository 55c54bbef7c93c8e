"""The OpenID provider that plays the federal sign-in: endpoints, logins, tiles, profile."""

from django.apps import AppConfig


class ProviderConfig(AppConfig):
    """The OpenID provider that plays the federal sign-in: endpoints, logins, tiles, profile."""

    name = "guichet.csam.provider"
    label = "csam_provider"
