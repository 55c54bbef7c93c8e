"""What an enterprise lets a social secretariat or another provider do in its name."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """What an enterprise lets a social secretariat or another provider do in its name."""

    name = "guichet.access.mandates"
    label = "access_mandates"
