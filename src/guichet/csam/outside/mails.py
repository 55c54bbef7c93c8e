"""Mail about a request for BelgianID: a link and what to do; no name and no code stands in it."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.csam.outside.models import Request
from guichet.platform import post, wording

# Below the sign-in provider's own address: mail is written by the desk's pages too, which stand
# on another origin and know no route of the provider.
CONFIRM: Final = "/outside/belgianid/confirm/{secret}/"
ACTIVATE: Final = "/outside/belgianid/activate/{secret}/"
AGAIN: Final = "/outside/belgianid/"


def proposed(row: Request, *, secret: str, now: datetime) -> None:
    """A slot, and the link to confirm or cancel it."""
    with override(row.language):
        _send(row, _("Your video interview"), [
            _("We propose your video interview for %(when)s (Brussels time).") % _when(row),
            _("Confirm or cancel it on this page. You need the security code that you received "
              "with your request, and a colour copy of your identity document:"),
            _address(CONFIRM, secret),
            _until(row),
        ], now)  # fmt: skip


def confirmed(row: Request, *, now: datetime) -> None:
    """The slot stands."""
    with override(row.language):
        _send(row, _("Your video interview is confirmed"), [
            _("We see you on %(when)s (Brussels time).") % _when(row),
            _("Have the document of which you sent a copy at hand, in good light. We call you."),
        ], now)  # fmt: skip


def refused(row: Request, *, now: datetime) -> None:
    """The interview did not lead to a key."""
    with override(row.language):
        _send(row, _("Your request for BelgianID"), [
            _("After the interview we could not be sure who you are. You receive no key."),
            _("The copy of your document is removed. You may ask for another interview:"),
            _address(AGAIN),
        ], now)  # fmt: skip


def activation(row: Request, *, secret: str, now: datetime) -> None:
    """The link to the page where the key is made."""
    with override(row.language):
        _send(row, _("Activate your digital key"), [
            _("Your identity is confirmed. Make your key on this page, with the activation code "
              "that the agent gave you in the interview:"),
            _address(ACTIVATE, secret),
            _until(row),
        ], now)  # fmt: skip


def ended(row: Request, *, now: datetime) -> None:
    """The request is over without a key: cancelled, or its time has passed."""
    with override(row.language):
        _send(row, _("Your request for BelgianID has ended"), [
            _("Nothing is kept of the copy of your document. You may ask for another interview:"),
            _address(AGAIN),
        ], now)  # fmt: skip


def _send(row: Request, subject: str, paragraphs: list[str], now: datetime) -> None:
    reference = _("Your reference: %(reference)s") % {"reference": row.reference}
    body = "\n\n".join([*paragraphs, reference])
    post.mail(to=row.email, subject=subject, body=body, now=now, language=row.language)


def _when(row: Request) -> dict[str, str]:
    if row.slot_at is None:
        raise ValueError("a mail about a slot has a slot")
    return {"when": f"{wording.long_day(row.slot_at)}, {wording.clock(row.slot_at)}"}


def _until(row: Request) -> str:
    until = f"{wording.day_words(row.until)}, {wording.clock(row.until)}"
    return _("The link works once, until %(until)s.") % {"until": until}


def _address(path: str, secret: str = "") -> str:
    return settings.ENVIRONMENT.csam_url + path.format(secret=secret)
