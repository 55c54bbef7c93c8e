"""The worker's side of career breaks."""

from django.apps import AppConfig


class CareerBreakWorkerConfig(AppConfig):
    """A room of career breaks with tables of its own."""

    name = "guichet.eservices.career_break.worker"
    label = "career_break_worker"
