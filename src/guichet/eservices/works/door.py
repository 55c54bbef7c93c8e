"""Where the pages of declarations of works stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(
    Door(
        service="works",
        prefix="/works/",
        enterprise="works:list",
        permission="works",
    )
)
