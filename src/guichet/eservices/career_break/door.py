"""Where the pages of career breaks stand, for the public pages."""

from django.utils.translation import gettext_lazy as _

from guichet.access.counter import doors
from guichet.access.counter.doors import Door, Leaf, Part

doors.register(
    Door(
        service="career-break",
        prefix="/career-break/",
        citizen="career_break_mine:home",
        enterprise="career_break:overview",
        permission="career_break",
        manual="career_break:manual",
        site="https://www.onem.be/employeurs/interruption-de-carriere-credit-temps-et-conges-thematiques",
        closes=True,
    )
)
doors.publish(
    "career-break",
    (
        Leaf(
            Part.ENTER,
            "career_break_credit:open-simulator",
            _("Simulate a break, without signing in"),
        ),
    ),
)
