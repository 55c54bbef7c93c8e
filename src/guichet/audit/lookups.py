"""Looking at a person leaves a trace, on a connection of its own."""

from collections.abc import Iterable
from datetime import datetime

from guichet.audit.actors import Actor
from guichet.audit.models import Lookup
from guichet.platform import tracing


def looked_up(
    *, viewer: Actor, subjects: Iterable[str], purpose: str, channel: str, now: datetime
) -> None:
    """Note that ``viewer`` saw data of ``subjects`` (numbers of persons), each of them once.

    ``purpose``: why, as a code (``presence.search``); ``channel``: by which door (``rest``,
    ``portal``, …). Written at once and apart, so that a page that reads only, or an answer that
    fails later, leaves the trace all the same. Looking at oneself is noted too. Who looks by
    mandate is named with his own enterprise: it is the one that saw the data.
    """
    trace_id = tracing.current()
    Lookup.objects.using("audit").bulk_create(
        Lookup(
            at=now,
            viewer_kind=viewer.kind,
            viewer_id=viewer.id,
            viewer_enterprise=viewer.mandatary or viewer.enterprise,
            niss=niss,
            purpose=purpose,
            channel=channel,
            trace_id=trace_id,
        )
        for niss in dict.fromkeys(subjects)
    )
