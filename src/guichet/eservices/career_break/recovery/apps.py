"""Payments and recoveries of break allowances."""

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """A room of career breaks with tables of its own."""

    name = "guichet.eservices.career_break.recovery"
    label = "career_break_recovery"
