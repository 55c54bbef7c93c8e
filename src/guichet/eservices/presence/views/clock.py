"""The page of the button: where I am, what comes next, what I registered today.

Plain HTML does everything; the script adds the running clock and the position of the phone.
"""

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.eservices.presence import day_rows
from guichet.eservices.presence.clocking import operations, phones, queries
from guichet.eservices.presence.clocking.forms import PressForm, SiteForm, new_key
from guichet.eservices.presence.clocking.operations import (
    ActRefused,
    OtherRegistration,
    PlaceMissing,
    StepRefused,
    Wish,
)
from guichet.eservices.presence.clocking.queries import Situation
from guichet.eservices.presence.day_rows import WorkerDay
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.app import script_page
from guichet.eservices.presence.words import STEP_DONE, STEPS
from guichet.platform import clock, wording
from guichet.platform.headers import CONNECT
from guichet.platform.routes import public
from guichet.rules.presence_next import Step

own: Final = acting_required(kind="worker", policy=BY_KEY["presence"].policy)
PAGE: Final = "presence:clock"
_LONGEST: Final = 40


@require_http_methods(["GET", "POST"])
@own
def now(request: ActingRequest) -> HttpResponseBase:
    """Register the next act, at the site of the address, of the last act, or of the poster."""
    if request.method == "POST":
        return _pressed(request)
    if "choose" in request.GET:
        return _ask_site(request, SiteForm())
    site = None
    if "site" in request.GET:
        form = SiteForm(request.GET)
        if not form.is_valid():
            return _ask_site(request, form, status=422)
        site = form.cleaned_data["site"]
    found = _situation(request, site)
    if found.site is None:
        return _ask_site(request, SiteForm())
    return _show(request, found, _form(request, found))


@require_GET
@public
def poster(request: HttpRequest, code: str) -> HttpResponseBase:
    """The address on a poster leads to the button at its site; the sign-in comes in between."""
    return redirect(f"{reverse(PAGE)}?{urlencode({'site': code[:_LONGEST]})}")


def _pressed(request: ActingRequest) -> HttpResponseBase:
    site = SiteForm({"site": request.POST.get("site", "")})
    if not site.is_valid():
        return _ask_site(request, site, status=422)
    found = _situation(request, site.cleaned_data["site"])
    form = _form(request, found, request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    wish = Wish(
        step=Step(form.cleaned_data["step"]),
        site=form.cleaned_data["site"],
        key=form.cleaned_data["key"],
        employer=form.cleaned_data.get("chosen"),
        place=form.place(),
    )
    acting = request.acting
    try:
        done = operations.press(ssin=acting.niss, wish=wish, actor=acting.actor, now=clock.now())
    except StepRefused as changed:
        return _changed(request, changed.situation)
    except OtherRegistration:
        form.add_error(None, _("At this site presences are registered per day, not by the hour."))
    except PlaceMissing:
        form.add_error(None, _("Nobody knows where this site is. Allow the position, or call."))
    except ActRefused:
        form.add_error(None, _("The registration was not taken. Check the number of the site."))
    else:
        _tell(request, done)
        return redirect(f"{reverse(PAGE)}?site={wish.site}")
    return _show(request, found, form, status=422)


def _changed(request: ActingRequest, found: Situation) -> HttpResponse:
    """Another phone was quicker, or the page was old: what is true now, and nothing stored."""
    words = _("Nothing was registered: your situation has changed. This is how it is now.")
    messages.error(request, words)
    return _show(request, found, _form(request, found), status=409)


def _tell(request: ActingRequest, done: operations.Pressed) -> None:
    words = {"time": wording.clock(clock.now())}
    if done.step is Step.DONE:
        messages.success(request, _("Your day has ended. Nothing more has to be registered."))
    elif done.cancelled:
        told = _(
            "You sent this once before. It was registered with receipt number %(receipt)s and then"
            " cancelled by a correction, so it does not count. If you are at work, register again."
        )
        receipts = ", ".join(map(str, done.cancelled))
        messages.warning(request, told % {"receipt": receipts})
    elif done.is_repeat:
        messages.success(request, _("This was registered already, once. It counts once."))
    else:
        messages.success(request, STEP_DONE[done.step] % words)


def _situation(request: ActingRequest, site: str | None) -> Situation:
    return queries.situation(
        ssin=request.acting.niss, site=site, now=asking.moment(), language=asking.language()
    )


def _form(request: ActingRequest, found: Situation, data: Any = None) -> PressForm:
    offered = queries.employers(
        ssin=request.acting.niss,
        site=found.site,
        on=clock.today(found.now),
        language=asking.language(),
    )
    unknown = found.record is None or not found.record.addresses
    initial = {"site": found.site, "key": new_key()}
    choices = queries.choices(offered)
    if found.last is not None:
        initial["employer"] = found.last.enterprise_number or found.last.foreign_vat_number or ""
    return PressForm(data, offered=choices, asks_place=unknown, initial=initial)


def _ask_site(request: ActingRequest, form: SiteForm, *, status: int = 200) -> HttpResponse:
    return asking.show(request, "site.html", {"form": form}, status=status)


def _show(
    request: ActingRequest, found: Situation, form: PressForm, *, status: int = 200
) -> HttpResponse:
    asking.noted(request.acting, found.acts[:1], purpose="presence.own", now=found.now)
    rows = day_rows.worker_days(list(found.acts), now=found.now)
    steps = found.steps
    known = phones.lately(ssin=request.acting.niss, now=found.now)
    context = {
        "found": found,
        "form": form,
        "main": steps[0],
        "others": steps[1:],
        "steps": STEPS,
        "days": rows[::-1],
        "today": clock.today(found.now),
        "asks_employer": "in" in steps[0].acts,
        "since": _since(found, rows),
        "offered": list(getattr(form.fields["employer"], "choices", [])),
        "key": new_key(),
        "script": script_page(
            language=asking.language(),
            last=found.last.receipt if found.last else 0,
            owner=phones.known_as(ssin=request.acting.niss),
            known=known,
            cancelled=phones.cancelled(known=known),
            situation=_told(found, form),
        ),
    }
    # The script sends what waited on the phone to the door of the services.
    request.META[CONNECT] = settings.ENVIRONMENT.services_url
    return asking.show(request, "clock.html", context, status=status)


def _told(found: Situation, form: PressForm) -> dict[str, Any]:
    """What the phone needs to go on without a network: the site, the steps, for whom."""
    running = found.standing.open_act
    last = found.last
    employer = (last.enterprise_number or last.foreign_vat_number or "") if last else ""
    offered = list(getattr(form.fields["employer"], "choices", []))
    known = [key for key, _name in offered]
    if employer not in known:
        employer = known[0] if len(known) == 1 else ""
    told: dict[str, Any] = {
        "site": found.site,
        "names": {found.site: found.record.name if found.record else ""},
        "steps": [str(step) for step in found.steps],
        "employers": [{"key": key, "name": str(name)} for key, name in offered],
        "employer": employer,
        "asksEmployer": "in" in found.steps[0].acts,
        "running": running.site if running else None,
        "leaves": None,
    }
    if running is not None and last is not None:
        number = "enterpriseNumber" if last.enterprise_number else "foreignVatNumber"
        told["leaves"] = {
            "site": running.site,
            "employer": {number: last.enterprise_number or last.foreign_vat_number},
        }
    return told


def _since(found: Situation, rows: list[WorkerDay]) -> str:
    """How long the person has been at work, or on a break."""
    standing = found.standing
    if standing.open_act is not None:
        begun = standing.open_act.occurred_at
        return _("at work since %(time)s") % {"time": wording.clock(begun)}
    if standing.closed is not None and found.steps[0] is Step.RESUME:
        minutes = int((found.now - standing.closed.ended_at).total_seconds()) // 60
        return _("on a break for %(minutes)d min") % {"minutes": minutes}
    if standing.forgotten is not None:
        return _("the OUT of your last shift is missing: tell your employer")
    return ""
