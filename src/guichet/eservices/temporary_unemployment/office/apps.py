"""Temporary unemployment at the National Employment Office."""

from django.apps import AppConfig


class TemporaryUnemploymentOfficeConfig(AppConfig):
    """What the office does with communications; a room with tables of its own."""

    name = "guichet.eservices.temporary_unemployment.office"
    label = "temporary_unemployment_office"
