"""Where the pages of mandates stand, for the public pages."""

from typing import Final

from guichet.access.counter import doors
from guichet.access.counter.doors import Door
from guichet.access.services import Permission

# Either of them opens the pages; only the first changes something.
PERMISSIONS: Final = frozenset({Permission.MANDATES.value, Permission.MANDATES_CONSULT.value})

doors.register(
    Door(service="mandates", prefix="/mandates/", enterprise="mandates:list", permission="mandates")
)
