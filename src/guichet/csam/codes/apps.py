"""User names and passwords: posted codes, the first connection, choosing one's own."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    """User names and passwords: posted codes, the first connection, choosing one's own."""

    name = "guichet.csam.codes"
    label = "csam_codes"
