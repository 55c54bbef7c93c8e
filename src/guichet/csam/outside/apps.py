"""Simulated providers outside: itsme, eIDAS, BelgianID."""

from django.apps import AppConfig
from django.conf import settings


class OutsideConfig(AppConfig):
    """Simulated providers outside: itsme, eIDAS, BelgianID."""

    name = "guichet.csam.outside"
    label = "csam_outside"

    def ready(self) -> None:
        """The simulated providers answer in the simulation only; an agreement brings others."""
        if settings.ENVIRONMENT.simulation:
            from guichet.csam.outside import eidas, itsme, port  # noqa: PLC0415  # models first

            port.plug_in(itsme.SimulatedItsme())
            port.plug_in(eidas.SimulatedEidas())
