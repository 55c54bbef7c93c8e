"""The facts behind the duties of an employer, counted in the registers, the log and the trail."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from guichet.audit.models import Lookup
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.corrections import queries as corrections
from guichet.eservices.presence.days import crews
from guichet.platform.clock import brussels
from guichet.registers.works import queries as works
from guichet.rules import dated
from guichet.rules.presence_corrections import State
from guichet.rules.presence_days import announces_days
from guichet.rules.presence_duties import Facts

_ACTS = """
SELECT count(*), count(*) FILTER (WHERE verdict.validity = 'failed'),
       count(DISTINCT act.ssin) FILTER (WHERE act.ssin = ANY(%(staff)s))
FROM presence_current AS act
LEFT JOIN presence_verdict AS verdict ON verdict.receipt = act.receipt
     AND verdict.occurred_at = act.occurred_at AND verdict.is_current
     AND verdict.occurred_at >= %(since)s AND verdict.occurred_at < %(until)s
WHERE act.enterprise_number = %(own)s AND act.status <> 'cancelled'
  AND act.occurred_at >= %(since)s AND act.occurred_at < %(until)s
"""
_SEEN = """
SELECT DISTINCT coalesce(act.enterprise_number, act.foreign_vat_number)
FROM presence_act AS act
WHERE act.works_reference = ANY(%(sites)s)
  AND act.occurred_at >= %(since)s AND act.occurred_at < %(until)s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The facts, since when, and the subcontractors of whom nobody registered."""

    facts: Facts
    since: date
    silent: tuple[str, ...] = field(default=())


def found(*, enterprise: str, now: datetime) -> Found:
    """What is known of an enterprise at this moment."""
    today = brussels(now).date()
    first = today - timedelta(days=dated.whole("presence.duties.days", on=today))
    since, until = day_queries.window(first, today)
    staff = sorted(
        {one.ssin for one in crews.own_staff(enterprise=enterprise, on=today) if one.ssin}
    )
    asked: dict[str, Any] = {"own": enterprise, "since": since, "until": until, "staff": staff}
    with connection.cursor() as cursor:
        cursor.execute(_ACTS, asked)
        [acts, failed, registered] = cursor.fetchone() or (0, 0, 0)
    below, registering = _subcontractors(enterprise, today, since, until)
    looked = Lookup.objects.using("audit").filter(
        niss__in=staff, at__gte=since, viewer_enterprise=enterprise, purpose__startswith="presence."
    )
    missed = corrections.told_to(enterprise, today).filter(state=State.REPORTED, last_day__lt=today)
    facts = Facts(
        staff=len(staff), registered=registered, acts=acts, failed=failed,
        subcontractors=len(below), registering=len(below & registering),
        consulted=looked.values("niss").distinct().count(),
        waiting=corrections.waiting(enterprise=enterprise, today=today)[0],
        missed=missed.count(),
    )  # fmt: skip
    return Found(facts, first, tuple(sorted(below - registering)))


def _subcontractors(
    enterprise: str, today: date, since: datetime, until: datetime
) -> tuple[set[str], set[str]]:
    """Who works below on the sites of IN and OUT, and whose people registered there."""
    references = works.references_of(enterprise=enterprise, on=today)
    sites = [
        one.reference
        for one in works.sites(references=references).values()
        if not announces_days(one.activity, on=today)
    ]
    below: set[str] = set()
    for reference in sites:
        below |= works.contractors_below(reference=reference, enterprise=enterprise)
    below.discard(enterprise)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"sites": sites, "since": since, "until": until})
        return below, {row[0] for row in cursor.fetchall()}
