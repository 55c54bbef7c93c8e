"""Simulated providers outside: itsme, eIDAS, BelgianID."""

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    """Simulated providers outside: itsme, eIDAS, BelgianID."""

    name = "guichet.csam.outside"
    label = "csam_outside"
