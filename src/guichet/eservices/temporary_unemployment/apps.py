"""Temporary unemployment: communications of employers, and what follows them."""

from django.apps import AppConfig


class TemporaryUnemploymentConfig(AppConfig):
    """Communications, their workers, drafts; the rules stand in `rules.temporary_unemployment`."""

    name = "guichet.eservices.temporary_unemployment"
    label = "temporary_unemployment"
