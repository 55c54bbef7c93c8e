"""What the employers communicated about a worker, as his cards and pages need it."""

from collections.abc import Collection
from datetime import date


def first_days(
    *, numbers: Collection[str], employer: str, first: date, last: date
) -> frozenset[date]:
    """The first effective days that an employer communicated about a worker in these days."""
    return frozenset()


def employers(*, numbers: Collection[str], first: date, last: date) -> frozenset[str]:
    """The employers that communicated anything about the worker for these days."""
    return frozenset()


def workers(*, month: date) -> frozenset[tuple[int, str]]:
    """Whom an employer communicated anything about for a month: key of the person, employer."""
    return frozenset()
