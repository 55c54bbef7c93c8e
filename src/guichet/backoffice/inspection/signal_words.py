"""Signals in sentences: what was seen, against which figure, and that the figure is ours."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guichet.platform import wording
from guichet.rules.presence_signals import Kind, Signal, Weight

TITLES: Final[dict[Kind, Any]] = {
    Kind.EMPTY: gettext_lazy("Works declared, nobody registered"),
    Kind.ONE_DEVICE: gettext_lazy("One device, many persons"),
    Kind.TWO_PLACES: gettext_lazy("One person at two far sites"),
    Kind.NO_DIMONA: gettext_lazy("No Dimona for days"),
    Kind.MISSING_OUT: gettext_lazy("OUT missing for days"),
}
WEIGHTS: Final[dict[Weight, Any]] = {
    Weight.STRONG: gettext_lazy("Strong signal"),
    Weight.WEAK: gettext_lazy("Weak signal"),
}
# The look of each weight: names of the status tags.
TAGS: Final = {Weight.STRONG: "failed", Weight.WEAK: "warning"}


def seen(signal: Signal, *, elsewhere: str = "") -> str:
    """What was seen, in one or two sentences; ``elsewhere``: the name of the other site."""
    return _SEEN[signal.kind](signal, elsewhere or signal.elsewhere)


def against(signal: Signal) -> str:
    """Against which figure it was seen."""
    return _AGAINST[signal.kind](signal)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _empty(signal: Signal, _elsewhere: str) -> str:
    if signal.weight is Weight.WEAK:
        said = ngettext(
            "The declaration runs, and nobody was registered here in the last %(within)d day.",
            "The declaration runs, and nobody was registered here in the last %(within)d days.",
            signal.within,
        )
        return said % {"within": signal.within}
    said = ngettext(
        "Nobody today. On %(days)d day of the last %(within)d somebody was here by %(hour)s; "
        "persons then: %(persons)d.",
        "Nobody today. On %(days)d days of the last %(within)d somebody was here by %(hour)s; "
        "persons on such a day: %(persons)d.",
        signal.days,
    )
    return said % {
        "days": signal.days,
        "within": signal.within,
        "hour": _clock(signal.figure),
        "persons": signal.persons,
    }


def _one_device(signal: Signal, _elsewhere: str) -> str:
    said = _(
        "%(persons)d persons from %(first)s to %(last)s, from the same sender and exactly the "
        "same point."
    )
    return said % {
        "persons": signal.persons,
        "first": _second(signal.first_at),
        "last": _second(signal.last_at),
    }


def _two_places(signal: Signal, elsewhere: str) -> str:
    said = _("One person at %(elsewhere)s at %(first)s and here at %(last)s: %(km)d km apart.")
    return said % {
        "elsewhere": elsewhere,
        "first": _hour(signal.first_at),
        "last": _hour(signal.last_at),
        "km": round(signal.metres / 1000),
    }


def _no_dimona(signal: Signal, _elsewhere: str) -> str:
    said = ngettext(
        "%(persons)d person without a Dimona of the employer, on up to %(days)d days, from "
        "%(first)s to %(last)s.",
        "%(persons)d persons without a Dimona of the employer, on up to %(days)d days, from "
        "%(first)s to %(last)s.",
        signal.persons,
    )
    return said % {
        "persons": signal.persons,
        "days": signal.days,
        "first": _day(signal.first_at),
        "last": _day(signal.last_at),
    }


def _missing_out(signal: Signal, _elsewhere: str) -> str:
    said = ngettext(
        "%(persons)d person came in and never went out; the oldest IN is of %(first)s. Nobody "
        "asked for a correction.",
        "%(persons)d persons came in and never went out; the oldest IN is of %(first)s. Nobody "
        "asked for a correction.",
        signal.persons,
    )
    return said % {"persons": signal.persons, "first": _moment(signal.first_at)}


def _day(moment: Any) -> str:
    return wording.day(moment)


def _hour(moment: Any) -> str:
    return wording.hour(moment)


def _moment(moment: Any) -> str:
    return wording.moment(moment)


def _second(moment: Any) -> str:
    return wording.second(moment).rpartition(wording.NBSP)[2]


_SEEN: Final = {
    Kind.EMPTY: _empty,
    Kind.ONE_DEVICE: _one_device,
    Kind.TWO_PLACES: _two_places,
    Kind.NO_DIMONA: _no_dimona,
    Kind.MISSING_OUT: _missing_out,
}
_AGAINST: Final = {
    Kind.EMPTY: lambda one: (
        _("Figure: a working day, from %(hour)s on.") % {"hour": _clock(one.figure)}
    ),
    Kind.ONE_DEVICE: lambda one: (
        _("Figure: %(figure)d persons within %(within)d minutes.")
        % {"figure": one.figure, "within": one.within}
    ),
    Kind.TWO_PLACES: lambda one: (
        _("Figure: %(figure)d km an hour, as the crow flies.") % {"figure": one.figure}
    ),
    Kind.NO_DIMONA: lambda one: (
        _("Figure: %(figure)d days within the last %(within)d.")
        % {"figure": one.figure, "within": one.within}
    ),
    Kind.MISSING_OUT: lambda one: (
        _("Figure: an IN that is %(figure)d days old or older.") % {"figure": one.figure}
    ),
}
