"""The workers of a communication: from Dimona, by their number, or from a file; or a section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import sheet, staff, typed, words, workers_file
from guichet.eservices.temporary_unemployment.pages import asking, listing, walking
from guichet.eservices.temporary_unemployment.pages.listing import Boxes
from guichet.eservices.temporary_unemployment.pages.walking import Walk
from guichet.eservices.temporary_unemployment.phrases import FILE_REFUSED
from guichet.eservices.temporary_unemployment.workers_file import Row
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import Category, Kind, Reason
from guichet.rules.temporary_unemployment.regimes import pattern_of

MOST: Final = 10_000
SIZE: Final = 50
_MOST_FAULTY: Final = 200
_OF_LINE: Final = ("day", "category", "section", "place", "unit", "what")
_SEARCHED: Final = 60
# The box of a line in which a field of the rules is filled in; the others are the line's own.
_BOX_OF: Final = {
    "first_day": "-day", "category": "-category", "is_agency": "-agency",
    "in_striking_unit": "-unit", "circumstances": "-what",
    "usual_days": "-work-0",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@asking.guarded
def choose(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """The list of Dimona with boxes to tick; what is ticked on a page is kept with every button."""
    walk = walking.opened(request, key, typed.WORKERS)
    if not isinstance(walk, Walk):
        return walk
    everybody = staff.in_service(employer=asking.employer_of(request), on=walk.today)
    if request.method == "POST":
        return _ticked(walk, everybody)
    kept = _kept_of(walk)
    text = str(kept.get("searched", ""))
    matching = staff.matching(everybody, text)
    paging = listing.paging(kept.get("list_page"), total=len(matching), size=SIZE)
    shown = matching[paging.offset : paging.offset + SIZE]
    asking.noted(request, [one.niss for one in shown], purpose=asking.WORKERS)
    chosen = {one["niss"] for one in kept.get("lines", ())}
    context = {
        "rows": [(one, one.niss in chosen) for one in shown], "paging": paging, "text": text,
        "total": len(everybody), "count": len(chosen),
    }  # fmt: skip
    return walk.show("choose.html", context, step=typed.WORKERS)


def chosen(walk: Walk) -> HttpResponseBase:
    """Who is in the communication so far, and the ways to add somebody."""
    if walk.request.method == "GET":
        return _page(walk)
    do = walk.request.POST.get("do", "next")
    kept = _typed_in(walk)
    gone = _acted(walk, kept, do)
    if gone is not None:
        return gone
    walk = walking.keep(walk, typed.WORKERS, kept)
    return walking.left(walk, do) or _gone(walk, do)


def _gone(walk: Walk, do: str) -> HttpResponseBase:
    match do:
        case "back":
            return walk.beside(typed.WORKERS, -1)
        case "choose":
            return redirect("temporary_unemployment:choose", walk.draft.pk)
        case "next":
            return _judged(walk)
    return walk.at(typed.WORKERS)


def _judged(walk: Walk) -> HttpResponseBase:
    """On to the check, unless nobody is there, or a line cannot be read."""
    faults = [
        one for one in walk.faults(walk.read())
        if one.blocks and (one.field.startswith("lines") or one.field == "section")
    ]  # fmt: skip
    if faults:
        return _page(walk, faults=faults, status=422)
    return walk.beside(typed.WORKERS, 1)


def _acted(walk: Walk, kept: dict[str, Any], do: str) -> HttpResponseBase | None:
    """What the buttons of the page change in the list; a page where something was refused."""
    if do == "upload":
        return _uploaded(walk, kept)
    if do == "add":
        return _added(walk, kept)
    if do == "again":
        rows = _again(kept)
        kept["faulty"] = []
        _take(kept, rows)
    elif do == "drop":
        kept["faulty"] = []
    elif do == "remove-all":
        kept["lines"] = []
    elif do.startswith("remove-"):
        at = listing.whole(do.removeprefix("remove-"))
        kept["lines"] = [one for place, one in enumerate(kept["lines"]) if place + 1 != at]
    elif do.startswith("page-"):
        kept["page"] = listing.whole(do.removeprefix("page-"))
    return None


def _uploaded(walk: Walk, kept: dict[str, Any]) -> HttpResponseBase | None:
    given = walk.request.FILES.get("file")
    try:
        if given is None:
            raise sheet.NotRead("empty")
        rows = workers_file.read(given.read(sheet.LARGEST + 1))
    except sheet.NotRead as fault:
        walk = walking.keep(walk, typed.WORKERS, kept)
        return _page(walk, refused=str(FILE_REFUSED[fault.code]), status=422)
    _take(kept, rows)
    kept["from_file"] = len(rows)
    return None


def _added(walk: Walk, kept: dict[str, Any]) -> HttpResponseBase | None:
    post = walk.request.POST
    number = len(kept["lines"]) + 1
    row = Row(number, _text(post, "niss", 30), _text(post, "family", 60), _text(post, "given", 60))
    [row] = workers_file.judged([row])
    if row.fault is None and any(one["niss"] == row.niss for one in kept["lines"]):
        first = next(at for at, one in enumerate(kept["lines"], 1) if one["niss"] == row.niss)
        fault = found("CTW-005", "lines", line=number, first=first)
        row = replace(row, fault=fault)
    if row.fault is not None:
        walk = walking.keep(walk, typed.WORKERS, kept)
        return _page(walk, typing=row, status=422)
    _take(kept, [row])
    _known(walk, kept, row.niss)
    return None


def _known(walk: Walk, kept: dict[str, Any], niss: str) -> None:
    """Whom Dimona knows in service here bears the name and the quality that it gives."""
    everybody = staff.in_service(employer=asking.employer_of(walk.request), on=walk.today)
    line = next((one.line for one in everybody if one.niss == niss), None)
    if line is not None:
        kept["lines"] = [one | line if one["niss"] == niss else one for one in kept["lines"]]


def _take(kept: dict[str, Any], rows: list[Row]) -> None:
    """The sound lines join the workers; the others wait with those that wait already."""
    judged = [
        row if row.fault else one for row, one in zip(rows, workers_file.judged(rows), strict=True)
    ]
    sound = [row for row in judged if row.fault is None]
    waiting = [row.kept for row in judged if row.fault is not None]
    kept["lines"] = workers_file.merged(kept["lines"], sound)[:MOST]
    kept["faulty"] = [*kept.get("faulty", ()), *waiting]


def _row(one: Mapping[str, Any]) -> Row:
    return Row(
        int(one.get("number", 0)), str(one.get("niss", "")), str(one.get("family", "")),
        str(one.get("given", "")), str(one.get("day", "")), str(one.get("section", "")),
        str(one.get("week", "")),
    )  # fmt: skip


def _ticked(walk: Walk, everybody: list[staff.Worker]) -> HttpResponseBase:
    request = walk.request
    do, kept = request.POST.get("do", "done"), _kept_of(walk)
    known = {one.niss: one for one in everybody}
    shown, picked = set(request.POST.getlist("shown")), set(request.POST.getlist("pick"))
    text = _text(request.POST, "text", _SEARCHED)
    matching = {one.niss for one in staff.matching(everybody, text)}
    if do == "all":
        picked, shown = picked | matching, shown - matching
    if do == "none":
        picked, shown = picked - matching, shown | matching
    lines = [one for one in kept.get("lines", ()) if one["niss"] not in shown - picked]
    have = {one["niss"] for one in lines}
    lines += [known[niss].line for niss in known if niss in picked - have]
    page = listing.whole(do.removeprefix("page-")) if do.startswith("page-") else 1
    kept |= {"lines": lines[:MOST], "searched": text, "list_page": page, "scope": "workers"}
    if not do.startswith("page-") and do != "search":
        kept["list_page"] = listing.whole(request.POST.get("page")) or 1
    walk = walking.keep(walk, typed.WORKERS, kept)
    if do == "done":
        return walk.at(typed.WORKERS)
    return redirect("temporary_unemployment:choose", walk.draft.pk)


def _kept_of(walk: Walk) -> dict[str, Any]:
    kept = dict(walk.draft.typed.get(typed.WORKERS, {}))
    kept["lines"] = [dict(one) for one in kept.get("lines", ())]
    return kept


def _typed_in(walk: Walk) -> dict[str, Any]:
    """The workers with what was typed beside those that the page shows."""
    post, kept = walk.request.POST, _kept_of(walk)
    kept["scope"] = "section" if post.get("scope") == "section" else "workers"
    kept["section"] = _text(post, "section", 100)
    if walk.kind is Kind.FIRST_DAY and kept["lines"]:
        kept["week"] = _week(post, "work")
    for at in range(1, len(kept["lines"]) + 1):
        if f"line-{at}-shown" not in post:
            continue
        line = kept["lines"][at - 1]
        line |= {name: _text(post, f"line-{at}-{name}", 3_000) for name in _OF_LINE}
        line["agency"] = post.get(f"line-{at}-agency") == "on"
        if walk.kind is Kind.FIRST_DAY:
            line["week"] = _week(post, f"line-{at}-work")
        kept["lines"][at - 1] = {name: value for name, value in line.items() if value}
    for at, one in enumerate(kept.get("faulty", ())):
        for name in ("niss", "day", "week"):
            if f"faulty-{at}-{name}" in post:
                one[name] = _text(post, f"faulty-{at}-{name}", 30)
    return kept


def _week(post: Mapping[str, str], name: str) -> str:
    """The weekdays that were ticked, Monday first; none is as if nothing was told."""
    ticked = frozenset(day for day in range(7) if post.get(f"{name}-{day}") == "on")
    return pattern_of(ticked) if ticked else ""


def _text(post: Mapping[str, str], name: str, most: int) -> str:
    return str(post.get(name, "")).replace("\0", "").strip()[:most]


def _page(
    walk: Walk,
    *,
    faults: list[Fault] | None = None,
    refused: str = "",
    typing: Row | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = _kept_of(walk)
    lines, of_section = kept["lines"], kept.get("scope") == "section"
    told = listing.first_page(faults or (), size=SIZE)
    paging = listing.paging(told or kept.get("page"), total=len(lines), size=SIZE)
    shown = [(at, Boxes(one)) for at, one in enumerate(lines, start=1)]
    shown = shown[paging.offset : paging.offset + SIZE]
    asking.noted(walk.request, [one["niss"] for _at, one in shown])
    context = {
        "kept": Boxes(kept), "rows": shown, "paging": paging, "refused": refused, "typing": typing,
        "faulty": _faulty(kept), "faults": _by_line(faults or ()),
        "problems": [
            (_box(one, shown, of_section=of_section), words.fault(one)) for one in faults or ()
        ][:SIZE],
        "is_section": of_section,
        "of_all": [words.fault(one) for one in faults or () if one.field in ("lines", "section")],
        **_columns(walk),
    }  # fmt: skip
    return walk.show("workers.html", context, step=typed.WORKERS, status=status)


def _columns(walk: Walk) -> dict[str, Any]:
    """What the table of workers asks besides: it depends on the communication."""
    return {
        "of_day": walk.kind in (Kind.FIRST_DAY, Kind.STRIKE),
        "of_week": walk.kind is Kind.FIRST_DAY,
        "of_strike": walk.kind is Kind.STRIKE,
        "of_section": walk.kind is Kind.EXPECTED and walk.reason is Reason.ECONOMIC,
        "of_agency": walk.reason is Reason.ECONOMIC,
        "categories": [(one.value, words.category(one.value)) for one in Category],
        "usual": typed.usual_of(walk.begun()).value,
        "common": walk.draft.typed.get(typed.MONTH, walk.draft.typed.get(typed.STRIKE, {})).get(
            "day", ""
        ),
    }


def _faulty(kept: Mapping[str, Any]) -> list[tuple[Boxes, str]]:
    """The lines of a file that wait for their repair, each with what is wrong."""
    return [
        (Boxes(one), words.fault(row.fault) if row.fault else _("This line can be added now."))
        for one, row in zip(kept.get("faulty", ()), _again(kept), strict=True)
    ][:_MOST_FAULTY]


def _again(kept: Mapping[str, Any]) -> list[Row]:
    """The lines that wait, judged again; who stands in the list already is there twice."""
    chosen = {one["niss"] for one in kept.get("lines", ())}
    rows = workers_file.judged([_row(one) for one in kept.get("faulty", ())])
    return [_twice(row, one, chosen) for one, row in zip(kept.get("faulty", ()), rows, strict=True)]


def _twice(row: Row, one: Mapping[str, Any], chosen: set[str]) -> Row:
    first = int(one.get("first", 0))
    if row.fault is not None or not first or row.niss not in chosen:
        return row
    return replace(row, fault=found("CTW-005", "lines", line=row.number, first=first))


def _box(fault: Fault, shown: list[tuple[int, Boxes]], *, of_section: bool) -> str:
    """Where a fault is set right: the box of its line, the line itself, the section, the list."""
    line = listing.line_of(fault)
    if line not in [at for at, _one in shown]:
        return "section" if of_section and not line else "tu-list"
    return f"line-{line}{_BOX_OF.get(fault.field.rpartition('.')[2], '')}"


def _by_line(faults: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in faults:
        number = listing.line_of(one)
        if number:
            found.setdefault(number, []).append(words.fault(one))
    return found
