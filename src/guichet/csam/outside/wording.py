"""Why a provider outside signed nobody in, in words: what happened, why, what to do."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.rules.foreign_access import Way


@dataclass(frozen=True, slots=True)
class Words:
    """A heading, the reason, and the way on."""

    title: Promise
    why: Promise
    advice: Promise


REFUSALS: Final = {
    "too_late": Words(
        _("The app was not answered in time"),
        _("A question to the app is good for three minutes. Nothing was changed."),
        _("Try again, and have the app at hand."),
    ),
    "refused_in_app": Words(
        _("The question was refused in the app"),
        _("Nobody was signed in. If you did not ask for it, refusing was right."),
        _("Try again, or choose another means."),
    ),
    "pin_locked": Words(
        _("Three wrong PIN codes"),
        _("The question to the app is over. Nothing was changed."),
        _("Try again, or choose another means."),
    ),
    "card_country": Words(
        _("itsme is not open to you here"),
        _(
            "Workers use it with an identity card of Belgium, Luxembourg or the Netherlands; the "
            "representative of a foreign enterprise with a Belgian card only."
        ),
        _("Use another means: the ones that are open to you stand below."),
    ),
    "level": Words(
        _("This means is not accepted"),
        _("Your country does not say that it is substantially or highly sure of you."),
        _("Choose another means."),
    ),
    "refused_abroad": Words(
        _("You were not identified in your country"),
        _("You stopped there, or your country did not recognise you. Nothing was changed."),
        _("Try again, or choose another means."),
    ),
}

WAYS: Final[dict[Way, tuple[str, Promise]]] = {
    Way.EID: ("eid:begin", _("Identity card and card reader")),
    Way.ITSME: ("outside:itsme", _("itsme, simulated")),
    Way.EIDAS: (
        "outside:eidas",
        _("Identification with an electronic identification recognised at European level"),
    ),
    Way.BELGIANID: ("outside:belgianid", _("BelgianID for foreigners")),
}
