"""What the script of the button says, in the language of the page."""

from typing import Any, Final

from django.utils.translation import gettext_lazy

from guichet.eservices.presence.words import STEPS
from guichet.rules.presence_next import Step

_ICONS: Final = {Step.BREAK: "pause", Step.END: "stop", Step.DONE: "stop"}
# Codes of the door and of the corrections, by their last word.
_REASONS: Final = {
    "situation-changed": gettext_lazy(
        "You registered something else meanwhile, on another phone. Look at your day."
    ),
    "other-registration": gettext_lazy(
        "At this site presences are registered per day, not by the hour."
    ),
    "correction-sent": gettext_lazy("Your employer has a correction of this already."),
    "contractual-relationship-reference": gettext_lazy(
        "The number of the site is not a right one. Look at the poster."
    ),
    "enterprise-number": gettext_lazy("The number of the enterprise is not a right one."),
    "foreign-vat-number": gettext_lazy("The foreign VAT number is not a right one."),
    "employer": gettext_lazy("It was not said for whom you work."),
    "place-of-work": gettext_lazy(
        "Nobody knows where this site is. Allow the position, or give the address."
    ),
    "site": gettext_lazy("The number of the site is not a right one. Look at the poster."),
    "tooLate": gettext_lazy("More than 30 days have passed. Ask your employer."),
    "future": gettext_lazy("The clock of this phone is wrong. Register again."),
    "other": gettext_lazy("It was not taken. Register again, or tell your employer."),
}


def phone_words() -> dict[str, Any]:
    """Everything as plain text: a tree for JSON. Names in braces are filled by the script."""
    told: dict[str, Any] = _plain(
        {
            "steps": {
                str(step): {
                    "label": one.label,
                    "sentence": one.sentence,
                    "link": one.link,
                    "icon": _ICONS.get(step, "play"),
                }
                for step, one in STEPS.items()
            },
            "reasons": _REASONS,
            "told": {
                "waiting": gettext_lazy(
                    "Kept on this phone, not registered yet. Still {minutes} min {seconds} s to "
                    "send it in time. After that a request for correction is ready: nothing is "
                    "lost."
                ),
                "late": gettext_lazy(
                    "The ten minutes are over: this is not registered. A request for correction "
                    "is saved as soon as there is a network."
                ),
                "sent": gettext_lazy("Registered. Receipt number {receipt}."),
                "cancelled": gettext_lazy(
                    "Receipt number {receipt} was cancelled by a correction: it does not count. "
                    "If you are at work, register again."
                ),
                "prepared": gettext_lazy(
                    "Not registered. A request for correction is ready: send it to your employer."
                ),
            },
            "correction": gettext_lazy("Look at the correction"),
            "one": gettext_lazy("To be sent: 1 registration"),
            "many": gettext_lazy("To be sent: {count} registrations"),
            "none": gettext_lazy("On this phone"),
            "offline": gettext_lazy("Offline: register all the same"),
            "signIn": gettext_lazy("Sign in first: then what waits here is sent."),
            "signInFirst": gettext_lazy(
                "Sign in first, with a network: then this phone knows for whom it registers."
            ),
            "forWhom": gettext_lazy("Choose for whom you work here."),
            "kept": gettext_lazy("Kept on this phone. It is sent as soon as there is a network."),
            "over": gettext_lazy(
                "The ten minutes are over. A request for correction takes the place of your "
                "registration."
            ),
            "registered": gettext_lazy("Your registration has arrived."),
            "notRegistered": gettext_lazy("Your registration was not taken. See below why."),
            "cancelled": gettext_lazy(
                "A correction cancelled your registration. See below what to do."
            ),
            "sentLater": gettext_lazy("What waited on this phone has arrived."),
            "noRoom": gettext_lazy(
                "This browser keeps nothing. Register with a network, or leave the private window."
            ),
            "notASite": gettext_lazy(
                "This is not the number of a site. Type the 13 letters and digits of the poster."
            ),
            "site": gettext_lazy("Site"),
        }
    )
    return told


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    return str(tree)
