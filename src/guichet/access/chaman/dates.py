"""Last days of certificates, for the calendar of who manages the channels."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guichet.access.chaman import expiry
from guichet.access.dates import Dated, register
from guichet.access.sessions import Acting
from guichet.platform import clock


@register
def certificates(acting: Acting, first: date, last: date, now: datetime) -> Iterator[Dated]:
    """The day on which a channel's certificate ends."""
    if acting.enterprise_number is None or "chaman" not in acting.rights:
        return
    for one in expiry.last_certificates(enterprise_number=acting.enterprise_number):
        title = _("A certificate of %(channel)s ends") % {"channel": one.channel.name}
        text = _("Without another one your software obtains no token from then on.")
        place = reverse("chaman:detail", args=[one.channel.client_id])
        yield Dated(clock.today(one.not_after), title, text, place, "amber")
