"""Devices and means in words."""

from typing import Any, Final

from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.rules.presence_means import By

DEVICE_KINDS: Final[dict[str, Any]] = {
    "kiosk": gettext_lazy("Kiosk: a computer on the site"),
    "reader": gettext_lazy("Badge reader"),
}
DEVICE_STATES: Final[dict[str, Any]] = {
    "waiting": gettext_lazy("Waits to be initialised"),
    "active": gettext_lazy("At work"),
    "ended": gettext_lazy("Ended"),
}
DEVICE_TAGS: Final = {"waiting": "waiting", "active": "validated", "ended": "cancelled"}
METHOD_STATES: Final[dict[str, Any]] = {
    "inForce": gettext_lazy("In force"),
    "coming": gettext_lazy("Begins later"),
    "over": gettext_lazy("Over"),
    "ended": gettext_lazy("Ended"),
}
METHOD_TAGS: Final = {
    "inForce": "validated",
    "coming": "expected",
    "over": "closed",
    "ended": "cancelled",
}
OUTCOMES: Final[dict[str, Any]] = {
    "registered": gettext_lazy("Registered"),
    "prepared": gettext_lazy("Correction ready"),
    "refused": gettext_lazy("Refused"),
}
OUTCOME_TAGS: Final = {
    "registered": "registered",
    "prepared": "waiting-worker",
    "refused": "refused",
}
MEANS: Final[dict[str, Any]] = {
    By.BADGE: pgettext_lazy("means of registration", "Badge"),
    By.CARD: gettext_lazy("Card with a QR code"),
    By.EID: gettext_lazy("Identity card (eID)"),
}
IDENTIFIED_BY: Final[dict[str, Any]] = {
    **MEANS,
    By.NISS: gettext_lazy("National number"),
    By.LIMOSA: gettext_lazy("Limosa number"),
}
