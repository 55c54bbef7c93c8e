"""Who may be announced at once: own staff, the last crew, the people of subcontractors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db import connection

from guichet.eservices.presence.days import queries
from guichet.eservices.presence.days.queries import DayShown
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_days import announces_days

MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a crew; exactly one of ``ssin`` and ``limosa_number``."""

    ssin: str | None = field(repr=False)
    limosa_number: str | None = field(repr=False)
    employer: str | None
    vat: str | None
    name: str = field(repr=False)
    employer_name: str = ""
    was_last: bool = False

    @property
    def key(self) -> str:
        """What stands for him in a draft."""
        who = self.ssin or self.limosa_number or ""
        return f"{who}:{self.employer or self.vat or ''}"


def sites(*, enterprise: str, on: date) -> list[SiteRecord]:
    """The sites of an enterprise where presences of days are announced, by name."""
    references = works.references_of(enterprise=enterprise, on=on)
    found = works.sites(references=references).values()
    fit = [one for one in found if announces_days(one.activity, on=on)]
    return sorted(fit, key=lambda one: (one.name.casefold(), one.reference))


def own_staff(*, enterprise: str, on: date, ahead: timedelta = timedelta()) -> list[Member]:
    """Who has a Dimona for this enterprise in these days, temp workers that it uses included."""
    with connection.cursor() as cursor:
        cursor.execute(
            _STAFF, {"number": enterprise, "first": on, "last": on + ahead, "most": MOST}
        )
        return [
            Member(niss, None, enterprise, None, f"{family} {given}".strip())
            for niss, given, family, _key in cursor.fetchall()
        ]


def below(*, enterprise: str, reference: str, before: date) -> list[Member]:
    """The people of subcontractors whom anybody announced here on the last day with any."""
    numbers = works.contractors_below(reference=reference, enterprise=enterprise) - {enterprise}
    if not numbers:
        return []
    rows = queries.last_crew(
        works_reference=reference, before=before, senders=enterprise, employers=numbers
    )
    return _members(rows)


def last(*, enterprise: str, reference: str, before: date) -> list[Member]:
    """Whom this enterprise announced here on the last day on which it announced anybody."""
    rows = queries.last_crew(
        works_reference=reference, before=before, senders=enterprise, employers=None
    )
    return _members(rows)


def joined(groups: Sequence[Collection[Member]], *, lasts: Collection[Member]) -> list[Member]:
    """Everybody once, by employer and name; marked who was there the last time."""
    there = {one.key for one in lasts}
    found: dict[str, Member] = {}
    for group in groups:
        for one in group:
            found.setdefault(one.key, one)
    marked = [_marked(one, was_last=one.key in there) for one in found.values()]
    return sorted(marked, key=lambda one: (one.employer_name, one.name.casefold()))


def _marked(one: Member, *, was_last: bool) -> Member:
    return Member(
        one.ssin, one.limosa_number, one.employer, one.vat, one.name, one.employer_name, was_last
    )


def _members(rows: Collection[DayShown]) -> list[Member]:
    return [
        Member(
            row.ssin, row.limosa_number, row.enterprise_number, row.foreign_vat_number,
            row.worker_name, row.employer_name,
        )
        for row in rows
    ]  # fmt: skip


_STAFF: Final = """
SELECT DISTINCT person.niss, person.given_name, person.family_name, person.sort_key
FROM enterprises_enterprise AS enterprise
JOIN employments_relation AS relation
  ON relation.user_enterprise_id = enterprise.id
  OR (relation.employer_id = enterprise.id AND relation.user_enterprise_id IS NULL)
JOIN employments_period AS period ON period.relation_id = relation.id
JOIN persons_person AS person ON person.id = relation.person_id
WHERE enterprise.number = %(number)s
  AND period.state = 'active'
  AND period.first_day <= %(last)s
  AND (period.last_day IS NULL OR period.last_day >= %(first)s)
ORDER BY person.sort_key
LIMIT %(most)s
"""
