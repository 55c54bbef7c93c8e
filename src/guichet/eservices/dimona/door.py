"""Where the pages of Dimona stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(
    Door(
        service="dimona",
        prefix="/dimona/",
        enterprise="dimona:personnel",
        permission="dimona_consult",
    )
)
