"""The back office of the inspection: searches with a purpose, map, signals, sites."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """The back office of the inspection: searches with a purpose, map, signals, sites."""

    name = "guichet.backoffice.inspection"
    label = "backoffice_inspection"
