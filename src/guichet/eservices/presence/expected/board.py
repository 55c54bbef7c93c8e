"""The board of a day: everybody who is expected, where he is, and since when he is late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from guichet.eservices.presence import day_queries
from guichet.eservices.presence.day_queries import ActRow, Wanted
from guichet.eservices.presence.day_rows import WorkerDay
from guichet.eservices.presence.days import queries as days
from guichet.eservices.presence.office_models import Nudge, PlannedMember
from guichet.platform.clock import brussels
from guichet.registers.persons.models import Person
from guichet.registers.works import queries as works
from guichet.rules import presence_expected as rules
from guichet.rules.presence_expected import Begin, Expected, Standing, Why

_ORDER = (
    Standing.LATE, Standing.DUE, Standing.PRESENT, Standing.REGISTERED, Standing.LEFT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is expected on a site.

    ``elsewhere``: the site where he is at this moment instead; ``person_id``: of own staff only;
    ``nudged_at``: when he was reminded today.
    """

    ssin: str = field(repr=False)
    name: str = field(repr=False)
    sort_key: str = field(repr=False)
    enterprise_number: str | None
    employer_name: str
    works_reference: str
    site_name: str
    due_at: datetime
    why: Why
    standing: Standing
    late: timedelta
    since: datetime | None
    elsewhere: str
    person_id: int | None
    nudged_at: datetime | None

    @property
    def late_minutes(self) -> int:
        """Whole minutes since his usual hour."""
        return int(self.late.total_seconds()) // 60

    @property
    def may_be_nudged(self) -> bool:
        """Own staff, late, nowhere else at work, and not reminded yet today."""
        is_missing = self.standing is Standing.LATE and not self.elsewhere
        return is_missing and self.person_id is not None and self.nudged_at is None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a line says of a person, from an act or from the plan."""

    ssin: str = field(repr=False)
    name: str = field(repr=False)
    sort_key: str = field(repr=False)
    enterprise_number: str | None
    employer_name: str
    works_reference: str
    site_name: str


def board(
    *, wanted: Wanted, own: str, rows: Sequence[WorkerDay], now: datetime, language: str
) -> list[Line]:
    """Who is expected today, the late ones first.

    ``wanted``: whose acts tell (own staff, or a view), its window does not matter; ``rows``: the
    workers of today as the page of the day has them.
    """
    known, expected = _expected(wanted, own, brussels(now).date(), language)
    people = _people((known[key].ssin for key in expected), own=own, known=known)
    nudged = dict(
        Nudge.objects.filter(day=brussels(now).date(), person__in=people.values()).values_list(
            "person_id", "sent_at"
        )
    )
    places = _Places(rows, now=now, announced=_announced(known, expected, brussels(now).date()))
    lines = [_line(known[key], one, places, people, nudged) for key, one in expected.items()]
    return sorted(lines, key=lambda one: (_ORDER.index(one.standing), -one.late, one.sort_key))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are expected today; ``missing``: not yet registered, the late ones too."""

    expected: int
    present: int
    registered: int
    missing: int
    late: int


def counts(standings: Sequence[Standing]) -> Counts:
    """What a board amounts to."""
    late = standings.count(Standing.LATE)
    return Counts(
        expected=len(standings),
        present=standings.count(Standing.PRESENT),
        registered=standings.count(Standing.REGISTERED),
        missing=late + standings.count(Standing.DUE),
        late=late,
    )


def tally(
    *, wanted: Wanted, own: str, rows: Sequence[WorkerDay], now: datetime, language: str
) -> Counts:
    """The counts of the board alone; asks nothing about who may be reminded."""
    today = brussels(now).date()
    known, expected = _expected(wanted, own, today, language)
    places = _Places(rows, now=now, announced=_announced(known, expected, today))
    lines = (_line(known[key], one, places, {}, {}) for key, one in expected.items())
    return counts([one.standing for one in lines])


def _expected(
    wanted: Wanted, own: str, today: date, language: str
) -> tuple[dict[str, _Known], Mapping[str, Expected]]:
    """Who is expected, and what is known of each, by person and site."""
    begins = _begins(wanted, today, language)
    plan = _planned(own, today)
    known = {_key(one): _of_act(one) for one in begins} | {
        key: one for key, (one, _at) in plan.items()
    }
    return known, rules.expected(
        (Begin(_key(one), brussels(one.occurred_at).date(), _wall(one)) for one in begins),
        planned={key: at for key, (_one, at) in plan.items()},
        on=today,
    )


def planned(*, enterprise: str, reference: str) -> list[PlannedMember]:
    """Whom an enterprise planned on a site, by name."""
    rows = PlannedMember.objects.filter(enterprise_number=enterprise, works_reference=reference)
    return list(rows.select_related("person").order_by("person__sort_key", "pk"))


def _announced(
    known: Mapping[str, _Known], expected: Iterable[str], today: date
) -> set[tuple[str, str, str | None]]:
    """Of those who are expected, who has a presence of today, where and for whom."""
    asked = [known[key] for key in expected]
    return days.registered(
        day=today,
        sites={one.works_reference for one in asked},
        ssins={one.ssin for one in asked},
    )


class _Places:
    """Where everybody is and was today; ``wall``: the moment, on the clock of Brussels.

    ``announced``: person, site and employer of the presences of today.
    """

    def __init__(
        self,
        rows: Iterable[WorkerDay],
        *,
        now: datetime,
        announced: set[tuple[str, str, str | None]],
    ) -> None:
        self.announced = announced
        self.wall = brussels(now)
        self.here: dict[str, tuple[str, datetime]] = {}
        self.been: set[tuple[str, str]] = set()
        self.names: dict[str, str] = {}
        for row in rows:
            for act in row.acts:
                if row.day == self.wall.date():  # a forgotten OUT of yesterday is no coming today
                    self.been.add((act.ssin, act.works_reference))
                self.names[act.works_reference] = act.site_name or act.works_reference
            if row.is_present and row.open_act:
                self.here[row.worker.ssin] = (row.open_act.site, row.open_act.occurred_at)

    def of(self, one: _Known) -> tuple[bool, datetime | None, str]:
        """Whether he is at this site, since when, else the name of the site where he is."""
        site, since = self.here.get(one.ssin, ("", None))
        if site == one.works_reference:
            return True, since, ""
        return False, None, self.names.get(site, site)


def _line(
    one: _Known,
    expected: Expected,
    places: _Places,
    people: Mapping[str, int],
    nudged: Mapping[int, datetime],
) -> Line:
    wall = places.wall
    is_here, since, elsewhere = places.of(one)
    told, late = rules.standing(
        at=expected.at,
        now=wall,
        is_present=is_here,
        has_been=(one.ssin, one.works_reference) in places.been,
        is_announced=(one.ssin, one.works_reference, one.enterprise_number) in places.announced,
    )
    person = people.get(one.ssin, 0)
    return Line(
        one.ssin, one.name, one.sort_key, one.enterprise_number, one.employer_name,
        one.works_reference, one.site_name,
        due_at=datetime.combine(wall.date(), expected.at, wall.tzinfo), why=expected.why,
        standing=told, late=late, since=since, elsewhere=elsewhere,
        person_id=person or None, nudged_at=nudged.get(person),
    )  # fmt: skip


def _begins(wanted: Wanted, today: date, language: str) -> list[ActRow]:
    told = rules.days_asked(today)
    since, until = day_queries.window(min(told), max(told))
    asked = Wanted(
        since, until, view=wanted.view, enterprise_number=wanted.enterprise_number,
        site=wanted.site, type="in", counted=True,
    )  # fmt: skip
    return day_queries.firsts(wanted=asked, days=told, language=language)


def _planned(own: str, today: date) -> dict[str, tuple[_Known, time]]:
    rows = PlannedMember.objects.filter(
        enterprise_number=own, weekdays__contains=[today.weekday()]
    ).select_related("person")
    found = list(rows)
    names = works.sites(references={row.works_reference for row in found}) if found else {}
    plan = {}
    for row in found:
        person, site = row.person, names.get(row.works_reference)
        one = _Known(
            person.niss, f"{person.family_name} {person.given_name}".strip(), person.sort_key,
            own, "", row.works_reference, site.name if site else "",
        )  # fmt: skip
        plan[f"{person.niss}:{row.works_reference}"] = (one, row.starts_at)
    return plan


def _people(numbers: Iterable[str], *, own: str, known: Mapping[str, _Known]) -> dict[str, int]:
    """The rows of those who are own staff: nobody else is reminded by us."""
    mine = {one.ssin for one in known.values() if one.enterprise_number == own}
    found = Person.objects.filter(niss__in=mine.intersection(numbers), replaced_by=None)
    return dict(found.values_list("niss", "pk"))


def _of_act(act: ActRow) -> _Known:
    return _Known(
        act.ssin, act.worker_name, act.sort_key, act.enterprise_number,
        act.employer_name or act.enterprise_number or act.foreign_vat_number or "",
        act.works_reference, act.site_name,
    )  # fmt: skip


def _key(act: ActRow) -> str:
    return f"{act.ssin}:{act.works_reference}"


def _wall(act: ActRow) -> time:
    return brussels(act.occurred_at).time().replace(second=0, microsecond=0)
