"""Recoveries in words: why money is asked back, how far it is, where a payment is."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.eservices.career_break.recovery import ledger

REASONS: Final[Mapping[str, Any]] = {
    "early_end": _("The break ended earlier than was decided."),
    "activity": _("An activity that is not allowed beside the break allowance began or grew."),
    "pension": _("A pension is received that does not go with the break allowance."),
    "household": _("The household was another one than was said."),
    "contract_ended": _("The contract with the employer ended."),
    "statement": _("What was said to ONEM was not right."),
    "calculation": _("The amount was calculated wrongly."),
}
STATES: Final[Mapping[str, Any]] = {
    "invited": _("The worker may be heard"),
    "decided": pgettext_lazy("a recovery", "Asked back"),
    "dropped": pgettext_lazy("a recovery", "Nothing is asked back"),
}
# The same, said to the worker himself.
OWN_STATES: Final[Mapping[str, Any]] = {**STATES, "invited": _("You may be heard")}
WAYS: Final[Mapping[str, Any]] = {
    "": _("Is being sealed"),
    "ebox": _("In the e-Box"),
    "paper": _("To be posted: no open e-Box"),
    "posted": _("Posted"),
}
LOOKS: Final[Mapping[str, str]] = {
    "invited": "waiting-worker", "decided": "warning", "dropped": "validated",
}  # fmt: skip
MONTHS: Final[Mapping[str, Any]] = {
    ledger.PAID: pgettext_lazy("an allowance", "Paid"),
    ledger.COMING: pgettext_lazy("an allowance", "To be paid"),
    ledger.HELD: pgettext_lazy("an allowance", "Held: the office looks at the file again"),
}
MONTH_LOOKS: Final[Mapping[str, str]] = {
    ledger.PAID: "validated", ledger.COMING: "waiting", ledger.HELD: "warning",
}  # fmt: skip
# A run of payments, from its preparation to its end.
RUNS: Final[Mapping[str, Any]] = {
    "preparing": pgettext_lazy("a run of payments", "Is being prepared"),
    "ready": pgettext_lazy("a run of payments", "Waits for its second signature"),
    "nothing": pgettext_lazy("a run of payments", "Nothing to hand on"),
    "sent": pgettext_lazy("a run of payments", "Handed on"),
    "sent_back": pgettext_lazy("a run of payments", "Sent back"),
    "withdrawn": pgettext_lazy("a run of payments", "Withdrawn"),
    "failed": pgettext_lazy("a run of payments", "Could not be prepared"),
}
RUN_LOOKS: Final[Mapping[str, str]] = {
    "preparing": "in-progress", "ready": "waiting", "nothing": "cancelled", "sent": "validated",
    "sent_back": "warning", "withdrawn": "cancelled", "failed": "failed",
}  # fmt: skip
