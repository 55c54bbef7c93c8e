"""Presence registration: the Django side of the log that the ingest fills."""

from django.apps import AppConfig


class PresenceConfig(AppConfig):
    """The tables are made by SQL (presence_log/schema.sql); the models here read them."""

    name = "guichet.eservices.presence"
    label = "presence"
