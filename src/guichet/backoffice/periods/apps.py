"""The desk where the NSSO takes Dimona periods over and gives them back."""

from django.apps import AppConfig


class PeriodDeskConfig(AppConfig):
    """The desk where the NSSO takes Dimona periods over and gives them back."""

    name = "guichet.backoffice.periods"
    label = "backoffice_periods"
