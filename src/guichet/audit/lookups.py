"""Looking at a person leaves a trace, on a connection of its own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import connections

from guichet.audit.actors import Actor
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
    given = {
        "at": now,
        "viewer_kind": viewer.kind,
        "viewer_id": viewer.id,
        "viewer_enterprise": viewer.mandatary or viewer.enterprise,
        "purpose": purpose,
        "channel": channel,
        "trace_id": tracing.current(),
        "subjects": list(dict.fromkeys(subjects)),
    }
    # A page shows hundreds of people: one statement, and no object for each of them.
    with connections["audit"].cursor() as cursor:
        cursor.execute(_NOTE, given)


_NOTE: Final = """
INSERT INTO audit_lookup
       (at, viewer_kind, viewer_id, viewer_enterprise, niss, purpose, channel, trace_id)
SELECT %(at)s, %(viewer_kind)s, %(viewer_id)s, %(viewer_enterprise)s, niss, %(purpose)s,
       %(channel)s, %(trace_id)s
FROM unnest(%(subjects)s::text[]) AS niss
"""
