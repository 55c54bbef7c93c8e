"""Control cards in words: what a day says, where a card is, why something is refused."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.rules.temporary_unemployment.card_days import DayState
from guichet.rules.temporary_unemployment.card_form import CardForm
from guichet.rules.temporary_unemployment.card_sending import Early, State, Why

STATES: Final[Mapping[DayState, Any]] = {
    DayState.UNEMPLOYED: pgettext_lazy("control card", "Unemployed"),
    DayState.WORK: pgettext_lazy("control card", "Work for this employer"),
    DayState.ELSEWHERE_USUAL: pgettext_lazy(
        "control card", "Work elsewhere, on a day on which I usually work"
    ),
    DayState.ELSEWHERE_UNUSUAL: pgettext_lazy(
        "control card", "Work elsewhere, on a day on which I usually do not work"
    ),
    DayState.OTHER_EMPLOYER: pgettext_lazy("control card", "Work for my other usual employer"),
    DayState.INCAPACITY: pgettext_lazy("control card", "Incapacity for work"),
    DayState.HOLIDAY: pgettext_lazy("control card", "Holiday"),
    DayState.OTHER: pgettext_lazy("control card", "Another reason"),
    DayState.NOT_APPLICABLE: pgettext_lazy("control card", "Not applicable"),
}
HINTS: Final[Mapping[DayState, Any]] = {
    DayState.UNEMPLOYED: _("No work at all this day. You ask an allowance for it."),
    DayState.WORK: _("Any work, be it one hour. Mark it before you begin."),
    DayState.ELSEWHERE_USUAL: _("For yourself or for somebody else. Mark it before you begin."),
    DayState.ELSEWHERE_UNUSUAL: _("A Saturday, for instance. Mark it before you begin."),
    DayState.OTHER_EMPLOYER: _("You have two jobs: this is the other one."),
    DayState.INCAPACITY: _("You are ill or had an accident: letter M."),
    DayState.HOLIDAY: _("Paid holiday: letter V."),
    DayState.OTHER: _("A strike, a leave without pay, a paid absence: letter A."),
}
# What stands in a small box; the words are read aloud and stand in the legend.
SIGNS: Final[Mapping[DayState, str]] = {
    DayState.UNEMPLOYED: "□",
    DayState.WORK: "■",
    DayState.ELSEWHERE_USUAL: "■²",
    DayState.ELSEWHERE_UNUSUAL: "■³",
    DayState.OTHER_EMPLOYER: "■⁴",
    DayState.INCAPACITY: "M",
    DayState.HOLIDAY: "V",
    DayState.OTHER: "A",
    DayState.NOT_APPLICABLE: "",
}
TINTS: Final[Mapping[DayState, str]] = {
    DayState.UNEMPLOYED: "tu-none",
    DayState.WORK: "is-brand",
    DayState.ELSEWHERE_USUAL: "is-teal",
    DayState.ELSEWHERE_UNUSUAL: "is-teal",
    DayState.OTHER_EMPLOYER: "is-teal",
    DayState.INCAPACITY: "is-amber",
    DayState.HOLIDAY: "is-green",
    DayState.OTHER: "is-grey",
    DayState.NOT_APPLICABLE: "tu-out",
}
CARDS: Final[Mapping[State, Any]] = {
    State.OPEN: pgettext_lazy("control card", "To fill in"),
    State.SENT: pgettext_lazy("control card", "Sent"),
    State.CORRECTING: pgettext_lazy("control card", "Being corrected"),
}
FORMS: Final[Mapping[CardForm, Any]] = {
    CardForm.ELECTRONIC: _("The card of this month is electronic only."),
    CardForm.EITHER: _("You hold one card for this month: on paper, or this one."),
    CardForm.PAPER: _(
        "Your joint committee keeps the card on paper. Your employer gives it to you at the "
        "beginning of the month."
    ),
    CardForm.BEFORE: _("Before 2025 the card was on paper, and electronic for who wanted it."),
}
LOOKS: Final[Mapping[State, str]] = {
    State.OPEN: "draft",
    State.SENT: "validated",
    State.CORRECTING: "changed",
}
EARLY: Final[Mapping[Early, Any]] = {
    Early.NOTHING_MORE: _("I ask no allowance any more for the rest of this month"),
    Early.ALLOWED: _("ONEM allowed me an early payment"),
}
BODIES: Final[Mapping[Body, Any]] = {
    Body.CAPAC: _("CAPAC, the public payment body"),
    Body.FGTB: _("FGTB, socialist trade union"),
    Body.CSC: _("CSC, Christian trade union"),
    Body.CGSLB: _("CGSLB, liberal trade union"),
}
REFUSED: Final[Mapping[Why, Any]] = {
    Why.NOT_OPEN: _("This card was sent. Open it again to correct it."),
    Why.TOO_EARLY: _("This card cannot be sent yet. Say why it goes early, or wait."),
    Why.TOO_LATE: _("This card cannot be corrected here any more. Ask your payment body."),
}
WRONGS: Final[Mapping[str, Any]] = {
    "days": _("The days are wrong"),
    "reason": _("The reason is wrong"),
    "worked": _("I worked on one of these days"),
    "not_me": _("I do not work there"),
    "other": _("Something else"),
}


def halves(value: Fraction) -> str:
    """A number in halves as people write it: 4, or 4,5; a point in English."""
    point = "." if (get_language() or "en").startswith("en") else ","
    whole, half = divmod(int(value * 2), 2)
    return f"{whole}{point}5" if half else str(whole)
