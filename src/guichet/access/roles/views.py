"""Pages of access management: the grid, one user, managers; and a person's own access."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.acting import QUALITY_NAMES
from guichet.access.roles import forms, operations, queries, words
from guichet.access.roles.changing import AccessRefused, UnknownUser
from guichet.access.roles.offered import CAPABILITIES, permissions
from guichet.access.services import REPRESENTATIVE_ABROAD, STRONG
from guichet.access.sessions import Acting, ActingRequest, acting_required
from guichet.audit.lookups import looked_up
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.platform.csv_export import download
from guichet.rules.access_management import MANAGEMENT, Kind, Step
from guichet.rules.assurance import Policy

# Access codes are enough to look; who gives or takes rights is identified more surely.
# Naming the main access manager asks more still (`_is_sure_enough`). [OUR CHOICE]
manager: Final = acting_required(kind="employer", service=MANAGEMENT, policy=Policy(200))
changer: Final = acting_required(kind="employer", service=MANAGEMENT, policy=Policy(300))
_STEPS: Final = {"block": Step.BLOCK, "unblock": Step.UNBLOCK, "delete": Step.DELETE}


def _number(acting: Acting) -> str:
    if acting.enterprise_number is None:
        raise Http404
    return acting.enterprise_number


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shared = {"words": words, "quality_names": QUALITY_NAMES, "capabilities": CAPABILITIES}
    return render(request, f"roles/{template}", shared | context, status=status)


def _attempt(request: ActingRequest, form: Any, change: Callable[[], object]) -> bool:
    """Carry out a change; what is refused is said at the top of the form."""
    try:
        change()
    except UnknownUser:
        raise Http404 from None
    except AccessRefused as refusal:
        text = words.REFUSALS[refusal.key]
        if form is None:
            messages.error(request, text)
        else:
            form.add_error(None, text)
        return False
    return True


def _look(request: ActingRequest, rows: list[queries.PersonRow], purpose: str) -> None:
    looked_up(
        viewer=request.acting.actor,
        subjects=[row.niss for row in rows],
        purpose=purpose,
        channel="portal",
        now=clock.now(),
    )


def _own_row(request: ActingRequest, member: int) -> queries.PersonRow:
    row = queries.person(enterprise_number=_number(request.acting), member=member, now=clock.now())
    if row is None:
        raise Http404
    return row


@require_GET
@manager
def grid(request: ActingRequest) -> HttpResponse:
    """Everybody and everything at a glance: people down, services across."""
    number, now = _number(request.acting), clock.now()
    qualities = queries.qualities_of(enterprise_number=number, on=clock.today(now))
    asked = request.GET.get("quality") or request.acting.quality
    quality = asked if asked in qualities else qualities[0]
    rows = queries.people(enterprise_number=number, now=now)
    if request.GET.get("soon"):
        rows = [row for row in rows if any(cell.ends_soon for cell in row.cells)]
    _look(request, rows, "access.grid")
    context = {
        "rows": rows,
        "columns": [str(one) for one in permissions(quality)],
        "quality": quality,
        "qualities": qualities,
        "soon": bool(request.GET.get("soon")),
    }
    return _show(request, "grid.html", context)


@require_GET
@manager
def grid_file(request: ActingRequest) -> HttpResponseBase:
    """The grid as CSV: one line for each right."""
    number, now = _number(request.acting), clock.now()
    rows = queries.people(enterprise_number=number, now=now)
    _look(request, rows, "access.grid")
    head = [_("User"), _("State"), _("Service"), _("Quality"), _("From"), _("Until"), _("Accepted")]
    lines = (
        [
            row.name,
            str(words.STATES[row.state]),
            words.service_name(cell.service),
            str(QUALITY_NAMES[cell.quality]),
            cell.first_day.isoformat(),
            cell.last_day.isoformat() if cell.last_day else "",
            _("yes") if cell.is_accepted else _("no"),
        ]
        for row in rows
        for cell in row.cells
    )
    return download(name="guichet-access.csv", head=head, rows=lines)


@require_http_methods(["GET", "POST"])
@changer
def invite(request: ActingRequest) -> HttpResponseBase:
    """Invite somebody; his rights are chosen on his own page afterwards."""
    form = forms.InviteForm(
        request.POST if request.method == "POST" else None, initial={"language": get_language()}
    )
    if form.is_valid():
        made: list[Any] = []
        done = _attempt(
            request,
            form,
            lambda: made.append(
                operations.invite(
                    enterprise_number=_number(request.acting),
                    niss=form.cleaned_data["niss"],
                    contact=form.contact(),
                    wanted=None,
                    by=request.acting.actor,
                    now=clock.now(),
                    posts_codes=form.cleaned_data["posts_codes"],
                )
            ),
        )
        if done:
            messages.success(request, _("The person is invited. Now choose what he may do."))
            return redirect("roles:grant", made[0].pk)
    return _show(request, "invite.html", {"form": form}, status=_status(form))


@require_GET
@changer
def person(request: ActingRequest, member: int) -> HttpResponse:
    """One user: how to reach him, what he may do, what happened."""
    row = _own_row(request, member)
    _look(request, [row], "access.user")
    number = _number(request.acting)
    context = {
        "row": row,
        "masked": Niss(row.niss).masked(),
        "changes": queries.changes(enterprise_number=number, person_id=row.person),
        "qualities": queries.qualities_of(enterprise_number=number, on=clock.today(clock.now())),
    }
    return _show(request, "person.html", context)


@require_http_methods(["GET", "POST"])
@changer
def grant(request: ActingRequest, member: int) -> HttpResponseBase:
    """Choose services and days, see what the person will be able to do, then confirm."""
    row, now = _own_row(request, member), clock.now()
    number, today = _number(request.acting), clock.today(now)
    qualities = queries.qualities_of(enterprise_number=number, on=today)
    asked = request.POST.get("quality") or request.GET.get("quality") or qualities[0]
    quality = asked if asked in qualities else qualities[0]
    initial = {"first_day": today, "last_day": today + timedelta(days=30)}
    form = forms.GrantForm(
        request.POST if request.method == "POST" else None,
        quality=quality,
        today=today,
        initial=initial,
    )
    is_sure = form.is_valid() and "confirm" in request.POST
    if is_sure and _attempt(
        request,
        form,
        lambda: operations.grant(
            enterprise_number=number,
            member=member,
            wanted=form.wanted(),
            by=request.acting.actor,
            now=now,
        ),
    ):
        messages.success(request, _("The rights are given; they open when the person accepts."))
        return redirect("roles:person", member)
    context = {"row": row, "form": form, "quality": quality, "qualities": qualities}
    if form.is_bound and not form.errors and "change" not in request.POST:
        held = {cell.service for cell in row.cells if cell.quality == quality}
        return _show(request, "preview.html", context | {"wanted": form.wanted(), "held": held})
    return _show(request, "grant.html", context, status=_status(form))


@require_POST
@changer
def step(request: ActingRequest, member: int, word: str) -> HttpResponseBase:
    """Block, unblock or delete a user."""
    if word not in _STEPS:
        raise Http404
    done = _attempt(
        request,
        None,
        lambda: operations.change_user(
            enterprise_number=_number(request.acting),
            member=member,
            step=_STEPS[word],
            by=request.acting.actor,
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("Done. It counts from the person's next click."))
    return redirect("roles:grid") if done and word == "delete" else redirect("roles:person", member)


@require_POST
@changer
def withdraw(request: ActingRequest, right: int) -> HttpResponseBase:
    """Take a right away."""
    done = _attempt(
        request,
        None,
        lambda: operations.withdraw(
            enterprise_number=_number(request.acting),
            right=right,
            by=request.acting.actor,
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The right is taken away, at once."))
    return redirect("roles:grid")


@require_GET
@manager
def managers(request: ActingRequest) -> HttpResponse:
    """Who manages the access, under which of its many names, and what changed."""
    number = _number(request.acting)
    rows = queries.managers(enterprise_number=number)
    context = {"rows": rows, "changes": queries.changes(enterprise_number=number)}
    return _show(request, "managers.html", context)


@require_http_methods(["GET", "POST"])
@changer
def appoint(request: ActingRequest, member: int) -> HttpResponseBase:
    """Make a user co-manager, or manager of a domain."""
    row = _own_row(request, member)
    number = _number(request.acting)
    qualities = queries.qualities_of(enterprise_number=number, on=clock.today(clock.now()))
    form = forms.AppointForm(
        request.POST if request.method == "POST" else None, qualities=qualities
    )
    if form.is_valid() and _attempt(
        request,
        form,
        lambda: operations.appoint(
            enterprise_number=number,
            member=member,
            kind=Kind(form.cleaned_data["kind"]),
            quality=form.cleaned_data["quality"],
            services=tuple(form.cleaned_data["services"]),
            by=request.acting.actor,
            now=clock.now(),
        ),
    ):
        messages.success(request, _("The manager is named."))
        return redirect("roles:managers")
    return _show(request, "appoint.html", {"form": form, "row": row}, status=_status(form))


@require_POST
@changer
def dismiss(request: ActingRequest, post: int) -> HttpResponseBase:
    """End the appointment of a co-manager or of a domain."""
    done = _attempt(
        request,
        None,
        lambda: operations.dismiss(
            enterprise_number=_number(request.acting),
            manager=post,
            by=request.acting.actor,
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The appointment has ended."))
    return redirect("roles:managers")


@require_GET
@acting_required(kind="worker")
def represent(request: ActingRequest) -> HttpResponse:
    """The enterprises that the person represents, and who manages their access."""
    rows = queries.represented(
        niss=request.acting.niss,
        language=get_language() or "en",
        on=clock.today(clock.now()),
    )
    return _show(request, "represent.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@acting_required(kind="worker")
def name_main(request: ActingRequest, number: str) -> HttpResponseBase:
    """The legal representative names the main access manager; himself if he likes."""
    acting, now = request.acting, clock.now()
    found = queries.represented(
        niss=acting.niss, language=get_language() or "en", on=clock.today(now)
    )
    enterprise = next((one for one in found if one.number == number), None)
    if enterprise is None:
        raise Http404
    form = forms.NameMainForm(
        request.POST if request.method == "POST" else None, initial={"language": acting.language}
    )
    if form.is_valid() and _attempt(
        request,
        form,
        lambda: operations.name_main(
            enterprise_number=number,
            niss=form.cleaned_data["niss"],
            contact=form.contact(),
            by=acting.actor,
            is_sure_enough=_is_sure_enough(acting),
            now=now,
            posts_codes=form.cleaned_data["posts_codes"],
        ),
    ):
        messages.success(request, _("The main access manager is named."))
        return redirect("roles:represent")
    context = {"form": form, "enterprise": enterprise}
    return _show(request, "name_main.html", context, status=_status(form))


@require_GET
@acting_required(kind="worker", policy=Policy(200))
def mine(request: ActingRequest) -> HttpResponse:
    """What enterprises gave me, what waits for my answer."""
    rows = queries.own_access(
        person_id=request.acting.person_id, language=get_language() or "en", now=clock.now()
    )
    return _show(request, "mine.html", {"rows": rows})


@require_POST
@acting_required(kind="worker", policy=Policy(200))
def answer(request: ActingRequest, number: str) -> HttpResponseBase:
    """Accept or decline what an enterprise gave me."""
    accepts = request.POST.get("answer") == "accept"
    done = _attempt(
        request,
        None,
        lambda: operations.answer(
            enterprise_number=number, accepts=accepts, by=request.acting.actor, now=clock.now()
        ),
    )
    if done and accepts:
        messages.success(request, _("Accepted. Choose the enterprise at the top to begin."))
    elif done:
        messages.success(request, _("Declined. The enterprise can see it."))
    return redirect("roles:mine")


def _is_sure_enough(acting: Acting) -> bool:
    """Acts of a representative ask for a strong means; without a Belgian card, for others."""
    if Niss(acting.niss).is_bis and acting.satisfies(REPRESENTATIVE_ABROAD):
        return True
    return acting.satisfies(STRONG)


def _status(form: Any) -> int:
    return 422 if form.errors else 200
