"""How much a file may hold: two settings, and what follows from the form."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from guichet.eservices.temporary_unemployment.messages.frames import Limits
from guichet.eservices.temporary_unemployment.messages.signature import LONGEST

LARGEST_SIGNATURE: Final = LONGEST


def of_files() -> Limits:
    """The limits of a file of communications."""
    environment = settings.ENVIRONMENT
    return Limits(
        largest=environment.message_file_megabytes * 1024 * 1024,
        most_forms=environment.message_file_forms,
    )
