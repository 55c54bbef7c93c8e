"""Career breaks at the National Employment Office."""

from django.apps import AppConfig


class CareerBreakOfficeConfig(AppConfig):
    """What the office does with complete files; a room of career breaks with tables of its own."""

    name = "guichet.eservices.career_break.office"
    label = "career_break_office"
