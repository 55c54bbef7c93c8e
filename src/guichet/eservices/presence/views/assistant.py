"""The assistant of Checkin@Work: site, crew, days, then many presences at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.presence.days import crews, lots, queries, words
from guichet.eservices.presence.days.crews import Member
from guichet.eservices.presence.days.forms import CrewForm, DaysForm, SiteForm
from guichet.eservices.presence.days.lots import Holder, TooMany, UnknownLot
from guichet.eservices.presence.days.operations import Foreseen, Sender
from guichet.eservices.presence.days.queries import Filters
from guichet.eservices.presence.models import Lot
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.checkin import show
from guichet.platform import clock, csv_export, wording
from guichet.registers.persons import queries as persons
from guichet.registers.postings import queries as postings
from guichet.registers.works import queries as works
from guichet.rules.presence_days import last_day_ahead
from guichet.rules.remarks import REMARKS

employer = acting_required(kind="employer", service="presence")
_WEEK: Final = (0, 1, 2, 3, 4)
_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """One presence of the grid: its look, its word, why, and its receipt once it has one."""

    look: str
    word: Any
    reasons: Sequence[str] = ()
    receipt: int | None = None


@require_http_methods(["GET", "POST"])
@employer
def start(request: ActingRequest) -> HttpResponseBase:
    """Which site; or the crew of the last time for today at once."""
    now = asking.moment()
    today, number = clock.today(now), request.acting.enterprise_number or ""
    sites = crews.sites(enterprise=number, on=today)
    form = SiteForm(request.POST if request.method == "POST" else None, sites=sites)
    if form.is_valid():
        reference = form.cleaned_data["number"] or form.cleaned_data.get("chosen", "")
        row = lots.begin(holder=_holder(request), reference=reference, members=[], days=[], now=now)
        return redirect("checkin:crew", row.number)
    status = 422 if form.errors else 200
    return show(request, "site.html", {"form": form, "sites": sites, "step": 1}, status=status)


@require_POST
@employer
def again(request: ActingRequest) -> HttpResponseBase:
    """The same crew as the last time, today, on one of the own sites."""
    now = asking.moment()
    today, number = clock.today(now), request.acting.enterprise_number or ""
    reference = request.POST.get("site", "")
    if reference not in {one.reference for one in crews.sites(enterprise=number, on=today)}:
        raise Http404
    # Whom one announced oneself, else whoever was announced by the subcontractors themselves.
    members = crews.last(enterprise=number, reference=reference, before=today) or crews.below(
        enterprise=number, reference=reference, before=today
    )
    days = [today] if members else []
    row = lots.begin(
        holder=_holder(request), reference=reference, members=members, days=days, now=now
    )
    return redirect("checkin:check" if members else "checkin:crew", row.number)


@require_http_methods(["GET", "POST"])
@employer
def crew(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """Who: own staff by Dimona, the last crew, people of subcontractors, posted workers."""
    now = asking.moment()
    row = _draft(request, number)
    members = _candidates(request, row, today=clock.today(now))
    chosen = lots.crew(row)
    given = {
        "people": [one.key for one in chosen] or [one.key for one in members if one.was_last],
        "limosa": "\n".join(one.limosa_number for one in chosen if one.limosa_number),
    }
    if request.method == "POST":
        form = CrewForm(request.POST, members=members)
        if form.is_valid():
            lots.put_crew(row=row, members=_named(form.members()))
            return redirect("checkin:days", row.number)
    else:
        form = CrewForm(initial=given, members=members)
    _noted(request, members, now)
    context = {"form": form, "row": row, "groups": _groups(members), "site": _site(row), "step": 2,
               "ticked": set(_ticked(request, given))}  # fmt: skip
    return show(request, "crew.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@employer
def days(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """When: a period and the days of the week in it."""
    now = asking.moment()
    row, today = _draft(request, number), clock.today(now)
    if not row.crew:
        return redirect("checkin:crew", row.number)
    site = works.site(reference=row.works_reference)
    activity = site.activity if site else "construction"
    furthest = last_day_ahead(activity, today=today, is_portal=True)
    given = request.POST if request.method == "POST" else None
    form = DaysForm(given, today=today, furthest=furthest, initial=_usual(row, today))
    if form.is_valid():
        try:
            lots.put_days(row=row, days=form.days())
        except TooMany:
            form.add_error(
                "last", _("A lot has at most 5,000 presences. Choose fewer days or people.")
            )
        else:
            return redirect("checkin:check", row.number)
    context = {"form": form, "row": row, "site": _site(row), "furthest": furthest, "step": 3}
    return show(request, "days.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@employer
def check(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """What would become of each; then, at one press, they are registered."""
    now, row = asking.moment(), _lot(request, number)
    if row.state != Lot.State.DRAFT:
        return redirect("checkin:lot", row.number)
    if not row.crew or not row.days:
        return redirect("checkin:days" if row.crew else "checkin:crew", row.number)
    seen = lots.foreseen(row=row, sender=_sender(request), now=now)
    if request.method == "POST":
        without = _without(seen) if request.POST.get("without") else []
        sent = lots.send(
            holder=_holder(request), number=row.number, without=without,
            actor=request.acting.actor, now=now,
        )  # fmt: skip
        return redirect("checkin:lot", sent.number)
    _noted(request, lots.crew(row), now)
    cells = [_foreseen_cell(one) for one in seen]
    context = _grid(row, cells) | {
        "row": row, "site": _site(row), "step": 4,
        "remarked": sum(bool(one.outcome and one.outcome.remarks) for one in seen),
        "refused": sum(bool(one.refusals) for one in seen),
    }  # fmt: skip
    return show(request, "check.html", context)


@require_GET
@employer
def lot(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """How far a lot is, and what became of each presence."""
    now, row = asking.moment(), _lot(request, number)
    if row.state == Lot.State.DRAFT:
        return redirect("checkin:check", row.number)
    _noted(request, lots.crew(row), now)
    cells = _registered_cells(row)
    counts: dict[str, int] = defaultdict(int)
    for cell in cells:
        counts[cell.look] += 1
    context = _grid(row, cells) | {
        "row": row, "site": _site(row), "counts": counts, "step": 4,
        "is_waiting": row.state == Lot.State.WAITING,
    }  # fmt: skip
    return show(request, "lot.html", context)


@require_GET
@employer
def lot_file(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """The lines to look at again, with the reason in the last column; ``?all`` gives every one."""
    row, now = _lot(request, number), asking.moment()
    _noted(request, lots.crew(row), now)
    every = "all" in request.GET
    lines = [
        [wording.day(day), one.name, one.employer_name or one.employer or one.vat or "",
         row.works_reference, cell.receipt or "", cell.word, " ".join(cell.reasons)]
        for one, day, cell in _each(row, _registered_cells(row))
        if every or cell.reasons
    ]  # fmt: skip
    head = [_("Day"), _("Worker"), _("Employer"), _("Number of the site"), _("Receipt"),
            _("State"), _("Reason")]  # fmt: skip
    return csv_export.download(name="presences.csv", head=head, rows=lines)


@require_POST
@employer
def stop(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """Register no more of what still waits."""
    try:
        lots.stop(holder=_holder(request), number=number)
    except UnknownLot:
        raise Http404 from None
    return redirect("checkin:lot", number)


def _holder(request: ActingRequest) -> Holder:
    return Holder(request.acting.person_id, request.acting.enterprise_number or "")


def _sender(request: ActingRequest) -> Sender:
    acting = request.acting
    return Sender("assistant", acting.enterprise_number, is_portal=True, person_id=acting.person_id)


def _draft(request: ActingRequest, number: UUID) -> Lot:
    try:
        return lots.draft(holder=_holder(request), number=number)
    except UnknownLot:
        raise Http404 from None


def _lot(request: ActingRequest, number: UUID) -> Lot:
    try:
        return lots.lot(holder=_holder(request), number=number)
    except UnknownLot:
        raise Http404 from None


def _site(row: Lot) -> dict[str, str]:
    site = works.site(reference=row.works_reference)
    place = site.addresses[0].address.in_one_line() if site and site.addresses else ""
    return {"reference": row.works_reference, "name": site.name if site else "", "place": place}


def _candidates(request: ActingRequest, row: Lot, *, today: date) -> list[Member]:
    number = request.acting.enterprise_number or ""
    own = crews.own_staff(enterprise=number, on=today, ahead=timedelta(days=35))
    site = row.works_reference
    last = crews.last(enterprise=number, reference=site, before=today)
    below = crews.below(enterprise=number, reference=site, before=today)
    own = [
        Member(one.ssin, None, number, None, one.name, request.acting.enterprise_name or "")
        for one in own
    ]
    people = [one for one in (*last, *below) if one.ssin]
    return crews.joined([own, people, lots.crew(row)], lasts=last)


def _named(members: Sequence[Member]) -> list[Member]:
    """With the name that the register of postings knows for a Limosa number."""
    named = []
    for one in members:
        posting = postings.posting(number=one.limosa_number) if one.limosa_number else None
        if posting is None:
            named.append(one)
            continue
        known = persons.names(numbers=[posting.niss]).get(posting.niss)
        name = f"{known.family_name} {known.given_name}".strip() if known else ""
        boss = posting.employer or posting.foreign_vat_number
        named.append(Member(None, one.limosa_number, None, None, name, f"Limosa, {boss}"))
    return named


def _groups(members: Sequence[Member]) -> list[tuple[str, list[Member]]]:
    groups: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        if one.ssin:
            groups[one.employer_name].append(one)
    return list(groups.items())


def _ticked(request: ActingRequest, given: dict[str, Any]) -> Sequence[str]:
    if request.method == "POST":
        return request.POST.getlist("people")
    return list(given["people"])


def _usual(row: Lot, today: date) -> dict[str, Any]:
    """The working week, or what was chosen before."""
    chosen = lots.days(row)
    if chosen:
        return {
            "first": chosen[0], "last": chosen[-1],
            "weekdays": sorted({str(day.weekday()) for day in chosen}),
        }  # fmt: skip
    last = today + timedelta(days=(4 - today.weekday()) % 7)
    return {"first": today, "last": last, "weekdays": [str(at) for at in _WEEK]}


def _without(seen: Sequence[Foreseen]) -> list[int]:
    """The places that would get a remark or a refusal."""
    return [
        at
        for at, one in enumerate(seen)
        if one.refusals or (one.outcome is not None and one.outcome.remarks)
    ]


def _foreseen_cell(one: Foreseen) -> Cell:
    if one.refusals:
        return Cell("refused", _("Would be refused"), words.refusals(one.refusals))
    remarks = one.outcome.remarks if one.outcome else ()
    if remarks:
        return Cell("failed", _("Would get a remark"), _remarks(remarks))
    return Cell("validated", _("In order"))


def _registered_cells(row: Lot) -> list[Cell]:
    receipts = [one[0] for one in row.outcomes if one and one[0]]
    days = lots.days(row)
    found = {}
    if receipts:
        wanted = Filters(min(days), max(days), receipts=receipts)
        found = {one.receipt: one for one in queries.listed(wanted=wanted, limit=len(receipts))}
    cells, out = [], set(row.left_out)
    for at, one in enumerate(row.outcomes):
        if one is None:
            is_left = at in out or row.state == Lot.State.STOPPED
            left = Cell("left", _("Not registered"))
            cells.append(left if is_left else Cell("waiting", _("Waiting")))
        elif one[0] is None:
            cells.append(Cell("refused", _("Refused"), words.refusals(one[1])))
        else:
            known = found.get(one[0])
            state = words.state(known) if known else "pending"
            reasons = _remarks(known.remarks) if known else ()
            cells.append(Cell(state, words.STATES[state], reasons, one[0]))
    return cells


def _remarks(codes: Sequence[str]) -> list[str]:
    language = asking.language()
    return [REMARKS[code].meaning.in_language(language) for code in codes]


def _each(row: Lot, cells: Sequence[Cell]) -> list[tuple[Member, date, Cell]]:
    pairs = [(one, day) for one in lots.crew(row) for day in lots.days(row)]
    return [(one, day, cell) for (one, day), cell in zip(pairs, cells, strict=True)]


def _grid(row: Lot, cells: Sequence[Cell]) -> dict[str, Any]:
    """People down, days across, and what to look at, worst first."""
    days, people = lots.days(row), lots.crew(row)
    width = len(days)
    lines = [(one, cells[at * width : (at + 1) * width]) for at, one in enumerate(people)]
    attention: dict[tuple[str, str], list[date]] = defaultdict(list)
    for one, day, cell in _each(row, cells):
        for reason in cell.reasons:
            attention[one.name or one.limosa_number or "", reason].append(day)
    lines.sort(key=lambda line: -sum(bool(cell.reasons) for cell in line[1]))
    return {
        "days": days,
        "lines": lines[:_SHOWN],
        "more": max(0, len(lines) - _SHOWN),
        "attention": [(name, reason, given) for (name, reason), given in attention.items()],
        "total": len(cells),
    }


def _noted(request: ActingRequest, members: Sequence[Member], now: datetime) -> None:
    people = [one.ssin for one in members if one.ssin]
    if people:
        looked_up(
            viewer=request.acting.actor, subjects=people, purpose="presence.crew",
            channel="portal", now=now,
        )  # fmt: skip
