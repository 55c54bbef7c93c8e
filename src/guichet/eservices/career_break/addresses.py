"""Where things stand for machines."""

from typing import Final

from django.conf import settings

BASE: Final = "/REST/careerBreak/v1"


def href(path: str) -> str:
    """The whole address of a path below the base."""
    return f"{settings.ENVIRONMENT.services_url}{BASE}{path}"
