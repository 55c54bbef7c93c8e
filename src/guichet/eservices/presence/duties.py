"""The facts behind the duties of an employer, counted in the registers, the log and the trail."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from guichet.audit.models import Lookup
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.arrangements import filing
from guichet.eservices.presence.corrections import queries as corrections
from guichet.eservices.presence.days import crews
from guichet.eservices.presence.kiosk import queries as devices
from guichet.eservices.presence.kit import operations as kit
from guichet.platform.clock import brussels
from guichet.registers.arrangements import queries as arrangements
from guichet.registers.works import queries as works
from guichet.rules import dated
from guichet.rules.presence_arrangements import Kind, Side
from guichet.rules.presence_corrections import State
from guichet.rules.presence_days import announces_days
from guichet.rules.presence_duties import Facts

_ACTS = """
SELECT count(*), count(*) FILTER (WHERE verdict.validity = 'failed'),
       array_agg(DISTINCT act.ssin) FILTER (WHERE act.ssin = ANY(%(staff)s))
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
# Whose temporary workers an enterprise uses on a day.
_LENT = """
SELECT DISTINCT agency.number, person.niss
FROM enterprises_enterprise AS own
JOIN employments_relation AS relation ON relation.user_enterprise_id = own.id
JOIN enterprises_enterprise AS agency ON agency.id = relation.employer_id
JOIN employments_period AS period ON period.relation_id = relation.id
JOIN persons_person AS person ON person.id = relation.person_id
WHERE own.number = %(own)s AND period.state = 'active' AND period.first_day <= %(today)s
  AND (period.last_day IS NULL OR period.last_day >= %(today)s)
"""
# Since when each of the staff is there, by the first day of all his periods.
_SINCE = """
SELECT count(*) FROM (
    SELECT relation.person_id
    FROM enterprises_enterprise AS own
    JOIN employments_relation AS relation
      ON relation.user_enterprise_id = own.id
      OR (relation.employer_id = own.id AND relation.user_enterprise_id IS NULL)
    JOIN employments_period AS period ON period.relation_id = relation.id
    JOIN persons_person AS person ON person.id = relation.person_id
    WHERE own.number = %(own)s AND period.state = 'active' AND person.niss = ANY(%(staff)s)
    GROUP BY relation.person_id
    HAVING min(period.first_day) <= %(told)s
) AS there
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The facts and since when; the subcontractors and the agencies of which nobody registered
    and with which nothing is agreed; when the staff was told last; how many agreements count."""

    facts: Facts
    since: date
    silent: tuple[str, ...] = field(default=())
    unsettled: tuple[str, ...] = field(default=())
    told_on: date | None = None
    agreements: int = 0


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
        [acts, failed, registered] = cursor.fetchone() or (0, 0, None)
    there = set(registered or ())
    chain = _subcontractors(enterprise, today, since, until)
    lent = _agencies(enterprise, today, there, chain.sites)
    told_on = kit.last_told(enterprise)
    looked = Lookup.objects.using("audit").filter(
        niss__in=staff, at__gte=since, viewer_enterprise=enterprise, purpose__startswith="presence."
    )
    missed = corrections.told_to(enterprise, today).filter(state=State.REPORTED, last_day__lt=today)
    unread = devices.unread_means(enterprise=enterprise)
    facts = Facts(
        staff=len(staff), registered=len(there), acts=acts, failed=failed,
        unread=len({number for one in unread for number in one.numbers}),
        subcontractors=len(chain.all), served=len(chain.all & chain.served),
        agencies=len(lent.all), settled=len(lent.served),
        informed=_there_on(enterprise, staff, told_on),
        consulted=looked.values("niss").distinct().count(),
        waiting=corrections.waiting(enterprise=enterprise, today=today)[0],
        missed=missed.count(),
    )  # fmt: skip
    return Found(
        facts, first, tuple(sorted(chain.all - chain.served)),
        tuple(sorted(lent.all - lent.served)), told_on, chain.agreed + lent.agreed,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Others:
    """Other firms; ``served``: of whom somebody registered or with whom something is agreed."""

    all: set[str]
    served: set[str]
    agreed: int
    sites: frozenset[str] = frozenset()


def _subcontractors(enterprise: str, today: date, since: datetime, until: datetime) -> _Others:
    """Who works below on the sites of IN and OUT; of whom people registered there."""
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
        seen = {row[0] for row in cursor.fetchall()}
    agreed = arrangements.arranged(
        enterprise=enterprise, side=Side.ABOVE, kind=Kind.SUBCONTRACTOR, on=today, sites=sites
    )
    return _Others(below, below & (seen | agreed), len(agreed), references)


def _agencies(enterprise: str, today: date, there: set[str], sites: frozenset[str]) -> _Others:
    """Whose temporary workers are used today; nobody's where nothing is registered."""
    agreed = arrangements.arranged(
        enterprise=enterprise, side=Side.ABOVE, kind=Kind.INTERIM, on=today, sites=sites
    )
    if not filing.sites(enterprise=enterprise, on=today):
        return _Others(set(), set(), len(agreed))
    with connection.cursor() as cursor:
        cursor.execute(_LENT, {"own": enterprise, "today": today})
        lent = cursor.fetchall()
    agencies = {agency for agency, _niss in lent}
    seen = {agency for agency, niss in lent if niss in there}
    return _Others(agencies, agencies & (seen | agreed), len(agreed))


def _there_on(enterprise: str, staff: list[str], told_on: date | None) -> int:
    """How many of the staff were there already when it was told."""
    if told_on is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, {"own": enterprise, "staff": staff, "told": told_on})
        [count] = cursor.fetchone() or (0,)
    return int(count)
