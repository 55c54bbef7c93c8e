"""What the pages of Interim@Work say: kinds, states, contracts."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.rules.dimona.catalogue import ANOMALIES
from guichet.rules.interim import Contract, Kind, State

KINDS: Final[dict[Kind, Promise]] = {
    Kind.TEMPORARY: _("Temporary work"),
    Kind.FLEXI: _("Flexi-job"),
    Kind.STUDENT: pgettext_lazy("worker type", "Student"),
}
# The worker types of Dimona that agencies use, where they say more than the kind.
TYPES: Final[dict[str, Promise]] = {
    "OTH": _("Ordinary worker"),
    "STU": pgettext_lazy("worker type", "Student"),
    "FLX": _("Flexi-job"),
    "EXT": _("Occasional worker"),
    "BCW": _("Construction worker"),
    "DWD": _("Without declaration of contributions"),
    "IVT": _("Individual vocational training"),
    "TRI": _("Transition internship"),
}
STATES: Final[dict[State, Promise]] = {
    State.PLANNED: pgettext_lazy("relation", "Declared, planned"),
    State.RUNNING: pgettext_lazy("relation", "Running"),
    State.ENDED: pgettext_lazy("relation", "Ended"),
    State.LATE: pgettext_lazy("relation", "Declared late"),
    State.CHANGED: pgettext_lazy("relation", "Changed"),
    State.CANCELLED: pgettext_lazy("relation", "Cancelled"),
    State.IN_TREATMENT: pgettext_lazy("relation", "In treatment"),
}
LOOKS: Final[dict[State, str]] = {
    State.PLANNED: "expected",
    State.RUNNING: "in-progress",
    State.ENDED: "validated",
    State.LATE: "warning",
    State.CHANGED: "changed",
    State.CANCELLED: "cancelled",
    State.IN_TREATMENT: "waiting",
}
CONTRACTS: Final[dict[Contract, Promise]] = {
    Contract.DAY: _("One day"),
    Contract.WEEK: _("One week at most"),
    Contract.LONGER: _("Longer than a week"),
}
ACTS: Final[dict[str, Promise]] = {
    "in": _("The agency declared the beginning"),
    "update": _("The agency changed the declaration"),
    "out": _("The agency declared the end"),
    "cancel": _("The agency cancelled the declaration"),
}
EXPLAINED: Final[dict[State, Promise]] = {
    State.PLANNED: _("The agency declared it; the work has not begun."),
    State.RUNNING: _("The agency declared it; today lies within its days."),
    State.ENDED: _("The last day is over."),
    State.LATE: _(
        "The agency declared after the work began. A late or missing declaration can delay your "
        "allowances: if a payment does not come, show this page to your payment institution."
    ),
    State.CHANGED: _("The agency changed the days after it declared them."),
    State.CANCELLED: _("The agency took the declaration back: you are not declared on these days."),
    State.IN_TREATMENT: _(
        "The declaration arrived; who you are is still being looked up. Nothing is asked of you."
    ),
}


def committee(number: str) -> str:
    """The joint committee of a user company; Dimona tells only some of them apart."""
    if number == "XXX":
        return gettext("another joint committee (XXX)")
    return gettext("joint committee %(number)s") % {"number": number}


def anomaly(code: str) -> str:
    """What a remark says in the language of the page; the code for an unknown one."""
    found = ANOMALIES.get(code)
    return found.label.in_language(get_language() or "en") if found else code
