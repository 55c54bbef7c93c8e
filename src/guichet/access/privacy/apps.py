"""What was looked at about somebody, terms of use, the copy of one's data."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """What was looked at about somebody, terms of use, the copy of one's data."""

    name = "guichet.access.privacy"
    label = "access_privacy"
