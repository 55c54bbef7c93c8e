"""Where the pages of the e-Box stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(
    Door(
        service="ebox",
        prefix="/ebox/",
        citizen="ebox:list",
        enterprise="ebox:list",
        permission="ebox",
    )
)
