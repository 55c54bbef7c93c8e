"""How every register is changed: inside the caller's transaction, by somebody, wholly or not.

The database keeps the promises; what it refuses comes out as ``RegisterRefused`` with the name
of the broken constraint and a sentence for people.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db import DataError, IntegrityError, models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.platform.db import savepoint

OVERLAP: Final = _("These days overlap a period that the register already holds.")
ORDER: Final = _("The last day lies before the first day.")
_UNKNOWN: Final = _("The register cannot hold this.")


class Outcome(StrEnum):
    """What a registration did to the register."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class RegisterRefused(Exception):
    """A register refuses a change; ``code`` is stable, the sentence holds no personal data."""

    def __init__(self, code: str, sentence: str | Promise = _UNKNOWN) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


@contextmanager
def changing(
    *, actor: Actor, now: datetime, refusals: Mapping[str, str | Promise]
) -> Iterator[None]:
    """Change registers as ``actor``; raises RegisterRefused with nothing changed.

    ``refusals``: the sentence for each constraint of the tables concerned.
    Raises NoTransaction when the caller has opened no transaction.
    """
    try:
        with savepoint(), acting(actor, now=now):
            yield
    except IntegrityError as broken:
        name = _constraint(broken)
        if name == "audit_history_actor_given":
            raise
        raise RegisterRefused(name, refusals.get(name, _UNKNOWN)) from None
    except DataError:  # a NUL character, an impossible number
        raise RegisterRefused("value_impossible", _UNKNOWN) from None


def bring_up_to_date(row: models.Model, columns: Mapping[str, Any]) -> Outcome:
    """Save what differs between a stored row and the wanted ``columns``."""
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, columns[name])
    if changed:
        row.save(update_fields=changed)
        return Outcome.CHANGED
    return Outcome.UNCHANGED


def bring_rows_up_to_date(
    rows: models.QuerySet[Any], wanted: Iterable[Mapping[str, Any]], **owner: models.Model
) -> bool:
    """Make ``rows`` of an ``owner``, told apart by ``position`` from 1, the wanted ones.

    True when anything had to be added, changed or removed.
    """
    stored = {row.position: row for row in rows.filter(**owner)}
    changed = False
    for position, columns in enumerate(wanted, 1):
        row = stored.pop(position, None)
        if row is None:
            rows.create(position=position, **owner, **columns)
            changed = True
        elif bring_up_to_date(row, columns) is Outcome.CHANGED:
            changed = True
    for row in stored.values():
        row.delete()
    return changed or bool(stored)


def joined_days(*periods: tuple[date, date | None]) -> tuple[date, date | None]:
    """The shortest period that holds all of them; an absent last day is an open end."""
    lasts = [last for _first, last in periods]
    ends = [last for last in lasts if last is not None]
    return min(first for first, _last in periods), max(ends) if len(ends) == len(lasts) else None


def _constraint(broken: IntegrityError) -> str:
    diagnosis = getattr(broken.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or "constraint_unknown"
