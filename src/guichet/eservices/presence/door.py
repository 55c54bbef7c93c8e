"""Where the pages of presence stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(
    Door(
        service="checkinatwork",
        prefix="/checkin/",
        enterprise="checkin:list",
        permission="presence",
    )
)
doors.register(
    Door(
        service="presence",
        prefix="/presence/",
        citizen="presence:own",
        enterprise="presence:staff-day",
        permission="presence",
    )
)
