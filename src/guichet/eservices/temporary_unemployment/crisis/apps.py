"""When everybody comes at once: waivers, a queue instead of errors, reading only."""

from django.apps import AppConfig


class TemporaryUnemploymentCrisisConfig(AppConfig):
    """Measures for a time, each by an agent who is authorised for them."""

    name = "guichet.eservices.temporary_unemployment.crisis"
    label = "temporary_unemployment_crisis"
