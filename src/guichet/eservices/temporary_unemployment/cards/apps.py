"""The worker's side of temporary unemployment."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """A room of temporary unemployment with tables of its own."""

    name = "guichet.eservices.temporary_unemployment.cards"
    label = "temporary_unemployment_cards"
