"""Steps of the road after the receipt: one UPDATE of a row that is still where the step begins.

A decision is seen the day after. On its day the employer changes and withdraws as if there was
none, so that no refusal tells that there is one; what was decided is void then and never seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, F, Q, TextField, Value, When

from guichet.audit.actors import Actor
from guichet.eservices.temporary_unemployment.models import Communication, Happening
from guichet.kernel.moments import brussels_day
from guichet.rules.temporary_unemployment.kinds import Channel
from guichet.rules.temporary_unemployment.states import NEXT, Party, State, Step, after, open_from

_OF_EMPLOYER: Final = frozenset({Step.MODIFY, Step.CANCEL})
_DECISIONS: Final = frozenset({Step.ACCEPT, Step.ACCEPT_PARTLY, Step.REFUSE, Step.REVISE})


def took(
    *,
    key: int,
    step: Step,
    party: Party,
    channel: Channel,
    by: Actor,
    now: datetime,
    remark: str = "",
    detail: Mapping[str, Any] | None = None,
    with_values: Mapping[str, Any] | None = None,
) -> bool:
    """Whether the step was still open, and is taken now; in the caller's transaction."""
    return key in took_many(
        keys=[key], step=step, party=party, channel=channel, by=by, now=now,
        remark=remark, detail=detail, with_values=with_values,
    )  # fmt: skip


def took_many(
    *,
    keys: Collection[int],
    step: Step,
    party: Party,
    channel: Channel,
    by: Actor,
    now: datetime,
    remark: str = "",
    detail: Mapping[str, Any] | None = None,
    with_values: Mapping[str, Any] | None = None,
) -> frozenset[int]:
    """Those of many communications for which the step was open; the others stay as they are.

    ``with_values``: columns that change with the state. In the caller's transaction. Raises
    StepRefused when this party may never take the step.
    """
    moved: set[int] = set()
    for state in open_from(step):
        after(state=state, step=step, party=party)
        rows = Communication.objects.filter(_is_in(state, step, now), pk__in=set(keys) - moved)
        held = list(rows.select_for_update().values_list("pk", flat=True))
        if not held:
            continue
        reached = NEXT[state, step]
        rows = Communication.objects.filter(_is_in(state, step, now), pk__in=held)
        rows.update(state=reached.value, **(with_values or {}), **_unseen(step, state, now))
        Happening.objects.bulk_create(
            Happening(
                communication_id=pk, step=step.value, before=state.value, after=reached.value,
                party=party.value, channel=channel.value, by=str(by), remark=remark,
                detail=dict(detail or {}), at=now,
            )
            for pk in held
        )  # fmt: skip
        moved.update(held)
        if len(moved) == len(set(keys)):
            break
    return frozenset(moved)


def move(
    *,
    key: int,
    step: Step,
    by: Actor,
    now: datetime,
    party: Party = Party.OFFICER,
    channel: Channel = Channel.WEB,
    remark: str = "",
    detail: Mapping[str, Any] | None = None,
) -> State:
    """Take a step with one communication; the state it leads to. Raises StepRefused."""
    row = Communication.objects.select_for_update().get(pk=key)
    reached = after(state=State(row.state), step=step, party=party)
    took(
        key=key, step=step, party=party, channel=channel, by=by, now=now,
        remark=remark, detail=detail,
    )  # fmt: skip
    return reached


def _is_in(state: State, step: Step, now: datetime) -> Q:
    """In this state, for the employer also as far as he can know it today."""
    told = Q(state=state.value)
    if step in _OF_EMPLOYER:
        told |= Q(decided_on__gte=brussels_day(now), shown_before=state.value)
    return told


def _unseen(step: Step, before: State, now: datetime) -> dict[str, Any]:
    """A decision is seen the day after; until then the state before all those of the day."""
    if step in _OF_EMPLOYER:
        return {"decided_on": None, "shown_before": ""}
    if step not in _DECISIONS:
        return {}
    today = brussels_day(now)
    kept = Case(
        When(decided_on=today, then=F("shown_before")),
        default=Value(before.value),
        output_field=TextField(),
    )
    return {"decided_on": today, "shown_before": kept}
