"""Limosa declarations in words: kinds, sectors, states, and what is wrong with its repair."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.rules.limosa_declarations import Problem

KINDS: Final[dict[str, Any]] = {
    "employee": _("A worker of an employer abroad"),
    "self_employed": _("A self-employed person from abroad"),
}
SECTORS: Final[dict[str, Any]] = {
    "construction": _("Construction"),
    "meat": _("Meat"),
    "cleaning": _("Cleaning"),
    "other": _("Another sector"),
}
STATES: Final[dict[str, Any]] = {
    "accepted": pgettext_lazy("a Limosa declaration", "Accepted"),
    "cancelled": pgettext_lazy("a Limosa declaration", "Cancelled"),
}
LOOKS: Final = {"accepted": "validated", "cancelled": "cancelled"}
EVENTS: Final[dict[str, Any]] = {
    "accepted": pgettext_lazy("a Limosa declaration", "Accepted"),
    "changed": pgettext_lazy("a Limosa declaration", "Changed"),
    "cancelled": pgettext_lazy("a Limosa declaration", "Cancelled"),
}
STEPS: Final[dict[str, Any]] = {
    "who": _("Who"),
    "work": _("What, where and when"),
    "check": _("Check and send"),
}
PROBLEMS: Final[dict[tuple[str, str], Any]] = {
    ("kind", "missing"): _("Choose who is declared."),
    ("niss", "invalid"): _("This is no national or BIS number: it has eleven digits, the last two "
                           "check it."),
    ("niss", "unknown"): _("The register does not know this number. Correct it, or leave it empty "
                           "and give names and date of birth."),
    ("niss", "none"): _("A BIS number cannot be made here. Ask for one, and enter it."),
    ("given_name", "missing"): _("Enter the first name, or the number of the person."),
    ("family_name", "missing"): _("Enter the family name, or the number of the person."),
    ("birth_date", "missing"): _("Enter the date of birth, or the number of the person."),
    ("birth_date", "invalid"): _("The date of birth lies in the past. Correct it."),
    ("employer", "missing"): _("Say who the employer is: his foreign VAT number, or your own "
                               "enterprise."),
    ("employer", "unknown"): _("The register does not know this employer. Correct the number."),
    ("client", "missing"): _("Enter the enterprise number of the client in Belgium."),
    ("client", "invalid"): _("This is no enterprise number: it has ten digits, the last two check "
                             "it."),
    ("client", "unknown"): _("The register does not know this enterprise. Correct the number."),
    ("liaison_name", "missing"): _("Name a person of contact in Belgium: the inspection asks him."),
    ("liaison_reach", "missing"): _("Enter a telephone number or an e-mail address of the person "
                                    "of contact."),
    ("sector", "missing"): _("Choose the sector."),
    ("sector", "not_needed"): _("Self-employed people need no declaration in this sector. You may "
                                "make one all the same."),
    ("service", "missing"): _("Say what work is done."),
    ("places", "missing"): _("Enter at least one place of work."),
    ("places", "too_many"): _("A declaration has at most twenty places of work. Make another one "
                              "for the rest."),
    ("weekly_minutes", "missing"): _("Enter the hours a week."),
    ("weekly_minutes", "invalid"): _("Enter the hours a week as 38 or 38:30, at most 80."),
    ("schedule", "missing"): _("Say on which days and at which hours he works."),
    ("first_day", "missing"): _("Enter the first day."),
    ("first_day", "late"): _("The work began before the declaration. It is taken, and the "
                             "inspection sees that it came late."),
    ("first_day", "begun"): _("The posting began already: its first day stays. Change the last "
                              "day."),
    ("last_day", "missing"): _("Enter the last day."),
    ("last_day", "before"): _("The last day is before the first one."),
    ("last_day", "too_long"): _("A declaration covers twelve months at most. Choose an earlier "
                                "last day, and declare again before it."),
    ("last_day", "past"): _("The last day is past. Choose today or a later day."),
}  # fmt: skip
# A change cannot reach back.
LATE_CHANGE: Final = _("The first day cannot be moved to a past day.")


def problem(one: Problem) -> str:
    """What is wrong, and how it is repaired."""
    if (one.field, one.code) == ("first_day", "late") and one.blocks:
        return str(LATE_CHANGE)
    return str(PROBLEMS[one.field, one.code])
