"""Why an inspection service looks at people: the list to choose from, in words for both sides.

``inspection.inquiry`` stands with the purposes of everybody; the others are registered here. What
would warn somebody who is being investigated is shown to him later. [OUR CHOICE]
"""

from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

_PREFIX: Final = "inspection."
# Until a planned check has taken place; an inquiry takes longer.
_CHECK: Final = timedelta(days=30)
_INQUIRY: Final = timedelta(days=365)

KINDS: Final[dict[str, Any]] = {
    "check": _("Planned check of a site"),
    "report": _("Report or complaint"),
    "inquiry": _("Inquiry into undeclared work"),
    "judicial": _("Request of a court or a prosecutor"),
    "safety": _("Accident or safety of people"),
}

purposes.register(
    {
        "inspection.check": Purpose(_("Planned check by an inspection service"), _CHECK),
        "inspection.report": Purpose(_("Report or complaint to an inspection service"), _INQUIRY),
        "inspection.judicial": Purpose(_("Request of a court or a prosecutor"), _INQUIRY),
        "inspection.safety": Purpose(_("Accident or safety, by an inspection service")),
    }
)


def code_of(kind: str) -> str:
    """The purpose of a look-up, as the trail keeps it."""
    return _PREFIX + kind
