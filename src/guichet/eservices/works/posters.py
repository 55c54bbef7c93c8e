"""The poster of an address of a site: asked for, made and sealed by the documents service."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit import trail
from guichet.documents import squares
from guichet.documents.operations import Recipient, issue
from guichet.eservices.works.operations import Sender, UnknownDeclaration
from guichet.eservices.works.queries import Seen
from guichet.kernel.works import WorksReference
from guichet.platform.db import transaction

KIND: Final = "works.poster"
_TEMPLATE: Final = "works-poster"
_LANGUAGES: Final = ("fr", "nl", "de", "en")


def ask(*, seen: Seen, at: int, language: str, sender: Sender, now: datetime) -> str:
    """Ask for the poster of the address ``at``, from zero; the reference of the document.

    Raises UnknownDeclaration where the declaration has no such address.
    """
    site = seen.site
    if site is None or not 0 <= at < len(site.addresses):
        raise UnknownDeclaration(seen.row.number)
    with transaction(actor=sender.actor), override(language):
        reference = issue(
            template=_TEMPLATE,
            data=_content(seen, at),
            language=language,
            title=_("Poster of site %(number)s") % {"number": seen.row.site_reference},
            recipient=Recipient(enterprise_number=seen.row.declarant.number),
            kind=KIND,
            actor=sender.actor,
            now=now,
        )
        trail.record(
            action="works.poster.requested",
            actor=sender.actor,
            target=seen.row.number,
            now=now,
            detail={"document": reference, "address": at + 1},
        )
    return reference


def place_of(reference: str, at: int) -> str:
    """What the QR code says: the site, and which of its addresses when there are several."""
    place = f"{settings.ENVIRONMENT.url}{reverse('poster:site', args=[reference])}"
    return f"{place}?a={at + 1}" if at else place


def _content(seen: Seen, at: int) -> dict[str, Any]:
    reference = seen.row.site_reference
    place = place_of(reference, at)
    address = seen.site.addresses[at].address.in_one_line() if seen.site else ""
    return {
        "name": seen.row.name,
        "address": address,
        "number": WorksReference(reference).formatted(),
        "number_label": " / ".join(_each(_number_label)),
        "place": place,
        "qr": squares.drawing(place, error="q"),
        "alt": _("QR code that leads to the registration of presences at site %(number)s")
        % {"number": reference},
        "texts": _each(_text),
    }


def _each(said: Any) -> list[Any]:
    found = []
    for language in _LANGUAGES:
        with override(language):
            found.append(said(language))
    return found


def _number_label(_language: str) -> str:
    return _("Site number")


def _text(language: str) -> dict[str, str]:
    return {
        "language": language,
        "title": _("Register your presence"),
        "text": _(
            "Scan the square with your telephone, or enter the site number. Register before you "
            "begin; where breaks and the end are registered too, do so at once."
        ),
    }
