"""The payments of one month at an office: a page of them, all of them, and what they add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.recovery import ledger
from guichet.eservices.career_break.recovery.ledger import Month
from guichet.kernel.period import Period

Payment = tuple[Request, Month]
_PIECE: Final = 500


@dataclass(frozen=True, slots=True)
class Total:
    """Payments of one kind: how many, and their sums in cents. ``net`` is the sum of what is
    transferred, ``held`` the part of it that waits because the office looks at a file again;
    ``unknown``: how many have no amount."""

    count: int = 0
    gross: int = 0
    net: int = 0
    held: int = 0
    unknown: int = 0

    @property
    def tax(self) -> int:
        """What is withheld, in cents."""
        return self.gross - self.net

    def plus(self, month: Month) -> Total:
        """With one payment more."""
        gross, net = month.line.gross, month.line.net
        if gross is None or net is None:
            return replace(self, count=self.count + 1, unknown=self.unknown + 1)
        held = net.cents if month.state == ledger.HELD else 0
        return Total(
            self.count + 1, self.gross + gross.cents, self.net + net.cents, self.held + held,
            self.unknown,
        )  # fmt: skip


def files(office: str, *, days: Period) -> QuerySet[Request]:
    """The files of an office of which a decision paid, or may have paid, on some days."""
    rows = Decision.objects.filter(request=OuterRef("pk"), result__in=("granted", "partly"))
    rows = rows.filter(content__paid__0__lte=days.last_day.isoformat()).filter(
        Q(content__paid__1__gte=days.first_day.isoformat()) | Q(content__paid__1=None)
    )
    return Request.objects.filter(Exists(rows), office=office)


def count(offices: Collection[str], *, month: Period) -> int:
    """How many files of some offices may give an allowance for a month."""
    return _rows(offices, month).count()


def page(
    offices: Collection[str], *, month: Period, today: date, limit: int, offset: int
) -> list[Payment]:
    """The payments of a page of these files."""
    return list(_payments(_rows(offices, month)[offset : offset + limit], month, today))


def every(offices: Collection[str], *, month: Period, today: date) -> Iterator[Payment]:
    """Every payment of some offices for a month, in the order of the pages."""
    yield from _payments(_rows(offices, month).iterator(chunk_size=_PIECE), month, today)


def totals(payments: Iterable[Payment]) -> tuple[dict[str, Total], Total]:
    """What payments add up to by kind of leave, the largest first, and all together."""
    by_leave: dict[str, Total] = {}
    whole = Total()
    for row, month in payments:
        by_leave[row.leave] = by_leave.get(row.leave, Total()).plus(month)
        whole = whole.plus(month)
    ordered = sorted(by_leave.items(), key=lambda one: (-one[1].net, one[0]))
    return dict(ordered), whole


def _payments(rows: Iterable[Request], month: Period, today: date) -> Iterator[Payment]:
    key = ledger.month_of(month)
    ran: dict[str, frozenset[ledger.MonthKey]] = {}
    for row in rows:
        if row.office not in ran:
            ran[row.office] = ledger.months_run(row.office)
        for one in ledger.months(row, today=today, ran=ran[row.office]):
            if ledger.month_of(one.line.period) == key:
                yield row, one


def _rows(offices: Collection[str], month: Period) -> QuerySet[Request]:
    rows = Request.objects.filter(office__in=offices, decisions__result__in=("granted", "partly"))
    first, last = month.first_day.isoformat(), month.last_day.isoformat()
    rows = rows.filter(decisions__content__paid__0__lte=last).filter(
        Q(decisions__content__paid__1__gte=first) | Q(decisions__content__paid__1=None)
    )
    rows = rows.select_related("person", "employer").prefetch_related(
        "decisions__letters", "payments__run"
    )
    return rows.order_by("search_key", "pk").distinct()
