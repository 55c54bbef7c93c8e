"""Files of career breaks."""

from django.apps import AppConfig


class CareerBreakFilesConfig(AppConfig):
    """Files that are attached to requests for career breaks and to notices."""

    name = "guichet.eservices.career_break.files"
    label = "career_break_files"
