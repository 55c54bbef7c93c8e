"""The words of the inspection: kinds of purpose, looks, lateness, senders."""

from datetime import timedelta
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from guichet.backoffice.inspection.log_queries import Found
from guichet.backoffice.inspection.purposes import KINDS
from guichet.eservices.presence.days.words import CHANNELS, STATES, TAGS
from guichet.eservices.presence.words import TYPES, RemarkText, remark_text
from guichet.platform import clock, wording
from guichet.rules.remarks import ACTIVITIES

__all__ = ["CHANNELS", "KINDS", "STATES", "TAGS", "RemarkText", "remark_text"]

LOOKS: Final[dict[str, Any]] = {
    "search": gettext_lazy("Search"),
    "file": gettext_lazy("File of a search"),
    "registration": gettext_lazy("One registration"),
    "site": gettext_lazy("Site"),
    "signals": gettext_lazy("Signals"),
    "method": gettext_lazy("Alternative method"),
    "document": gettext_lazy("Document of a method"),
}

FILES: Final[dict[str, Any]] = {
    "waiting": gettext_lazy("Being made"),
    "done": gettext_lazy("Ready"),
    "failed": gettext_lazy("Not made"),
}


def activity(code: str) -> str:
    """An activity in the reader's language; an unknown code speaks for itself."""
    known = ACTIVITIES.get(code)
    return code if known is None else known.in_language(get_language() or "en")


def kind(row: Found) -> str:
    """IN, OUT, or the presence of a day."""
    return _("Day") if row.kind == "day" else str(TYPES[row.kind])


def late(row: Found) -> str:
    """How long after the act it arrived; for a day, on which side of its beginning."""
    if row.kind == "day":
        return _day_late(row)
    seconds = max(0, int((row.received_at - row.at).total_seconds()))
    if seconds < 60:
        said = ngettext("%(count)d second later", "%(count)d seconds later", seconds)
        return said % {"count": seconds}
    minutes = wording.duration(seconds // 60)
    return _("%(duration)s later") % {"duration": minutes}


def _day_late(row: Found) -> str:
    ahead = (row.day - clock.today(row.received_at)) // timedelta(days=1)
    if ahead == 0:
        return _("on the day itself")
    if ahead < 0:
        return _("after its day")
    said = ngettext("%(count)d day before", "%(count)d days before", ahead)
    return said % {"count": ahead}


def sender(row: Found) -> str:
    """Who sent it: an enterprise by name, or the person by his own means."""
    if row.sender:
        return row.sender_name or row.sender
    return _("The person")


def channel(row: Found) -> str:
    """By which way it came."""
    return str(CHANNELS.get(row.channel, row.channel))
