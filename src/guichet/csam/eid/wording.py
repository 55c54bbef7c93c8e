"""What is said to somebody whose card signed nobody in. Never a number, never a name."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.csam.eid.judge import Refusal


@dataclass(frozen=True, slots=True)
class Words:
    """The fact, why, and what to do now."""

    title: str | Promise
    why: str | Promise
    advice: str | Promise


_AGAIN: Final = _(
    "Close every window of your browser and open it again: it asks which certificate to use only "
    "once."
)
_MUNICIPALITY: Final = _(
    "Your municipality, or your consulate if you live abroad, can tell you more and makes new "
    "cards."
)

REFUSALS: Final[dict[str, Words]] = {
    Refusal.MISSING: Words(
        _("No identity card was read"),
        _("No card was in the reader, it was taken out too soon, or you chose Cancel."),
        _(
            "Insert the card first. Then close every window of your browser and open it again: "
            "many browsers look for a card only when they start."
        ),
    ),
    Refusal.UNREADABLE: Words(
        _("The card could not be read"),
        _("What the browser sent is not a certificate that we can read."),
        _("Take the card out, wipe the chip with a soft cloth and try again."),
    ),
    Refusal.UNKNOWN_ISSUER: Words(
        _("We do not know who issued this certificate"),
        _("It does not come from an authority that issues identity cards that we accept."),
        _AGAIN,
    ),
    Refusal.SIGNATURE: Words(
        _("You chose the certificate for signing"),
        _(
            "Your card has two certificates: one to identify yourself and one to sign documents. "
            "Here we need the one that says Authentication."
        ),
        _AGAIN,
    ),
    Refusal.NOT_YET_VALID: Words(
        _("Your card is not valid yet"),
        _("The certificate on your card begins later."),
        _("Did you receive the card not long ago? Try again tomorrow."),
    ),
    Refusal.EXPIRED: Words(
        _("Your card has expired"),
        _("The certificate on your card was valid until a day that has passed."),
        _MUNICIPALITY,
    ),
    Refusal.NO_NUMBER: Words(
        _("There is no usable national number on this card"),
        _("The certificate is genuine, but the number of the person in it is missing or wrong."),
        _MUNICIPALITY,
    ),
    Refusal.REVOKED: Words(
        _("Your card has been revoked or suspended"),
        _("It was reported lost or stolen, or its certificates were withdrawn."),
        _MUNICIPALITY,
    ),
    Refusal.STATUS_UNAVAILABLE: Words(
        _("We cannot check your card at this moment"),
        _(
            "The service that knows which cards are revoked does not answer. Your card may be in "
            "order, but we have to be sure."
        ),
        _("Try again in a few minutes."),
    ),
    "ticket": Words(
        _("Reading the card took too long"),
        _(
            "After the card is read, this window has one minute, once. It was too late, it was "
            "used already, or you began in another window."
        ),
        _("Nothing was changed. Begin again with the card."),
    ),
    "interrupted": Words(
        _("The reading of the card was interrupted"),
        _("The card was read, but a part of our site does not answer."),
        _("Try again in a few minutes."),
    ),
}
