"""Agreements in words, from the side of whoever reads."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.registers.arrangements.queries import ArrangementRecord
from guichet.rules.presence_arrangements import Kind, Registrar, Side, State

# What the reader is to the other party.
ROLES: Final[dict[tuple[Kind, Side], Any]] = {
    (Kind.SUBCONTRACTOR, Side.ABOVE): gettext_lazy("Your subcontractor"),
    (Kind.SUBCONTRACTOR, Side.BELOW): gettext_lazy("Your principal or contractor"),
    (Kind.INTERIM, Side.ABOVE): gettext_lazy("Temp agency whose workers you use"),
    (Kind.INTERIM, Side.BELOW): gettext_lazy("Company that uses your temporary workers"),
}
STATES: Final[dict[State, Any]] = {
    State.RECORDED: pgettext_lazy("agreement", "Recorded"),
    State.CONFIRMED: pgettext_lazy("agreement", "Confirmed"),
    State.CONTESTED: pgettext_lazy("agreement", "Contested"),
    State.WITHDRAWN: pgettext_lazy("agreement", "Withdrawn"),
}
TAGS: Final = {
    State.RECORDED: "waiting",
    State.CONFIRMED: "validated",
    State.CONTESTED: "warning",
    State.WITHDRAWN: "cancelled",
}
PERIODS: Final[dict[str, Any]] = {
    "inForce": gettext_lazy("In force"),
    "coming": gettext_lazy("Begins later"),
    "over": gettext_lazy("Over"),
}


def period(row: ArrangementRecord, *, today: date) -> str:
    """Whether it holds today, begins later, or is over."""
    if row.first_day > today:
        return str(PERIODS["coming"])
    is_over = row.last_day is not None and row.last_day < today
    return str(PERIODS["over" if is_over else "inForce"])


def role(row: ArrangementRecord, own: str) -> str:
    """What the other party is to the reader."""
    return str(ROLES[row.kind, row.side_of(own)])


def registrar(row: ArrangementRecord, own: str, other_name: str) -> str:
    """Who registers, for a party that reads."""
    if row.registrar is Registrar.WORKER:
        return _("The worker himself")
    return _party(Side(row.registrar.value), row, own, other_name)


def supplier(row: ArrangementRecord, own: str, other_name: str) -> str:
    """Who gives the means, for a party that reads."""
    return _party(row.supplier, row, own, other_name)


def _party(side: Side, row: ArrangementRecord, own: str, other_name: str) -> str:
    return _("Your enterprise") if side is row.side_of(own) else other_name
