"""The desk where the National Employment Office handles temporary unemployment."""

from django.apps import AppConfig


class TemporaryUnemploymentDeskConfig(AppConfig):
    """The desk where the National Employment Office handles temporary unemployment."""

    name = "guichet.backoffice.temporary_unemployment"
    label = "temporary_unemployment_desk"
