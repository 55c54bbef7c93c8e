"""Limosa declarations: who comes from abroad to work here for a time, and the L1 that proves it."""

from django.apps import AppConfig


class LimosaConfig(AppConfig):
    """The register is `registers.postings`; this is the counter before it."""

    name = "guichet.eservices.limosa"
    label = "limosa"
