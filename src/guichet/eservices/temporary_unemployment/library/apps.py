"""The public pages of temporary unemployment."""

from django.apps import AppConfig


class TemporaryUnemploymentLibraryConfig(AppConfig):
    """A room of the service without tables: everything comes from the rules and the contracts."""

    name = "guichet.eservices.temporary_unemployment.library"
    label = "temporary_unemployment_library"
