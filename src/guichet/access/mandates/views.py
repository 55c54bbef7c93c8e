"""Pages of mandates: given and received, by quarter; making, signing, refusing, ending one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access import ways_in
from guichet.access.mandates import documents, domains, forms, operations, queries, words
from guichet.access.mandates.choosing import searched
from guichet.access.mandates.door import PERMISSIONS
from guichet.access.mandates.models import Mandate
from guichet.access.mandates.operations import MandateRefused, Seat, UnknownMandate, Wanted
from guichet.access.mandates.queries import MandateRow
from guichet.access.mandates.verification import DocumentRefused
from guichet.access.services import (
    BY_KEY,
    PROVIDER,
    REPRESENTATIVE_ABROAD,
    STRONG,
    Permission,
)
from guichet.access.sessions import Acting, ActingRequest, NoRight, acting_required
from guichet.audit.actors import Actor
from guichet.kernel.niss import Niss
from guichet.kernel.verdict import Severity
from guichet.platform import clock
from guichet.rules import mandates as rules
from guichet.rules.mandates import Quarter, Side, Step

P = ParamSpec("P")
_PAGE: Final = 50
_POLICY: Final = BY_KEY["mandates"].policy
anybody: Final = acting_required(kind="worker", policy=_POLICY)
_employer: Final = acting_required(kind="employer", policy=_POLICY)
Seated = Callable[Concatenate[ActingRequest, Seat, MandateRow, P], HttpResponseBase]


def _own_seat(acting: Acting) -> Seat:
    """The enterprise of the session and the side on which its quality sits."""
    if acting.enterprise_number is None or not acting.rights & PERMISSIONS:
        raise NoRight(_("You have no right to use this service for this enterprise."))
    side = Side.MANDATARY if acting.quality == PROVIDER else Side.MANDATOR
    return Seat(acting.enterprise_number, side)


def seated(view: Seated[P]) -> Callable[..., HttpResponseBase]:
    """A page about one mandate: for who manages it, and for who represents a party.

    Another enterprise's mandate, one that the party may not see yet, and none are the same 404.
    """

    @wraps(view)
    def led(
        request: ActingRequest, /, mandate: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        now = clock.now()
        for seat in _seats(request.acting, mandate):
            row = queries.mandate(number=seat.number, side=seat.side, mandate=mandate, now=now)
            if row is not None:
                return view(request, seat, row, *args, **kwargs)
        raise Http404

    return anybody(led)


def _seats(acting: Acting, mandate: int) -> list[Seat]:
    """Where this person may sit: with the session's enterprise, then with those he represents."""
    found = []
    if acting.enterprise_number and acting.rights & PERMISSIONS:
        found.append(_own_seat(acting))
    for number in queries.represented(niss=acting.niss, on=clock.today(clock.now())):
        side = queries.side_of(number=number, mandate=mandate)
        if side is not None:
            found.append(Seat(number, side))
    return found


def _by(request: ActingRequest, seat: Seat) -> Actor:
    """Whoever acts, in the name of the party at whose place he sits."""
    return Actor("person", request.acting.niss, seat.number)


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    can_manage = Permission.MANDATES.value in request.acting.rights
    shared = {"words": words, "domains": domains, "can_manage": can_manage, "Step": Step}
    return render(request, f"mandates/{template}", shared | context, status=status)


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _attempt(request: ActingRequest, form: Any, change: Callable[[], object]) -> bool:
    """Carry out a change; what is refused is said at the top of the form."""
    try:
        change()
    except UnknownMandate:
        raise Http404 from None
    except MandateRefused as refusal:
        text = words.refusal(refusal.key, refusal.domain)
        if form is None:
            messages.error(request, text)
        else:
            form.add_error(None, text)
        return False
    return True


@require_GET
@_employer
def given_or_received(request: ActingRequest) -> HttpResponse:
    """The mandates of the enterprise, a page of them, and what they lend, by quarter."""
    seat, now = _own_seat(request.acting), clock.now()
    words = searched(request)
    found = queries.mandates(number=seat.number, side=seat.side, words=words, now=now)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    rows = queries.shown(page.object_list, side=seat.side, now=now)
    picture = queries.picture(
        number=seat.number,
        side=seat.side,
        on=clock.today(now),
        mandates=[row.id for row in rows],
    )
    active = queries.count_in_force(number=seat.number, side=seat.side, on=clock.today(now))
    context = {
        "seat": seat, "rows": rows, "picture": picture, "page": page, "q": words, "active": active,
    }  # fmt: skip
    return _show(request, "list.html", context)


@require_GET
@anybody
def to_sign(request: ActingRequest) -> HttpResponse:
    """What waits for a signature of the enterprises that the person represents."""
    now = clock.now()
    numbers = queries.represented(niss=request.acting.niss, on=clock.today(now))
    rows = queries.waiting(numbers=numbers, now=now) if numbers else []
    return _show(request, "to_sign.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@_employer
def new(request: ActingRequest) -> HttpResponseBase:
    """Choose with whom, for what and since when; see what it lets do; then keep it."""
    seat, now = _own_seat(request.acting), clock.now()
    if Permission.MANDATES.value not in request.acting.rights:
        raise NoRight(_("You may look at the mandates of this enterprise, not make one."))
    form = forms.ProposalForm(
        request.POST if request.method == "POST" else None,
        side=seat.side,
        today=clock.today(now),
        initial={"language": get_language(), "first": str(Quarter.of(clock.today(now)).later(1))},
    )
    gives = seat.side is Side.MANDATOR
    providers = queries.providers(on=clock.today(now)) if gives else []
    context: dict[str, Any] = {"form": form, "seat": seat, "providers": providers}
    if not form.is_valid() or "change" in request.POST:
        return _show(request, "new.html", context, status=_status(form))
    replaced = _checked(seat, form)
    if form.errors:
        return _show(request, "new.html", context, status=422)
    if "confirm" not in request.POST:
        preview = {"replaced": replaced, "other_name": queries.name_of(form.cleaned_data["other"])}
        return _show(request, "preview.html", context | preview)
    return _made(request, seat, form, context)


def _checked(seat: Seat, form: forms.ProposalForm) -> list[dict[str, str]]:
    """What the mandate would replace; what stands in its way is said in the form."""
    verdict = queries.proposal(
        own=seat.number,
        side=seat.side,
        other=form.cleaned_data["other"],
        wanted=form.wanted_domains(),
        first=form.first_quarter(),
        now=clock.now(),
    )
    if verdict is None:
        unknown = "not_provider" if seat.side is Side.MANDATOR else "not_enterprise"
        form.add_error("other", words.refusal(unknown))
        return []
    for one in verdict.findings:
        if one.severity is Severity.BLOCK:
            at_number = one.key in ("mandates.not_provider", "mandates.same_enterprise")
            form.add_error("other" if at_number else None, words.finding(one))
    return [
        {"domain": domains.name(one.domain), "name": queries.name_of(one.mandatary)}
        for one in verdict.outcome
    ]


def _made(
    request: ActingRequest, seat: Seat, form: forms.ProposalForm, context: dict[str, Any]
) -> HttpResponseBase:
    made: list[Mandate] = []
    wanted = Wanted(
        form.cleaned_data["other"],
        form.wanted_domains(),
        form.first_quarter(),
        form.cleaned_data["language"],
    )
    done = _attempt(
        request,
        form,
        lambda: made.append(
            operations.propose(seat=seat, wanted=wanted, by=_by(request, seat), now=clock.now())
        ),
    )
    if not done:
        return _show(request, "new.html", context, status=422)
    messages.success(request, _("The mandate is kept. It waits for your signature."))
    return redirect("mandates:detail", made[0].pk)


@require_GET
@seated
def detail(request: ActingRequest, seat: Seat, row: MandateRow) -> HttpResponse:
    """One mandate: between whom, for what, since when, who signed, what can be done."""
    context = {"seat": seat, "row": row, "history": queries.history(mandate=row.id)}
    return _show(request, "detail.html", context)


@require_GET
@seated
def document(request: ActingRequest, seat: Seat, row: MandateRow) -> HttpResponse:
    """The document as it stands, to read, to keep or to sign with a card."""
    return HttpResponse(
        documents.current(row.id),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="mandate-{row.id}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


@require_http_methods(["GET", "POST"])
@seated
def sign(request: ActingRequest, seat: Seat, row: MandateRow) -> HttpResponseBase:
    """Sign on the page with this session's sign-in, or find the way by card."""
    acting = request.acting
    policy = REPRESENTATIVE_ABROAD if Niss(acting.niss).is_bis else STRONG
    if not acting.satisfies(policy):
        return ways_in.to_step_up(request, policy=policy, service="mandates")
    done = request.method == "POST" and _attempt(
        request,
        None,
        lambda: operations.sign_on_page(
            seat=seat,
            mandate=row.id,
            means=acting.means,
            level=acting.level,
            is_sure_enough=True,
            by=_by(request, seat),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _signed_words(row))
    if done or Step.SIGN not in row.steps:
        return redirect("mandates:detail", row.id)
    return _show(request, "sign.html", {"seat": seat, "row": row, "form": forms.DocumentForm()})


@require_http_methods(["POST"])
@seated
def send_in(request: ActingRequest, seat: Seat, row: MandateRow) -> HttpResponseBase:
    """Take the document that was signed with a card."""
    form = forms.DocumentForm(request.POST, request.FILES)
    if form.is_valid() and _taken(request, seat, row, form):
        messages.success(request, _signed_words(row))
        return redirect("mandates:detail", row.id)
    return _show(request, "sign.html", {"seat": seat, "row": row, "form": form}, status=422)


def _taken(request: ActingRequest, seat: Seat, row: MandateRow, form: forms.DocumentForm) -> bool:
    # One byte more than the largest is enough to see that it is too large.
    pdf = form.cleaned_data["document"].read(operations.LARGEST + 1)
    try:
        return _attempt(
            request,
            form,
            lambda: operations.sign_document(
                seat=seat, mandate=row.id, pdf=pdf, by=_by(request, seat), now=clock.now()
            ),
        )
    except DocumentRefused as refusal:
        form.add_error("document", words.refusal(refusal.key))
        return False


def _signed_words(row: MandateRow) -> str:
    if row.is_maker:
        return _("Signed. The other party is told that its signature is missing.")
    return _("Signed by both: the mandate is in force from its first quarter.")


@require_http_methods(["GET", "POST"])
@seated
def reject(request: ActingRequest, seat: Seat, row: MandateRow) -> HttpResponseBase:
    """Refuse what was offered, or withdraw one's own; asked once more before."""
    change = operations.withdraw if row.is_maker else operations.refuse
    done = request.method == "POST" and _attempt(
        request,
        None,
        lambda: change(seat=seat, mandate=row.id, by=_by(request, seat), now=clock.now()),
    )
    if done:
        text = _("The mandate is withdrawn.") if row.is_maker else _("The mandate is refused.")
        messages.success(request, text)
    if request.method == "POST" or not row.steps & {Step.REFUSE, Step.WITHDRAW}:
        return redirect("mandates:detail", row.id)
    return _show(request, "reject.html", {"seat": seat, "row": row})


@require_http_methods(["GET", "POST"])
@seated
def end(request: ActingRequest, seat: Seat, row: MandateRow) -> HttpResponseBase:
    """Choose the last quarter."""
    quarters = rules.last_quarters(
        first_day=row.first.first_day,
        last_day=row.last.last_day if row.last else None,
        on=clock.today(clock.now()),
    )
    if Step.END not in row.steps or not quarters:
        messages.error(request, words.refusal("step"))
        return redirect("mandates:detail", row.id)
    form = forms.EndForm(request.POST if request.method == "POST" else None, quarters=quarters)
    if form.is_valid() and _attempt(
        request,
        form,
        lambda: operations.end(
            seat=seat,
            mandate=row.id,
            last=Quarter.parse(form.cleaned_data["last"]),
            by=_by(request, seat),
            now=clock.now(),
        ),
    ):
        messages.success(request, _("The last quarter is chosen. The other party is told."))
        return redirect("mandates:detail", row.id)
    return _show(request, "end.html", {"row": row, "form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@seated
def take_back(request: ActingRequest, seat: Seat, row: MandateRow) -> HttpResponseBase:
    """The employer takes the mandate back, at once; asked once more before."""
    acting = request.acting
    policy = REPRESENTATIVE_ABROAD if Niss(acting.niss).is_bis else STRONG
    if Step.REVOKE not in row.steps:
        messages.error(request, words.refusal("step"))
        return redirect("mandates:detail", row.id)
    if not acting.satisfies(policy):
        return ways_in.to_step_up(request, policy=policy, service="mandates")
    if request.method != "POST":
        return _show(request, "take_back.html", {"row": row})
    if _attempt(
        request,
        None,
        lambda: operations.revoke(
            seat=seat,
            mandate=row.id,
            is_sure_enough=True,
            by=_by(request, seat),
            now=clock.now(),
        ),
    ):
        messages.success(request, _("Taken back: from now on nobody acts by this mandate."))
    return redirect("mandates:detail", row.id)
