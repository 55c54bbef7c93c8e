"""Checkin@Work for enterprises: consult, enter by hand, withdraw presences of days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib import messages as told
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.presence import paging, visibility
from guichet.eservices.presence import words as acts_in_words
from guichet.eservices.presence.day_queries import COUNTED_TO
from guichet.eservices.presence.days import crews, operations, queries, words
from guichet.eservices.presence.days.forms import CancelForm, EnterForm, ListForm
from guichet.eservices.presence.days.operations import Foreseen, Sender, Wanted
from guichet.eservices.presence.days.queries import DayShown, Filters
from guichet.eservices.presence.days.scanned import Scanned
from guichet.eservices.presence.days.scanned import scanned as read_codes
from guichet.eservices.presence.exports.content import number_of_day
from guichet.eservices.presence.receipts import squares
from guichet.eservices.presence.views import asking
from guichet.platform import clock
from guichet.platform.pages import query
from guichet.presence_log.receipts import NotAReceipt, day_of

employer = acting_required(kind="employer", service="presence")
_DAYS_BACK: Final = 6
_DAYS_AHEAD: Final = 14
_NAMES: Final = ("first", "last", "site", "state", "scope", "size")


@require_GET
@employer
def listed(request: ActingRequest) -> HttpResponse:
    """Presences of own people, or of everybody on the sites that concern the enterprise."""
    return _list(request, CancelForm())


@require_http_methods(["GET", "POST"])
@employer
def enter(request: ActingRequest) -> HttpResponseBase:
    """One presence by hand; "check first" says what would become of it and stores nothing."""
    now, number = asking.moment(), request.acting.enterprise_number or ""
    if request.method == "GET":
        start = {"employer": number, "day": clock.today(now), "site": request.GET.get("site", "")}
        return _enter(request, EnterForm(initial=start))
    if request.POST.get("act") == "fill":
        return _filled(request, now)
    form = EnterForm(request.POST)
    if not form.is_valid():
        return _enter(request, form, status=422)
    wanted = _wanted(form)
    if request.POST.get("act") == "check":
        [seen] = operations.foresee(wanted=[wanted], sender=_sender(request), now=now)
        _noted_number(request, wanted, now)
        return _enter(request, form, foreseen=seen)
    [taken] = operations.register(
        wanted=[wanted], sender=_sender(request), actor=request.acting.actor, now=now
    )
    if taken.receipt is None:
        seen = Foreseen(wanted, taken.refusals, None)
        return _enter(request, form, foreseen=seen, status=422)
    told.success(request, _("Registered, receipt %(number)s.") % {"number": taken.receipt})
    return redirect("checkin:one", taken.receipt)


@require_GET
@employer
def one(request: ActingRequest, receipt: int) -> HttpResponse:
    """One presence with everything known of it; another's and none are the same 404."""
    now = asking.moment()
    row = _found(request, receipt, now)
    noted(request, [row], purpose="presence.act", now=now)
    context = {
        "row": row,
        "rounds": queries.rounds(receipt=receipt, day=row.day),
        "form": CancelForm(),
        "square": None if row.cancelled_at else squares.of_day(row),
        "may_cancel": row.cancelled_at is None and row.day >= clock.today(now),
        "number": shown_number(request, row),
    }
    return show(request, "one.html", context)


@require_POST
@employer
def cancel(request: ActingRequest) -> HttpResponseBase:
    """Withdraw the presences that are ticked, each by itself, with one reason."""
    receipts = [int(text) for text in request.POST.getlist("receipts")[:500] if _is_receipt(text)]
    form = CancelForm(request.POST)
    if not receipts:
        told.error(request, _("Tick at least one presence."))
        return redirect(_back(request))
    if not form.is_valid():
        return _list(request, form, ticked=receipts)
    done = operations.cancel(
        receipts=receipts,
        reason=form.cleaned_data["reason"],
        sender=_sender(request),
        actor=request.acting.actor,
        now=clock.now(),
    )
    withdrawn = [each for each in done if each.refusal is None]
    if withdrawn:
        text = ngettext(
            "One presence is withdrawn.", "%(count)d presences are withdrawn.", len(withdrawn)
        )
        told.success(request, text % {"count": len(withdrawn)})
    for each in done:
        if each.refusal is not None:
            why = words.CANCEL_REFUSALS[each.refusal]
            told.error(request, f"{each.receipt}: {why}")
    return redirect(_back(request))


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of Checkin@Work, with its words at hand."""
    given = {
        **context, "words": words, "acts_in_words": acts_in_words, "language_here":
        asking.language(), "number_of": asking.number_of,
    }  # fmt: skip
    return render(request, f"presence/checkin/{template}", given, status=status)


def noted(request: ActingRequest, rows: Sequence[DayShown], *, purpose: str, now: datetime) -> None:
    """Looking at persons leaves a trace."""
    people = [row.ssin for row in rows if row.ssin]
    if people:
        looked_up(
            viewer=request.acting.actor, subjects=people, purpose=purpose, channel="portal",
            now=now,
        )  # fmt: skip


def shown_number(request: ActingRequest, row: DayShown) -> str:
    """The number in full for the employer, its beginning for others; a Limosa number as it is."""
    return number_of_day(row, own=request.acting.enterprise_number)


def _enter(
    request: ActingRequest,
    form: EnterForm,
    *,
    foreseen: Foreseen | None = None,
    scanned: Scanned | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "foreseen": foreseen, "scanned": scanned}
    return show(request, "enter.html", context, status=status)


def _filled(request: ActingRequest, now: datetime) -> HttpResponse:
    """What the codes say, with everything else as it was typed; nothing is registered."""
    found = read_codes(
        typed={name: request.POST.get(name, "") for name in EnterForm.base_fields},
        enterprise=request.acting.enterprise_number or "",
        language=asking.language(),
        today=clock.today(now),
    )
    posting = found.looked.posting if found.looked else None
    if posting is not None:
        looked_up(
            viewer=request.acting.actor, subjects=[posting.niss], purpose="presence.limosa",
            channel="portal", now=now,
        )  # fmt: skip
    return _enter(request, found.form, scanned=found, status=422 if found.form.errors else 200)


def _list(
    request: ActingRequest, cancelling: CancelForm, *, ticked: Sequence[int] = ()
) -> HttpResponse:
    now = asking.moment()
    form, wanted = asked(request, now)
    given = {name: request.GET[name] for name in _NAMES if request.GET.get(name)}
    context: dict[str, Any] = {
        "form": form, "given": given, "cancelling": cancelling, "ticked": set(ticked),
        "today": clock.today(now), "scope": _scope(request),
    }  # fmt: skip
    if wanted is None:
        return show(request, "list.html", context | {"rows": None}, status=422)
    total = queries.counted(wanted=wanted, most=COUNTED_TO + 1)
    page = paging.paging(request.GET, total=total)
    rows = queries.listed(wanted=wanted, limit=page.size, offset=page.offset)
    noted(request, rows, purpose="presence.list", now=now)
    context |= {
        "rows": [(row, shown_number(request, row)) for row in rows],
        "may_cancel": any(not row.cancelled_at and row.day >= clock.today(now) for row in rows),
        "paging": page,
    }
    return show(request, "list.html", context, status=422 if cancelling.errors else 200)


def asked(request: ActingRequest, now: datetime) -> tuple[ListForm, Filters | None]:
    """What the list asks for, or None when its filters make no sense."""
    today, number = clock.today(now), request.acting.enterprise_number or ""
    data = {name: request.GET[name] for name in request.GET}
    data.setdefault("first", (today - timedelta(days=_DAYS_BACK)).isoformat())
    data.setdefault("last", (today + timedelta(days=_DAYS_AHEAD)).isoformat())
    form = ListForm(data, sites=crews.sites(enterprise=number, on=today))
    if not form.is_valid():
        return form, None
    cleaned = form.cleaned_data
    is_sites = _scope(request) == "sites"
    return form, Filters(
        cleaned["first"],
        cleaned["last"],
        view=asking.view_of(request.acting) if is_sites else None,
        own=None if is_sites else number,
        works_reference=cleaned["site"] or None,
        state=cleaned["state"] or None,
    )


def _found(request: ActingRequest, receipt: int, now: datetime) -> DayShown:
    try:
        day = day_of(receipt)
    except NotAReceipt:
        raise Http404 from None
    view = visibility.view_of(enterprise_number=request.acting.enterprise_number or "", channel=0)
    wanted = Filters(day, day, view=view, receipts=[receipt])
    for row in queries.listed(wanted=wanted, limit=1):
        return row
    raise Http404


def _wanted(form: EnterForm) -> Wanted:
    ssin, limosa = form.cleaned_data["person"]
    number, vat = form.cleaned_data["employer"]
    day: date = form.cleaned_data["day"]
    return Wanted(
        day=day,
        works_reference=form.cleaned_data["site"],
        ssin=ssin or None,
        limosa_number=limosa or None,
        enterprise_number=(number or None) if ssin else None,
        foreign_vat_number=(vat or None) if ssin else None,
    )


def _sender(request: ActingRequest) -> Sender:
    acting = request.acting
    return Sender("portal", acting.enterprise_number, is_portal=True, person_id=acting.person_id)


def _noted_number(request: ActingRequest, wanted: Wanted, now: datetime) -> None:
    """What a check says of somebody is a look at him."""
    if wanted.ssin:
        looked_up(
            viewer=request.acting.actor, subjects=[wanted.ssin], purpose="presence.check",
            channel="portal", now=now,
        )  # fmt: skip


def _scope(request: HttpRequest) -> str:
    return "sites" if request.GET.get("scope") == "sites" else ""


def _is_receipt(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15


def _back(request: HttpRequest) -> str:
    """The list with the filters of the form, whatever was sent as them."""
    given = {name: request.POST[name] for name in _NAMES if request.POST.get(name)}
    return reverse("checkin:list") + (query(given) if given else "")
