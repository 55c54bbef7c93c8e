"""The QR code of a registration: an address whose fragment is the slip; no server sees it."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse

from guichet.eservices.presence.day_queries import ActRow
from guichet.eservices.presence.days.queries import DayShown
from guichet.eservices.presence.receipts import keys, slips
from guichet.eservices.presence.receipts.keys import ReceiptKeysMissing
from guichet.eservices.presence.receipts.slips import Slip
from guichet.platform import clock


@dataclass(frozen=True, slots=True)
class Square:
    """``image``: of the QR code, as a data address; ``text``: the slip; ``address``: with it."""

    image: str
    text: str
    address: str


def of_act(act: ActRow) -> Square | None:
    """For an IN or OUT as it holds now; None where this installation signs no receipts.

    What was cancelled proves nothing any more.
    """
    if not act.counts:
        return None
    return _square(
        slips.slip_of(
            receipt=act.receipt,
            kind=act.type,
            at=clock.brussels(act.occurred_at),
            site=act.works_reference,
            employer=act.enterprise_number or act.foreign_vat_number or "",
            number=act.ssin,
        )
    )


def of_day(row: DayShown) -> Square | None:
    """For a presence of a day; None where this installation signs no receipts."""
    return _square(
        slips.slip_of(
            receipt=row.receipt,
            kind="day",
            at=row.day,
            site=row.works_reference,
            employer=row.enterprise_number or row.foreign_vat_number or "",
            number=row.ssin or row.limosa_number or "",
        )
    )


def _square(slip: Slip) -> Square | None:
    try:
        held = keys.current()
    except ReceiptKeysMissing:
        return None
    text = slips.signed(slip, key=held.key, name=held.name)
    address = f"{settings.ENVIRONMENT.url.rstrip('/')}{reverse('receipts:verify')}#{text}"
    image = segno.make(address, error="l", micro=False).svg_data_uri(
        scale=3, border=4, dark="#000", light="#fff"
    )
    return Square(image, text, address)
