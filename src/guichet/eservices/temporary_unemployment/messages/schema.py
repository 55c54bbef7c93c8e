"""The published schema of the messages."""

from typing import Final

from django.conf import settings

NAME: Final = "temporary-unemployment-v1.xsd"


def document() -> bytes:
    """The schema as it is published."""
    content: bytes = (settings.REPOSITORY / "contracts" / NAME).read_bytes()
    return content
