"""Webhooks in words: states, answers, what is wrong with an address."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.access.webhooks.models import Delivery, Subscription

ADDRESSES: Final[dict[str, Any]] = {
    "form": gettext_lazy("This is not a web address. Write it as https://software.example.be/in."),
    "scheme": gettext_lazy("The address must begin with https://."),
    "userinfo": gettext_lazy("Leave user name, password and # out of the address."),
    "private": gettext_lazy("This address is not public. Give one that the Internet can reach."),
}
STATES: Final[dict[str, Any]] = {
    Subscription.State.ACTIVE.value: pgettext_lazy("a webhook", "Active"),
    Subscription.State.PAUSED.value: pgettext_lazy("a webhook", "Paused"),
}
DELIVERIES: Final[dict[str, Any]] = {
    Delivery.State.WAITING.value: pgettext_lazy("a message", "Waiting"),
    Delivery.State.DELIVERED.value: pgettext_lazy("a message", "Delivered"),
    Delivery.State.GIVEN_UP.value: pgettext_lazy("a message", "Given up"),
}
# The looks of the house's status tags.
TAGS: Final = {
    "active": "validated", "paused": "to-send", "waiting": "to-send", "delivered": "validated",
    "given_up": "failed",
}  # fmt: skip
_ANSWERS: Final[dict[str, Any]] = {
    "": gettext_lazy("Not tried yet"),
    "unreachable": gettext_lazy("Nobody answers at this address"),
    "timeout": gettext_lazy("No answer within ten seconds"),
    "tls": gettext_lazy("The certificate of your server is not trusted"),
    "private": gettext_lazy("The name leads to an address that is not public"),
    "scheme": gettext_lazy("The address does not begin with https://"),
    "form": gettext_lazy("The address is none"),
    "paused": gettext_lazy("Paused meanwhile"),
}


def answer(row: Delivery) -> str:
    """What came back, in words."""
    if row.answer.isdecimal():
        return _("Answer %(status)s") % {"status": row.answer}
    return str(_ANSWERS.get(row.answer, row.answer))
