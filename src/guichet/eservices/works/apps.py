"""Declarations of works: what contractors declare of their works and subcontractors."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """The register of works keeps the label ``works``; this is the counter before it."""

    name = "guichet.eservices.works"
    label = "works_declarations"
