"""Presences of days in words: states, reasons, what is refused and how to repair it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.eservices.presence.days.queries import DayShown
from guichet.eservices.presence.words import VALIDITIES
from guichet.platform import wording
from guichet.rules.presence_days import CancelRefusal, Reason, Refusal

WEEKDAYS: Final = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"), gettext_lazy("Friday"), gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)  # fmt: skip
STATES: Final[dict[str, Any]] = {
    **VALIDITIES, "cancelled": pgettext_lazy("a presence", "Cancelled"),
}  # fmt: skip
# The look of each state: names of the status tags.
TAGS: Final = {
    "pending": "registered", "validated": "validated", "failed": "failed",
    "cancelled": "cancelled", "refused": "refused", "waiting": "to-send",
}  # fmt: skip
STATE_CHOICES: Final = [("", gettext_lazy("All")), *STATES.items()]
REASONS: Final[dict[str, Any]] = {
    Reason.PLANNING.value: gettext_lazy("The planning changed"),
    Reason.HOLIDAY.value: gettext_lazy("Leave"),
    Reason.DISEASE.value: gettext_lazy("Illness"),
    Reason.C32A.value: gettext_lazy("Temporary unemployment (control card C3.2A)"),
    Reason.OTHER.value: gettext_lazy("Another reason"),
}
REFUSALS: Final[dict[str, Any]] = {
    Refusal.PERSON.value: gettext_lazy("The number of the person is not valid. Correct it."),
    Refusal.LIMOSA.value: gettext_lazy("The Limosa number does not have seventeen digits."),
    Refusal.EMPLOYER.value: gettext_lazy("The number of the employer is not valid. Correct it."),
    Refusal.SITE.value: gettext_lazy("The number of the site is not valid. Correct it."),
    Refusal.PAST.value: gettext_lazy("The day is past: a presence is registered before the work."),
    Refusal.TOO_FAR.value: gettext_lazy("The day is too far ahead. Register it later."),
    Refusal.REFERENCE.value: gettext_lazy("Your own reference is too long. Shorten it."),
    Refusal.NOT_AUTHORIZED.value: gettext_lazy(
        "This employer does not work below you on this site. Ask him to register, or put him"
        " into the declaration of works."
    ),
}
CANCEL_REFUSALS: Final = {
    CancelRefusal.NOT_AUTHORIZED: gettext_lazy("Only who may register it may withdraw it."),
    CancelRefusal.UNKNOWN: gettext_lazy("There is no such presence."),
    CancelRefusal.CANCELLED: gettext_lazy("It is withdrawn already."),
    CancelRefusal.LATE: gettext_lazy("Its day is over: it can no longer be withdrawn."),
}
CHANNELS: Final[dict[str, Any]] = {
    "assistant": gettext_lazy("Assistant"),
    "portal": gettext_lazy("Web page"),
    "mobile_manual": gettext_lazy("Own phone"),
    "kiosk": gettext_lazy("Kiosk on site"),
    "ws": gettext_lazy("Software of the enterprise"),
}


def state(row: DayShown) -> str:
    """``cancelled``, or the validity."""
    return "cancelled" if row.cancelled_at else row.validity


def refusals(codes: Iterable[str]) -> list[str]:
    """Why it is refused, in sentences."""
    return [str(REFUSALS[str(code)]) for code in codes]


def too_far(furthest: date) -> str:
    """The last day that may be announced today."""
    return _("The last day that you can register today is %(day)s.") % {
        "day": wording.long_day(furthest)
    }
