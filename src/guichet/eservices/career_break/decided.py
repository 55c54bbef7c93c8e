"""Decisions as those outside the office may know them: from the day on which they are sent.

A decision goes out on the next working day, so that a mistake can still be held back: until then
the file is being handled for everybody else, and what was held back never was.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When

from guichet.eservices.career_break.models import Decision, Request, Version
from guichet.rules.career_break.states import State

_HELD_BACK: Final = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request is for its worker; ``decisions``: those that he may know, newest first.

    ``hidden_at``: the moments of the others.
    """

    state: State
    decisions: tuple[Decision, ...] = ()
    hidden_at: frozenset[datetime] = frozenset()

    def shown(self, versions: Iterable[Version]) -> list[Version]:
        """What happened, without a decision that is not sent and without its holding back."""
        found: list[Version] = []
        is_hidden = False
        for one in versions:
            is_hidden = (one.event == "decided" and one.at in self.hidden_at) or (
                is_hidden and one.event == "reopened"
            )
            if not is_hidden:
                found.append(one)
        return found


def standing(row: Request, *, today: date) -> Standing:
    """Where one request is for its worker."""
    return standings([row], today=today)[row.pk]


def standings(rows: Sequence[Request], *, today: date) -> dict[int, Standing]:
    """Where each of these requests is for its worker, by its row."""
    sent = set(_sent(rows, today=today))
    by_row: dict[int, list[Decision]] = defaultdict(list)
    for one in Decision.objects.filter(request__in=rows).order_by("request", "-number"):
        by_row[one.request_id].append(one)
    return {row.pk: _standing(row, by_row[row.pk], sent) for row in rows}


def known_state(row: Request, *, today: date) -> State:
    """The state of one request as its employer and his software may know it."""
    return known_states([row], today=today)[row.pk]


def known_states(rows: Sequence[Request], *, today: date) -> dict[int, State]:
    """The state of each, by its row: only what is closed may hide a decision that is not sent."""
    closed = [row for row in rows if row.state == State.CLOSED]
    known = standings(closed, today=today) if closed else {}
    return {
        row.pk: known[row.pk].state if row.pk in known else State(row.state) for row in rows
    }  # fmt: skip


def in_states(states: Collection[str], *, today: date) -> Q:
    """`known_states` for the database: requests that are seen in one of these states."""
    hidden = _hidden(today)
    seen = Q(state__in=states) & ~hidden
    return seen | hidden if State.IN_PROGRESS in states else seen


def by_state(rows: QuerySet[Request], *, today: date) -> Case:
    """An order of requests by `known_states`: where a file stands in it tells no decision either.

    ``rows``: those that are ordered; few of them hide one.
    """
    hidden = list(rows.filter(_hidden(today)).values_list("pk", flat=True))
    seen = Value(State.IN_PROGRESS.value, output_field=TextField())
    return Case(When(pk__in=hidden, then=seen), default=F("state"))


def _hidden(today: date) -> Q:
    """Requests that a decision closed which is not sent yet."""
    decisions = Decision.objects.filter(request=OuterRef("pk"), letters__due_on__gt=today)
    return Q(Exists(decisions.exclude(letters__way=_HELD_BACK)), state=State.CLOSED)


def known_from(row: Request) -> date | None:
    """The day on which the last decision on a request is sent; None without one."""
    sent = Decision.objects.filter(request=row).order_by("-number")
    return sent.values_list("letters__due_on", flat=True).first()


def was_held_back(row: Request) -> bool:
    """Whether the last decision on a request never was, because its letter stayed here."""
    last_one = Decision.objects.filter(request=row).order_by("-number").first()
    return last_one is not None and last_one.letters.filter(way=_HELD_BACK).exists()


def last(rows: Sequence[Request], *, known_on: date | None = None) -> dict[int, Decision]:
    """The last decision of each of these requests, by its row; what was held back is none.

    ``known_on``: the last one that the worker may know on this day.
    """
    found = Decision.objects.filter(request__in=rows).exclude(letters__way=_HELD_BACK)
    if known_on is not None:
        found = found.filter(letters__due_on__lte=known_on)
    return {one.request_id: one for one in found.order_by("request", "number")}


def held(references: Collection[str], *, today: date) -> frozenset[str]:
    """Of these documents, the letters that their worker may not read, or not yet."""
    rows = Decision.objects.filter(document__in=references)
    known = rows.filter(letters__due_on__lte=today).exclude(letters__way=_HELD_BACK)
    return frozenset(references) - frozenset(known.values_list("document", flat=True))


def _sent(rows: Sequence[Request], *, today: date) -> Iterable[int]:
    found = Decision.objects.filter(request__in=rows, letters__due_on__lte=today)
    return found.exclude(letters__way=_HELD_BACK).values_list("pk", flat=True)


def _standing(row: Request, decisions: Sequence[Decision], sent: Collection[int]) -> Standing:
    state = State(row.state)
    if state is State.CLOSED and decisions and decisions[0].pk not in sent:
        state = State.IN_PROGRESS
    return Standing(
        state,
        tuple(one for one in decisions if one.pk in sent),
        frozenset(one.at for one in decisions if one.pk not in sent),
    )
