"""A part of the night in a process of its own.

A new process reads this module before Django is ready, so nothing of Django is imported up here.
"""

from datetime import datetime


def start() -> None:
    """Make a new process ready."""
    import django  # noqa: PLC0415  # see above

    django.setup()


def deliver(number: int, of: int, run: int, now: datetime) -> int:
    """Send the ``number``-th of ``of`` parts; how many decisions went out whole."""
    from guichet.eservices.temporary_unemployment.office import night  # noqa: PLC0415  # see above

    return night.deliver_part(part=night.Part(number, of), run=run, now=now)
