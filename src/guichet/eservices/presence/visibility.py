"""Who sees which acts of presence.

An enterprise sees, through its machines:

- the acts of its own staff, wherever they work;
- every act on a site that it declared, or of which it is the principal;
- where it is a subcontractor: the acts of its own subcontractors, at any depth, on that site and
  while each of them works for it;
- as an interim agency: the acts of the workers it lends, at the firm that uses them;
- what its own technical channel sent.

Source: the institutions' pages on who consults presences. Nobody else sees
anything; what one may not see is as unknown as
what does not exist.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from guichet.platform.clock import BRUSSELS
from guichet.presence_log.read import StoredAct

# A day that no chain reaches: psycopg has no word for a date "infinity".
FOREVER: Final = date(9999, 12, 31)

_SITES: Final = """
SELECT site.reference
FROM works_site AS site
JOIN enterprises_enterprise AS caller ON caller.number = %(enterprise)s
WHERE site.principal_id = caller.id
   OR EXISTS (SELECT 1 FROM works_contract AS contract
              WHERE contract.site_id = site.id AND contract.declarant_id = caller.id)
ORDER BY site.reference
"""

# An employer in the chain stands earlier than whom he employs, so the walk down ends.
_CHAIN: Final = """
WITH RECURSIVE below AS (
    SELECT own.id, own.contract_id, own.first_day,
           coalesce(own.last_day, %(forever)s) AS last_day, 0 AS depth
    FROM works_intervention AS own
    JOIN enterprises_enterprise AS caller ON caller.id = own.enterprise_id
    WHERE caller.number = %(enterprise)s
    UNION ALL
    SELECT next.id, next.contract_id, greatest(next.first_day, below.first_day),
           least(coalesce(next.last_day, %(forever)s), below.last_day), below.depth + 1
    FROM works_intervention AS next
    JOIN below ON next.employed_by_id = below.id
)
SELECT DISTINCT site.reference, enterprise.number, link.foreign_vat_number,
       below.first_day, below.last_day
FROM below
JOIN works_intervention AS link ON link.id = below.id
JOIN works_contract AS contract ON contract.id = below.contract_id
JOIN works_site AS site ON site.id = contract.site_id
LEFT JOIN enterprises_enterprise AS enterprise ON enterprise.id = link.enterprise_id
WHERE below.depth > 0 AND below.first_day <= below.last_day
ORDER BY 1, 2, 3, 4
"""

_LENDS: Final = """
SELECT EXISTS (
    SELECT 1 FROM employments_relation AS relation
    JOIN enterprises_enterprise AS caller ON caller.id = relation.employer_id
    WHERE caller.number = %(enterprise)s AND relation.user_enterprise_id IS NOT NULL
)
"""

_LENT: Final = """
SELECT EXISTS (
    SELECT 1 FROM employments_relation AS relation
    JOIN enterprises_enterprise AS caller ON caller.id = relation.employer_id
    JOIN enterprises_enterprise AS user_firm ON user_firm.id = relation.user_enterprise_id
    JOIN persons_person AS person ON person.id = relation.person_id
    JOIN employments_period AS period ON period.relation_id = relation.id
    WHERE caller.number = %(enterprise)s AND user_firm.number = %(user)s
      AND person.niss = %(ssin)s AND period.state = 'active'
      AND %(day)s BETWEEN period.first_day AND coalesce(period.last_day, %(forever)s)
)
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A subcontractor below the caller on one site, both days included."""

    works_reference: str
    enterprise_number: str | None
    foreign_vat_number: str | None
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class View:
    """What one technical channel of one enterprise may see, beside what it sent itself."""

    enterprise_number: str
    channel: int
    sites: tuple[str, ...] = ()
    chain: tuple[Link, ...] = ()
    lends_workers: bool = False


def view_of(*, enterprise_number: str, channel: int) -> View:
    """The view of ``channel`` (its row) of an enterprise, as the registers stand."""
    asked: dict[str, str | date] = {"enterprise": enterprise_number, "forever": FOREVER}
    with connection.cursor() as cursor:
        cursor.execute(_SITES, asked)
        sites = tuple(reference for (reference,) in cursor.fetchall())
        cursor.execute(_CHAIN, asked)
        chain = tuple(Link(*row) for row in cursor.fetchall())
        cursor.execute(_LENDS, asked)
        [lends_workers] = cursor.fetchone() or (False,)
    return View(enterprise_number, channel, sites, chain, lends_workers)


def may_see(*, view: View, act: StoredAct) -> bool:
    """Whether the view holds this act."""
    if act.enterprise_number == view.enterprise_number or act.sender == view.channel:
        return True
    if act.works_reference in view.sites:
        return True
    day = _day(act.occurred_at)
    return _is_below(view, act, day) or (view.lends_workers and _is_lent(view, act, day))


def _day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()


def _is_below(view: View, act: StoredAct, day: date) -> bool:
    employer = (act.enterprise_number, act.foreign_vat_number)
    return any(
        link.works_reference == act.works_reference
        and (link.enterprise_number, link.foreign_vat_number) == employer
        and link.first_day <= day <= link.last_day
        for link in view.chain
    )


def _is_lent(view: View, act: StoredAct, day: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            _LENT,
            {
                "enterprise": view.enterprise_number,
                "user": act.enterprise_number,
                "ssin": act.ssin,
                "day": day,
                "forever": FOREVER,
            },
        )
        [found] = cursor.fetchone() or (False,)
    return bool(found)
