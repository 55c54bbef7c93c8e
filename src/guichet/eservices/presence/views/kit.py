"""The kit to inform the staff: what it holds, whom to ask, made as a document, told when."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.presence.arrangements import filing
from guichet.eservices.presence.kit import content, operations
from guichet.eservices.presence.kit.content import Contact
from guichet.eservices.presence.kit.forms import HOWS, ContactForm, ToldForm
from guichet.eservices.presence.kit.operations import ContactMissing, UnknownMark, UnknownSite
from guichet.eservices.presence.kit_models import StaffTold
from guichet.eservices.presence.views import asking
from guichet.eservices.presence.views.staff import employer
from guichet.platform import clock
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_activities import activity_rules


@require_GET
@employer
def kit(request: ActingRequest) -> HttpResponse:
    """The sites with their kits, and when the staff was told."""
    return _page(request, _told_form(request, None))


@require_http_methods(["GET", "POST"])
@employer
def told(request: ActingRequest) -> HttpResponseBase:
    """A POST notes that the staff was told; who comes back to this address gets the page."""
    if request.method == "GET":
        return redirect("presence:kit")
    form = _told_form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    operations.tell(
        enterprise=_own(request), reference=given["site"], told_on=given["told_on"],
        hows=given["hows"], who=given["who"], note=given["note"],
        person_id=request.acting.person_id, actor=request.acting.actor, now=asking.moment(),
    )  # fmt: skip
    messages.success(request, _("It is noted that the staff was told."))
    return redirect("presence:kit")


@require_http_methods(["GET", "POST"])
@employer
def site(request: ActingRequest, reference: str) -> HttpResponseBase:
    """What the kit of one site holds; a POST keeps whom to ask."""
    own, found = _own(request), _site(request, reference)
    kept = operations.contact_of(enterprise=own, reference=reference)
    form = ContactForm(
        request.POST if request.method == "POST" else None, initial=_begin(own, kept)
    )
    if form.is_valid():
        operations.keep_contact(
            enterprise=own, reference=reference, contact=form.contact(),
            actor=request.acting.actor, now=asking.moment(),
        )  # fmt: skip
        messages.success(request, _("It is kept whom the staff asks."))
        return redirect("presence:kit-site", reference)
    context = {
        "site": found, "form": form, "kept": kept, "places": content.places(reference),
        "steps": content.steps(activity_rules(found.activity, on=_today())),
        "posters": min(max(len(found.addresses), 1), content.MOST_POSTERS),
        "is_cut": len(found.addresses) > content.MOST_POSTERS,
    }  # fmt: skip
    return asking.show(request, "kit/site.html", context, status=422 if form.errors else 200)


@require_POST
@employer
def make(request: ActingRequest, reference: str) -> HttpResponseBase:
    """Have the kit made; its page shows how far it is."""
    try:
        made = operations.ask(
            enterprise=_own(request), reference=reference, language=asking.language(),
            actor=request.acting.actor, now=asking.moment(),
        )  # fmt: skip
    except UnknownSite:
        raise Http404 from None
    except ContactMissing:
        messages.warning(request, _("Say first whom the staff asks: the leaflet tells it."))
        return redirect("presence:kit-site", reference)
    return redirect("documents:detail", reference=made)


@require_POST
@employer
def take_back(request: ActingRequest, mark: int) -> HttpResponseBase:
    """It was noted by mistake."""
    try:
        operations.take_back(
            mark=mark, enterprise=_own(request), actor=request.acting.actor, now=asking.moment()
        )
    except UnknownMark:
        raise Http404 from None
    messages.success(request, _("It is taken back."))
    return redirect("presence:kit")


def _told_form(request: ActingRequest, data: Any) -> ToldForm:
    sites = filing.sites(enterprise=_own(request), on=_today())
    return ToldForm(data, sites=sites, today=_today(), initial={"told_on": _today()})


def _page(request: ActingRequest, form: ToldForm, *, status: int = 200) -> HttpResponse:
    own = _own(request)
    sites = filing.sites(enterprise=own, on=_today())
    marks = list(operations.marks_of(own).select_related("noted_by")[:50])
    context = {
        "form": form, "rows": [(one, _last(marks, one.reference)) for one in sites],
        "marks": marks, "hows": dict(HOWS),
        "names": {one.reference: one.name for one in sites},
    }  # fmt: skip
    return asking.show(request, "kit/kit.html", context, status=status)


def _last(marks: list[StaffTold], reference: str) -> date | None:
    """When the staff of a site was told last, alone or with everybody."""
    days = [one.told_on for one in marks if one.works_reference in ("", reference)]
    return max(days, default=None)


def _begin(own: str, kept: Contact | None) -> dict[str, Any]:
    """What the form begins with: this site's contact, else the last one of another site."""
    found = kept or operations.last_contact(enterprise=own)
    if found is None:
        return {}
    return {"who": found.who, "phone": found.phone, "email": found.email, "note": found.note}


def _site(request: ActingRequest, reference: str) -> SiteRecord:
    try:
        return operations.site_of(enterprise=_own(request), reference=reference, on=_today())
    except UnknownSite:
        raise Http404 from None


def _today() -> date:
    return clock.today(asking.moment())


def _own(request: ActingRequest) -> str:
    return request.acting.enterprise_number or ""
