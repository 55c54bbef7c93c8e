"""The public face: services, announcements, dates, questions."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """The public face: services, announcements, dates, questions."""

    name = "guichet.access.counter"
    label = "access_counter"
