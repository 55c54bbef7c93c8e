"""Devices and means of registration."""

from django.apps import AppConfig


class KioskConfig(AppConfig):
    """A room of presence with tables of its own."""

    name = "guichet.eservices.presence.kiosk"
    label = "presence_kiosk"
