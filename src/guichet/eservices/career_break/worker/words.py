"""The worker's part in words: steps, answers, what is wrong and what comes next."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.kernel.money import Money
from guichet.platform import wording
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.kinds import HospitalBond, Parentage, Relation
from guichet.rules.career_break.states import State

STEPS: Final[Mapping[str, Any]] = {
    "identity": _("Who you are"),
    "employer": _("What your employer filed"),
    "person": _("For whom, and why"),
    "earlier": _("Earlier breaks"),
    "household": _("Your household"),
    "activities": _("Other activities"),
    "pension": _("Pension"),
    "payment": _("Payment"),
    "documents": _("Documents"),
    "check": _("Check and send"),
}
LANGUAGES: Final[Mapping[str, str]] = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch"}
PARENTAGES: Final[Mapping[str, Any]] = {
    Parentage.BIOLOGICAL: _("I am the biological parent"),
    Parentage.RECOGNISED: _("I recognised the child"),
    Parentage.CO_MOTHER: _("I am the co-mother"),
    Parentage.ADOPTIVE: _("I adopted the child"),
    Parentage.LONG_TERM_FOSTER: _("I am a long-term foster parent"),
}
RELATIONS: Final[Mapping[str, Any]] = {
    Relation.HOUSEHOLD: _("Lives in my household"),
    Relation.BLOOD_FIRST: _("My child or my parent"),
    Relation.BLOOD_SECOND: _("My brother, sister, grandparent or grandchild"),
    Relation.BLOOD_FURTHER: _("A more distant relative"),
    Relation.IN_LAW_FIRST: _("Parent or child of my spouse, or spouse of my child"),
    Relation.IN_LAW_SECOND: _("Brother, sister or grandparent of my spouse"),
    Relation.COHABITANT_LINE: _("Parent or child of my legal cohabitant"),
    Relation.NONE: _("None of these"),
}
# In the order in which they come.
BONDS: Final[Mapping[str, Any]] = {
    HospitalBond.COHABITING_PARENT: _(
        "I am a parent, or in charge of the daily education, and I live with the child"
    ),
    HospitalBond.OTHER_PARENT: _("I am a parent and I do not live with the child"),
    HospitalBond.RELATIVE: _("I am a brother, sister or grandparent of the child"),
    HospitalBond.NONE: _("None of these"),
}
HOUSEHOLDS: Final[Mapping[str, Any]] = {
    Household.ALONE: _("I live alone"),
    Household.WITH_CHILDREN: _("I live only with one or more children who depend on me"),
    Household.COHABITING: _("I live with somebody else too"),
}
ACTIVITIES: Final[Mapping[str, Any]] = {
    "none": _("No other activity"),
    "employee": _("Employee with another employer"),
    "self_employed_main": _("Self-employed in main occupation"),
    "self_employed_side": _("Self-employed in secondary occupation"),
    "mandate": _("Political mandate"),
}
PENSIONS: Final[Mapping[str, Any]] = {
    "none": _("No pension"),
    "survivor": _("A survivor's pension"),
    "other": _("Another pension"),
}
# Who acts now and what comes next, for the worker himself.
NEXT: Final[Mapping[str, Any]] = {
    State.WAIT_WORKER: _("You act now: complete your part and send it. ONEM decides afterwards."),
    State.WAIT_ONEM: _(
        "ONEM acts now: an officer opens your file. You need not do anything; if something is "
        "missing, you are asked in your e-Box."
    ),
    State.IN_PROGRESS: _(
        "ONEM acts now: an officer looks at your file. The decision comes to your e-Box."
    ),
    State.WAIT_DOCUMENTS: _(
        "ONEM asked your employer for something that is missing. You need not do anything."
    ),
    State.CLOSED: _("ONEM decided. Read the decision; tell ONEM when something changes."),
    State.CANCELLED: _("Nobody has to act: this request was cancelled."),
    State.EXPIRED: _(
        "Nobody has to act: this request expired because it was never completed. Ask your "
        "employer to file a new one if you still want a break."
    ),
}
ASKED: Final = _("You act now: ONEM asked for something that is missing. Answer its question.")
STATES: Final[Mapping[str, Any]] = {
    State.WAIT_WORKER: pgettext_lazy("a request, to the worker", "To be completed by you"),
    State.WAIT_ONEM: _("Waiting to be handled by ONEM"),
    State.IN_PROGRESS: _("Being handled by ONEM"),
    State.WAIT_DOCUMENTS: pgettext_lazy("a request, to the worker", "ONEM asked something"),
    State.CLOSED: _("Closed by ONEM"),
    State.CANCELLED: pgettext_lazy("a request", "Cancelled"),
    State.EXPIRED: pgettext_lazy("a request", "Expired"),
}
LOOKS: Final[Mapping[str, str]] = {
    State.WAIT_WORKER: "waiting-worker",
    State.WAIT_ONEM: "waiting",
    State.IN_PROGRESS: "in-progress",
    State.WAIT_DOCUMENTS: "waiting-worker",
    State.CLOSED: "closed",
    State.CANCELLED: "cancelled",
    State.EXPIRED: "cancelled",
}
EVENTS: Final[Mapping[str, Any]] = {
    "confirmed": _("Your employer filed the request"),
    "modified": _("Your employer changed the end date"),
    "attached": _("Your employer attached documents"),
    "cancelled": _("Your employer cancelled the request"),
    "withdrawn": _("You withdrew the request"),
    "completed": _("You completed and sent your part"),
    "expired": _("The request expired"),
    "taken": _("ONEM began to handle your file"),
    "asked": _("ONEM asked for something"),
    "answered": _("ONEM has what it asked for"),
    "decided": _("ONEM decided"),
    "reopened": _("ONEM looks at your file again"),
}
# Why a step is not open, said to the worker.
REFUSALS: Final[Mapping[str, Any]] = {
    "worker_completed": _(
        "You completed this request; it is with ONEM. Report a change if something is not right."
    ),
    "closed": _("ONEM decided on this request. Report a change if something is not right."),
    "cancelled": _("This request was cancelled meanwhile. Nothing was sent."),
    "expired": _("This request expired. Ask your employer to file a new one."),
}
RESULTS: Final[Mapping[str, Any]] = {
    "granted": _("Granted, with an allowance"),
    "granted_no_allowance": _("Granted, without an allowance"),
    "partly": pgettext_lazy("a decision", "Granted in part"),
    "refused": _("Refused"),
}
RESULT_LOOKS: Final[Mapping[str, str]] = {
    "granted": "validated",
    "granted_no_allowance": "warning",
    "partly": "warning",
    "refused": "refused",
}
CHANGES: Final[Mapping[str, Any]] = {
    "address": _("My address"),
    "household": _("My household"),
    "activity": _("Another activity"),
    "pension": _("A pension"),
    "early_end": _("I end the break early"),
    "account": _("My bank account"),
}
# What to think of before a part is sent; none of it blocks.
WARNINGS: Final[Mapping[str, Any]] = {
    "pension": _(
        "You receive another pension than a survivor's: ONEM normally pays no allowance beside it."
    ),
    "activity": _(
        "You have another paid activity: some may not be combined with the allowance. ONEM looks "
        "at yours."
    ),
    "holder": _("Your family name is not in the name of the holder of the account."),
    "late": _(
        "The term for the whole allowance is over: the allowance begins on the day on which "
        "everything is at ONEM."
    ),
}


def money(value: Money) -> str:
    """``1 038,12 €``: cents after a comma, as the country writes it."""
    cents = abs(value.cents)
    sign = "-" if value.cents < 0 else ""
    return f"{sign}{wording.number(cents // 100)},{cents % 100:02d}{wording.NBSP}€"


def refusal(why: str) -> str:
    """Why a step of the worker is not open."""
    return str(REFUSALS.get(why, REFUSALS["worker_completed"]))


def state(code: str) -> str:
    """The state as the worker knows it."""
    return str(STATES[code])
