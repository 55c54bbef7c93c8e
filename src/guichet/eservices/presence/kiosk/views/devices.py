"""Devices of an enterprise: list, enrol, rename, initialise, end."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access import sessions
from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.eservices.presence.kiosk import devices, queries, signing
from guichet.eservices.presence.kiosk.devices import Enrolment, UnknownDevice
from guichet.eservices.presence.kiosk.forms import DeviceForm, NameForm
from guichet.eservices.presence.kiosk.kiosk_words import REASONS
from guichet.eservices.presence.kiosk.queries import DeviceShown
from guichet.eservices.presence.kiosk.views.shared import employer, number_of, show
from guichet.platform import clock


@require_GET
@employer
def listed(request: ActingRequest) -> HttpResponse:
    """Every device, and for whom a site has none that reads what he carries."""
    number, now = number_of(request), clock.now()
    unread = queries.unread_means(enterprise=number)
    people = [niss for one in unread for niss in one.numbers]
    if people:
        looked_up(
            viewer=request.acting.actor, subjects=people, purpose="presence.means",
            channel="portal", now=now,
        )  # fmt: skip
    context = {"devices": queries.devices(enterprise=number), "unread": unread}
    return show(request, "devices.html", context)


@require_http_methods(["GET", "POST"])
@employer
def enrol(request: ActingRequest) -> HttpResponseBase:
    """A new device on one of the sites of today."""
    number, now = number_of(request), clock.now()
    form = DeviceForm(
        request.POST if request.method == "POST" else None,
        sites=queries.sites(enterprise=number, now=now),
    )
    if not form.is_valid():
        return show(request, "device-new.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    wanted = Enrolment(given["kind"], given["name"], given["site"], given["reads"], form.key)
    try:
        device = devices.enrol(
            wanted=wanted, enterprise=number, person_id=request.acting.person_id,
            actor=request.acting.actor, now=now,
        )  # fmt: skip
    except devices.SiteRefused:
        form.add_error("site", _("Choose a site of the list: you work there today."))
    except devices.KeyUsed:
        form.add_error("public_key", _("Another device has this key. Each device has its own."))
    else:
        messages.success(request, _("The device is enrolled."))
        return redirect("kiosk:device", device.number)
    return show(request, "device-new.html", {"form": form}, status=422)


@require_http_methods(["GET", "POST"])
@employer
def one(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """One device, and another name for it."""
    shown = _found(request, number)
    form = NameForm(
        request.POST if request.method == "POST" else None, initial={"name": shown.row.name}
    )
    if form.is_valid():
        devices.rename(
            number=number, enterprise=number_of(request), name=form.cleaned_data["name"],
            actor=request.acting.actor, now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("The device has its new name."))
        return redirect("kiosk:device", number)
    return _shown(request, shown, form)


@require_POST
@employer
def code(request: ActingRequest, number: UUID) -> HttpResponse:
    """A one-time code, shown this once, for a computer elsewhere."""
    shown, made = _found(request, number), _code(request, number)
    if made is None:
        return _shown(request, shown, NameForm(initial={"name": shown.row.name}), status=409)
    form = NameForm(initial={"name": shown.row.name})
    return _shown(request, shown, form, code=made)


@require_POST
@employer
def here(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """This computer becomes the kiosk: whoever initialises it is signed out of it.

    The code stands behind the sign ``#``, which no browser sends to any server.
    """
    shown, made = _found(request, number), _code(request, number)
    if made is None:
        return _shown(request, shown, NameForm(initial={"name": shown.row.name}), status=409)
    sessions.sign_out(request)
    return redirect(f"{reverse('kiosk:page')}#{made}")


@require_POST
@employer
def end(request: ActingRequest, number: UUID) -> HttpResponseBase:
    """From this moment nothing is registered by the device."""
    try:
        devices.end(
            number=number, enterprise=number_of(request), actor=request.acting.actor,
            now=clock.now(),
        )  # fmt: skip
    except UnknownDevice:
        raise Http404 from None
    messages.success(request, _("The device is ended. Nothing can be registered by it any more."))
    return redirect("kiosk:device", number)


def _code(request: ActingRequest, number: UUID) -> str | None:
    try:
        return devices.new_code(
            number=number, enterprise=number_of(request), actor=request.acting.actor,
            now=clock.now(),
        )  # fmt: skip
    except UnknownDevice:
        return None


def _found(request: ActingRequest, number: UUID) -> DeviceShown:
    found = queries.device(number=number, enterprise=number_of(request))
    if found is None:
        raise Http404
    return found


def _shown(
    request: ActingRequest, shown: DeviceShown, form: NameForm, *, code: str = "", status: int = 0
) -> HttpResponse:
    context = {
        "shown": shown,
        "device": shown.row,
        "form": form,
        "reasons": REASONS,
        "last": queries.last_messages(device=shown.row),
        "code": " ".join(code[at : at + 4] for at in range(0, len(code), 4)),
        "minutes": int(devices.CODE_LASTS.total_seconds()) // 60,
        "address": request.build_absolute_uri(reverse("kiosk:page")),
        "fingerprint": signing.fingerprint(shown.row.public_key) if shown.row.public_key else "",
    }
    return show(request, "device.html", context, status=status or (422 if form.errors else 200))
