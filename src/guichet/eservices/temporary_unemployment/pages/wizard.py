"""The steps of a communication: what was typed is kept whatever the button, judged at "next"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import queries, typed, words
from guichet.eservices.temporary_unemployment.forms import steps as forms_of_steps
from guichet.eservices.temporary_unemployment.forms.steps import Asked
from guichet.eservices.temporary_unemployment.models import GONE
from guichet.eservices.temporary_unemployment.pages import asking, checking, choosing, walking
from guichet.eservices.temporary_unemployment.pages.calculating import deadlines
from guichet.eservices.temporary_unemployment.pages.listing import Boxes
from guichet.eservices.temporary_unemployment.pages.walking import Walk
from guichet.eservices.temporary_unemployment.queries import Criteria
from guichet.registers.enterprises.queries import EstablishmentRecord
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import Kind

_MOST_SIGNS: Final = 3_000
_MOST_BOXES: Final = 80
_NOT_TYPED: Final = ("csrfmiddlewaretoken", "do")
_MOST_NATURES: Final = 20
# Steps whose days have a calculator beside them.
COUNTED: Final = frozenset(
    {typed.PERIOD, typed.MONTH, typed.ACCIDENT, typed.NATURE, typed.FORCE, typed.STRIKE}
)
# Boxes that hold for every worker who has none of his own: by the field of a line, by its box.
_WITH_COMMON: Final = (typed.MONTH, typed.STRIKE)
_COMMON: Final = {"lines.1.first_day": "day", "lines.1.workplace": "workplace"}
_OWN: Final = {"day": "day", "workplace": "place"}
_LACKING: Final = {
    "CTW-012.line": found("CTW-012", "day", "start"),
    "CTW-070.workplace": found("CTW-070", "workplace", "place"),
}


@require_http_methods(["GET", "POST"])
@asking.guarded
def step(request: ActingRequest, key: UUID, step: str) -> HttpResponseBase:
    """One step; a POST keeps what was typed, then goes where its button says."""
    walk = walking.opened(request, key, step)
    if not isinstance(walk, Walk):
        return walk
    if step == typed.CHECK:
        return checking.check(walk)
    if step == typed.WORKERS:
        return choosing.chosen(walk)
    if request.method == "POST":
        return _kept(walk, step)
    return _page(walk, step, _form(walk, step, initial=walk.draft.typed.get(step, {})))


@require_GET
@asking.guarded
def fragment(request: ActingRequest, key: UUID, step: str) -> HttpResponseBase:
    """The calculator for days that are being typed; nothing is kept."""
    walk = walking.opened(request, key, step)
    if not isinstance(walk, Walk) or step not in COUNTED:
        raise Http404
    boxes = walk.draft.typed.get(step, {}) | _boxes(request.GET)
    context = {"deadlines": deadlines(walk, step, boxes)}
    return walk.show("deadlines.html", context, step=step)


def _kept(walk: Walk, step: str) -> HttpResponseBase:
    do = walk.request.POST.get("do", "next")
    boxes = _acted(_boxes(walk.request.POST), do)
    walk = walking.keep(walk, step, boxes)
    gone = walking.left(walk, do)
    if gone is not None:
        return gone
    if do == "back":
        if step == walk.steps[0]:
            return redirect("temporary_unemployment:kinds", walk.reason.value)
        return walk.beside(step, -1)
    if do != "next":
        return _page(walk, step, _form(walk, step, initial=boxes))
    form = _form(walk, step, data=boxes)
    form.is_valid()
    put(form, [one for one in _faults(walk, step) if one.blocks])
    if form.errors:
        return _page(walk, step, form, status=422)
    return walk.beside(step, 1)


def _faults(walk: Walk, step: str) -> Iterator[Fault]:
    """What the rules say at a step; of its common boxes, what they say of a worker without own.

    A common box may stay empty only where every chosen worker has his own day or place.
    """
    if step not in _WITH_COMMON:
        yield from walk.faults(walk.read())
        return
    faults = walk.faults(walk.read({typed.WORKERS: {"lines": [{}]}}))
    lines = typed.lines_of(walk.draft.typed)
    told = {one.field for one in faults}
    for one in faults:
        box = _COMMON.get(one.field)
        if box is None:
            yield one
        elif box not in told and not (lines and all(line.get(_OWN[box]) for line in lines)):
            yield _LACKING.get(one.key, replace(one, field=box))


def put(form: forms.Form, faults: list[Fault]) -> None:
    """Say at each field of a form what blocks; the other fields are those of other steps."""
    for one in faults:
        name = _box_of(form, one.field)
        sentence = " ".join(part for part in (words.fault(one), words.repair(one)) if part)
        if name and sentence not in form.errors.get(name, ()):
            form.add_error(name, sentence)


def _box_of(form: forms.Form, field: str) -> str:
    """The box of a field of the rules, empty for one of another step."""
    return field if field in form.fields else ""


def _boxes(given: Mapping[str, Any]) -> dict[str, str]:
    names = [name for name in given if name not in _NOT_TYPED and len(name) <= 30]
    return {
        name: str(given.get(name, "")).replace("\0", "")[:_MOST_SIGNS]
        for name in names[:_MOST_BOXES]
    }


def _acted(boxes: dict[str, str], do: str) -> dict[str, str]:
    """The boxes after a button of the grid or of the closures."""
    weeks = min(max(_whole(boxes.get("weeks")), 1), typed.MOST_WEEKS)
    closures = min(_whole(boxes.get("closures")), typed.MOST_CLOSURES)
    match do:
        case "add-week":
            weeks = min(weeks + 1, typed.MOST_WEEKS)
        case "remove-week":
            weeks = max(weeks - 1, 1)
        case "add-closure":
            closures = min(closures + 1, typed.MOST_CLOSURES)
    if "weeks" not in boxes:
        return boxes
    return boxes | {"weeks": str(weeks), "closures": str(closures)}


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else 0


def _form(walk: Walk, step: str, **given: Any) -> forms.Form:
    natures = _natures(walk) if step == typed.NATURE else ()
    places = _places(walk, given) if step == typed.PLACE else walk.places
    asked = Asked(walk.kind, walk.reason, walk.today, places, natures)
    return forms_of_steps.form_of(step, asked, **given)


def _places(walk: Walk, given: Mapping[str, Any]) -> tuple[EstablishmentRecord, ...]:
    """The establishments that are offered for the day that the draft tells."""
    boxes = given.get("data") or given.get("initial") or {}
    return forms_of_steps.offered(
        walk.places, on=walk.read().told.said.told_start, today=walk.today,
        chosen=str(boxes.get("establishment", "")),
    )  # fmt: skip


def _natures(walk: Walk) -> tuple[tuple[str, str], ...]:
    """The accidents that this employer told of and that stand, the newest first."""
    mine = Criteria(employer=asking.employer_of(walk.request), kinds=(Kind.ACCIDENT_NATURE.value,))
    rows = queries.chosen(mine).exclude(state__in=GONE)[:_MOST_NATURES]
    return tuple(
        (
            row.ticket,
            f"{typed.written(row.accident_on)}, {asking.ticket(row.ticket)}: {row.causes[:80]}",
        )
        for row in rows
    )


def _page(walk: Walk, step: str, form: forms.Form, *, status: int = 200) -> HttpResponse:
    boxes = Boxes(form.data if form.is_bound else form.initial)
    context = {
        "form": form,
        "boxes": boxes,
        "weeks": min(max(_whole(boxes.get("weeks")), 1), typed.MOST_WEEKS),
        "closures": _closures(boxes),
        "most": {"weeks": typed.MOST_WEEKS, "closures": typed.MOST_CLOSURES},
        "deadlines": deadlines(walk, step, boxes) if step in COUNTED else None,
        "is_first": step == walk.steps[0],
        "empty": step == typed.NATURE and not form.fields["nature_ticket"].choices,  # type: ignore[attr-defined]  # of a choice field
    }
    return walk.show("step.html", context, step=step, status=status)


def _closures(boxes: Mapping[str, Any]) -> int:
    """How many rows of closures are drawn: those that are filled in, and those that were added."""
    filled = [
        at + 1 for at in range(typed.MOST_CLOSURES) if boxes.get(f"closure-{at}-first")
        or boxes.get(f"closure-{at}-last")
    ]  # fmt: skip
    return max([_whole(boxes.get("closures")), *filled])
