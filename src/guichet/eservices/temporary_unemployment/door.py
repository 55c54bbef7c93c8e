"""Where the pages of temporary unemployment stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(
    Door(
        service="temporary-unemployment",
        prefix="/temporary-unemployment/",
        enterprise="temporary_unemployment:overview",
        permission="temporary_unemployment",
        site="https://www.onem.be/employeurs/chomage-temporaire",
        closes=True,
    )
)
