"""Words of the public pages that stand on several of them."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# What a level asks, for somebody who has never heard of levels.
LEVELS: Final[dict[int, Any]] = {
    100: _("Level 100: a user name is enough."),
    200: _("Level 200, low: a user name with its password is enough."),
    300: _("Level 300: a password alone is not enough, a code or a card comes with it."),
    400: _("Level 400, substantial: the means was given to you after your identity was proven."),
    450: _("Level 450, high: itsme, an identity card or a European means of that level."),
    500: _("Level 500, the highest: an identity card or a European means of that level."),
}
# The secured button of a service, where it has an official name of its own.
ENTER: Final[dict[str, Any]] = {
    "temporary-unemployment": _("Submit temporary unemployment"),
    "career-break": _("Submit a request"),
}
