"""Where the pages of Limosa declarations stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(
    Door(
        service="limosa",
        prefix="/limosa/",
        citizen="limosa:list",
        enterprise="limosa:list",
        permission="limosa",
    )
)
