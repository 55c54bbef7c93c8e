"""A small enterprise on a few days, as the pages show it: acts, verdicts, a clerk with a right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from django.db import connection, transaction

from guichet.access.rights import give_right
from guichet.audit.actors import system
from guichet.demo import fixtures, numbers
from guichet.platform.clock import BRUSSELS
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord

ACTOR = system("tests")
CLERK = numbers.niss(born_on=date(1979, 5, 14), is_female=True)
STAFF = tuple(
    PersonRecord(numbers.niss(born_on=born, is_female=female), given, family, born, language)
    for given, family, born, female, language in (
        ("Ewa", "Nowicka", date(1990, 4, 12), True, "en"),
        ("Jonas", "Verbeeck", date(1987, 6, 14), False, "nl"),
        ("Rui", "Da Silva-Peeters", date(1991, 8, 5), False, "fr"),
        ("Luc", "Vandermeulen", date(1978, 9, 23), False, "nl"),
        ("Nadège", "Lambotte", date(1994, 2, 6), True, "fr"),
        ("Sami", "El Amrani-Dubois", date(1997, 7, 12), False, "fr"),
    )
)


@dataclass
class World:
    """Writes acts and verdicts as the log and the validation would, and knows the receipts."""

    today: date
    receipts: list[int] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def receipts_from(self, number: int) -> None:
        """The next acts get receipts from here on: the process gives its own from the bottom."""
        self._numbers = count(number)

    def at(self, text: str, *, day: date | None = None) -> datetime:
        """``06:58`` or ``06:58:12`` in Brussels on a day, today without one."""
        return datetime.combine(day or self.today, time.fromisoformat(text), BRUSSELS)

    def day(self, niss: str, times: str, **given: object) -> list[int]:
        """IN, OUT, IN, … at the moments of ``times``, words apart; the receipts."""
        day = given.pop("day", None)
        kinds = ("in", "out") * 20
        return [
            self.act(niss, kind, self.at(text, day=day), **given)  # type: ignore[arg-type]
            for kind, text in zip(kinds, times.split(), strict=False)
        ]

    def act(
        self,
        niss: str,
        kind: str,
        occurred_at: datetime,
        *,
        employer: str = fixtures.E1,
        site: str = fixtures.S1,
        remarks: Sequence[str] | None = (),
        channel: str = "ws",
    ) -> int:
        """One act, checked with ``remarks``; None for one that nobody has checked yet."""
        day = occurred_at.astimezone(BRUSSELS).date()
        receipt = int(f"{day:%y%m%d}") * 10**9 + next(self._numbers)
        point = dict(zip(("longitude", "latitude"), fixtures.S1_POINT, strict=True))
        with connection.cursor() as cursor:
            cursor.execute("SELECT presence_ensure_month(%s)", [day])
            cursor.execute(
                "INSERT INTO presence_act (receipt, occurred_at, received_at, longitude, latitude,"
                " offset_minutes, type, ssin, enterprise_number, works_reference, activity,"
                " channel) VALUES (%s, %s, %s, %s, %s, 60, %s, %s, %s, %s, 'cleaning', %s)",
                [receipt, occurred_at, occurred_at + timedelta(seconds=2), *point.values(), kind,
                 niss, employer, site, channel],
            )  # fmt: skip
        self.receipts.append(receipt)
        if remarks is not None:
            self.verdict(receipt, occurred_at, remarks)
        return receipt

    def verdict(self, receipt: int, occurred_at: datetime, remarks: Iterable[str]) -> None:
        """One more round for an act; the earlier ones are no longer current."""
        codes = list(remarks)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE presence_verdict SET is_current = false WHERE receipt = %s", [receipt]
            )
            cursor.execute(
                "INSERT INTO presence_verdict SELECT %s, %s, %s, count(*) + 1, true, %s, %s"
                " FROM presence_verdict WHERE receipt = %s",
                [receipt, occurred_at, occurred_at + timedelta(seconds=5),
                 "failed" if codes else "validated", codes, receipt],
            )  # fmt: skip


def build(*, today: date, now: datetime) -> World:
    """The fixtures, the staff of E1 and its clerk; no acts yet."""
    fixtures.load_fixtures(today=today, now=now)
    with transaction.atomic():
        clerk = PersonRecord(CLERK, "Sofie", "Claerhout", date(1979, 5, 14), "fr")
        for person in (clerk, *STAFF):
            persons.register(person=person, actor=ACTOR, now=now)
        for person in STAFF:
            record = EmploymentRecord(
                niss=person.niss, employer=fixtures.E1, joint_committee="121", worker_type="OTH",
                first_day=today - timedelta(days=200),
            )  # fmt: skip
            employments.declare(employment=record, actor=ACTOR, now=now)
        for enterprise in (fixtures.E1, fixtures.E3):
            give_right(
                niss=CLERK, enterprise_number=enterprise, service="presence",
                first_day=today - timedelta(days=30), actor=ACTOR, now=now,
            )  # fmt: skip
    return World(today)


def fill(world: World, *, now: datetime) -> None:
    """A day that stands beside the drawings: remarks, a missing OUT, people there and gone."""
    ewa, jonas, rui, luc, nadege, sami = (person.niss for person in STAFF)
    yesterday = world.today - timedelta(days=1)
    for niss, times in (
        (ewa, "06:58 12:02 12:31 15:32"), (rui, "07:01 11:58 12:30 15:31"),
        (luc, "06:50 10:30 10:45 12:30 13:00 15:30"), (nadege, "07:00 12:05 12:35 15:22"),
    ):  # fmt: skip
        world.day(niss, times, day=yesterday)
    world.day(jonas, "07:02", day=yesterday)
    world.day(ewa, "06:55 12:00 12:28")
    world.act(ewa, "in", world.at("12:29"), remarks=["ciao_21"])
    world.day(rui, "07:01 11:58 12:30 15:31", remarks=["caw_1"])
    world.day(fixtures.W1, "06:58 12:02 12:31")
    world.day(luc, "06:50 10:30 10:45 12:30 13:00 15:30")
    world.day(nadege, "07:00 12:05 12:35 15:22", site=fixtures.S4)
    world.day(sami, "07:04 12:00 12:30", site=fixtures.S4, remarks=None)
    world.day(fixtures.W2, "07:10 12:00", employer=fixtures.E2)
