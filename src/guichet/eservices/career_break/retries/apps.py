"""Repeated calls of software."""

from django.apps import AppConfig


class CareerBreakRetriesConfig(AppConfig):
    """A room of career breaks with a table of its own."""

    name = "guichet.eservices.career_break.retries"
    label = "career_break_retries"
