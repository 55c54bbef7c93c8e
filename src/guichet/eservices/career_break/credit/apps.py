"""What is left of a worker's credits, what he could take, and a code that proves it."""

from django.apps import AppConfig


class CreditConfig(AppConfig):
    """A room of career breaks with tables of its own."""

    name = "guichet.eservices.career_break.credit"
    label = "career_break_credit"
