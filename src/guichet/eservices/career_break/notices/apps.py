"""Notices of workers: what they ask of their employer, and what he answers."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """A room of career breaks; its table stands with the requests."""

    name = "guichet.eservices.career_break.notices"
    label = "career_break_notices"
