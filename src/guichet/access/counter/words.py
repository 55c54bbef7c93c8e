"""Words of the public pages that stand on several of them."""

from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guichet.access.services import BY_KEY, SERVICES

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
# What a question is about.
TOPICS: Final[dict[str, Any]] = {
    "access": _("Signing in, access and rights"),
    "service": _("Using a service"),
    "mistake": _("A mistake in data"),
    "technical": _("Software, channels and files"),
    "accessibility": _("Accessibility of this site"),
    "privacy": _("Protection of personal data"),
    "other": _("Something else"),
}
STATES: Final[dict[str, Any]] = {
    "new": _("Waiting"),
    "taken": _("Being looked at"),
    "answered": _("Answered"),
    "closed": _("Closed"),
}
# How a state of a question looks, by the names of the status tags.
LOOKS: Final = {
    "new": "waiting",
    "taken": "in-progress",
    "answered": "validated",
    "closed": "closed",
}
SEVERITIES: Final[dict[str, Any]] = {
    "planned": _("Planned interruption"),
    "outage": _("Interruption now"),
    "info": _("To know"),
}


def service_name(key: str | None) -> str:
    """The name of a service in the reader's language; without one, that it is about all."""
    language = get_language() or "en"
    return BY_KEY[key].name.in_language(language) if key in BY_KEY else str(_("every service"))


def service_choices(nothing: Any) -> list[tuple[str, Any]]:
    """The services for a field of a form, after the choice of none."""
    return [("", nothing), *((one.key, service_name(one.key)) for one in SERVICES)]
