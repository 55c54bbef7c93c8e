"""Where the pages of Dimona stand, for the public pages."""

from django.utils.translation import gettext_lazy

from guichet.access.counter import doors
from guichet.access.counter.doors import Door, Leaf, Part

doors.register(
    Door(
        service="dimona",
        prefix="/dimona/",
        enterprise="dimona:personnel",
        permission="dimona_consult",
    )
)
doors.publish(
    "dimona",
    (
        Leaf(
            Part.ENTER,
            "dimona:unsigned",
            gettext_lazy("Declare a beginning without signing in"),
        ),
    ),
)
