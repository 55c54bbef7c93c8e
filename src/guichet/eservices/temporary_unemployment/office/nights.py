"""A whole night, by one process or by several that share the work."""

from __future__ import annotations

import math
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from typing import Final

from guichet.audit import trail
from guichet.eservices.temporary_unemployment.office import night_process
from guichet.eservices.temporary_unemployment.office.models import Run
from guichet.eservices.temporary_unemployment.office.night import (
    ACTOR,
    Part,
    deliver_part,
    waiting,
    withdraw_void,
)
from guichet.platform import clock
from guichet.platform.db import transaction

# Fewer than so many are not worth another process.
_FEW: Final = 200


def run(*, now: datetime, processes: int = 1) -> Run | None:
    """Send everything that is due; None when nothing is. What cannot go yet is left for later.

    What the employer changed or withdrew before he could see the decision does not go out.
    """
    with transaction(actor=ACTOR):
        withdraw_void(now=now)
    total = waiting(now)
    if not total:
        return None
    with transaction(actor=ACTOR):
        row = Run.objects.create(kind="night", state="running", total=total, started_at=now)
    parts = 1 if total < _FEW else min(processes, math.ceil(total / _FEW))
    if parts == 1:
        deliver_part(part=Part(), run=row.pk, now=now)
    else:
        _in_processes(parts, row.pk, now)
    with transaction(actor=ACTOR):
        row.refresh_from_db()
        row.state, row.left, row.ended_at = "done", waiting(now), clock.now()
        row.save(update_fields=["state", "left", "ended_at"])
        trail.record(
            action="temporaryUnemployment.decisions.sent", actor=ACTOR, target=f"run/{row.pk}",
            now=now, detail={"total": total, "done": row.done, "left": row.left},
        )  # fmt: skip
    return row


def _in_processes(parts: int, run: int, now: datetime) -> None:
    pool = ProcessPoolExecutor(
        max_workers=parts, mp_context=get_context("spawn"), initializer=night_process.start
    )
    with pool:
        asked = [
            pool.submit(night_process.deliver, number, parts, run, now) for number in range(parts)
        ]
        for one in asked:
            one.result()
