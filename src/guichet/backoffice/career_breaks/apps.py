"""The desk where the National Employment Office handles career breaks."""

from django.apps import AppConfig


class CareerBreakDeskConfig(AppConfig):
    """The desk where the National Employment Office handles career breaks."""

    name = "guichet.backoffice.career_breaks"
    label = "career_break_desk"
