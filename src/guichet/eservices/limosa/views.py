"""Pages of Limosa declarations: own ones, the steps of a new or changed one, its end."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.services import BY_KEY, Permission
from guichet.access.sessions import ActingRequest, NoRight, acting_required
from guichet.audit.lookups import looked_up
from guichet.eservices.limosa import operations, queries, words
from guichet.eservices.limosa.bis import NoNumber
from guichet.eservices.limosa.content import declared_of
from guichet.eservices.limosa.forms import FORMS, CancelForm, WhoForm, declared_in, typed_of
from guichet.eservices.limosa.models import Declaration, Draft
from guichet.eservices.limosa.operations import Refused, Sender
from guichet.eservices.limosa.queries import Owner
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.limosa_declarations import Declared, Problem, StepRefused

_guarded: Final = acting_required(kind="worker", policy=BY_KEY["limosa"].policy)
_PAGE: Final = 25
_STEPS: Final = ("who", "work", "check")
_WHO: Final = frozenset(WhoForm.base_fields) | {"employer"}
# What a person who declares himself is not asked.
_OF_OTHERS: Final = ("kind", "niss", "family_name", "given_name", "birth_date", "employer_vat",
                     "employer_name")  # fmt: skip


@require_GET
@_guarded
def listing(request: ActingRequest) -> HttpResponse:
    """Own declarations, the last change first, and drafts."""
    owner = _owner(request)
    text = request.GET.get("text", "")[:100]
    page = Paginator(queries.own(owner=owner, text=text), _PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    _noted(request, rows, clock.now())
    context = {"rows": rows, "page": page, "text": text, "drafts": queries.drafts(owner=owner)}
    return _show(request, "list.html", context)


@require_GET
@_guarded
def detail(request: ActingRequest, number: str) -> HttpResponse:
    """One declaration with its L1 and its history."""
    now = clock.now()
    row = _own(request, number)
    _noted(request, [row], now)
    today = clock.today(now)
    is_open = row.state == "accepted" and row.last_day >= today
    context = _facts(declared_of(row.content)) | {
        "row": row,
        "versions": queries.versions(row),
        "may_change": is_open,
        "may_cancel": is_open and today < row.first_day,
    }
    return _show(request, "detail.html", context)


@require_POST
@_guarded
def begin(request: ActingRequest) -> HttpResponseBase:
    """A new draft, or one that changes a declaration."""
    number = request.POST.get("number", "")
    sender, now = _sender(request), clock.now()
    try:
        draft = operations.begin(sender=sender, number=number, now=now)
    except operations.UnknownDeclaration:
        raise Http404 from None
    return redirect("limosa:step", draft.pk, "work" if number else "who")


@require_http_methods(["GET", "POST"])
@_guarded
def step(request: ActingRequest, key: UUID, step: str) -> HttpResponseBase:
    """One step; a POST keeps what was typed, then goes where its button says."""
    draft = queries.draft(key=key, owner=_owner(request))
    if draft is None:
        return _sent_already(request, key)
    typed = _typed(request, draft)
    if step == "check":
        return _check(request, draft, typed)
    if request.method == "GET":
        form = _form(request, step, draft, initial=typed.get(step, {}))
        return _page(request, draft, step, form)
    if request.POST.get("do") == "forget":
        operations.forget(key=key, sender=_sender(request), now=clock.now())
        return redirect("limosa:list")
    return _kept(request, draft, step, typed)


def _kept(
    request: ActingRequest, draft: Draft, step: str, typed: dict[str, dict[str, str]]
) -> HttpResponseBase:
    key, now = draft.pk, clock.now()
    given = {name: request.POST.get(name, "")[:5_000] for name in FORMS[step].base_fields}
    typed[step] = typed.get(step, {}) | given
    operations.keep(key=key, step=step, typed=typed[step], sender=_sender(request), now=now)
    if request.POST.get("do") == "back":
        at = _STEPS.index(step)
        return redirect("limosa:step", key, _STEPS[at - 1]) if at else redirect("limosa:list")
    form = _form(request, step, draft, data=typed[step])
    form.is_valid()
    found = _problems(request, draft, typed)
    _put(form, [one for one in found if (one.field in _WHO) == (step == "who")])
    if form.errors:
        return _page(request, draft, step, form, status=422)
    return redirect("limosa:step", key, _STEPS[_STEPS.index(step) + 1])


@require_http_methods(["GET", "POST"])
@_guarded
def cancel(request: ActingRequest, number: str) -> HttpResponseBase:
    """The posting does not take place; only before it begins."""
    row = _own(request, number)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.cancel(
                number=number, reason=form.cleaned_data["reason"], sender=_sender(request),
                now=clock.now(),
            )  # fmt: skip
        except StepRefused:
            messages.error(request, _("It began or ended already: it cannot be cancelled. Change "
                                      "its last day instead."))  # fmt: skip
        else:
            messages.success(request, _("The declaration is cancelled. Its L1 is worth nothing."))
        return redirect("limosa:detail", number)
    context = {"row": row, "form": form}
    return _show(request, "cancel.html", context, status=422 if form.errors else 200)


def _check(
    request: ActingRequest, draft: Draft, typed: dict[str, dict[str, str]]
) -> HttpResponseBase:
    declared = _declared(request, draft, typed)
    if request.method == "GET":
        return _summary(request, draft, declared, _problems(request, draft, typed))
    if request.POST.get("do") == "back":
        return redirect("limosa:step", draft.pk, "work")
    try:
        row = operations.declare(
            key=draft.pk, declared=declared, sender=_sender(request), now=clock.now()
        )
    except Refused as refusal:
        return _summary(request, draft, declared, refusal.problems, status=422)
    except NoNumber:
        found = (Problem("niss", "none"),)
        return _summary(request, draft, declared, found, status=422)
    except (StepRefused, operations.ChangedMeanwhile):
        messages.error(request, _("Somebody else changed or cancelled it meanwhile, or it is over. "
                                  "Look at it, and begin again."))  # fmt: skip
        return redirect("limosa:detail", draft.number)
    except operations.UnknownDeclaration:
        raise Http404 from None
    said = _("The change is accepted, and a new L1 is made.") if draft.number else _(
        "The declaration is accepted. Give the worker his L1 before he begins."
    )  # fmt: skip
    messages.success(request, said)
    return redirect("limosa:detail", row.number)


def _summary(
    request: ActingRequest,
    draft: Draft,
    declared: Declared,
    found: tuple[Problem, ...],
    *,
    status: int = 200,
) -> HttpResponse:
    told = [(one, "who" if one.field in _WHO else "work") for one in found]
    context = _facts(declared) | {
        "draft": draft,
        "step": "check",
        "steps": _STEPS,
        "blocking": [pair for pair in told if pair[0].blocks],
        "warning": [pair for pair in told if not pair[0].blocks],
    }
    return _show(request, "check.html", context, status=status)


def _page(
    request: ActingRequest, draft: Draft, step: str, form: Any, *, status: int = 200
) -> HttpResponse:
    context = {"draft": draft, "step": step, "steps": _STEPS, "form": form}
    return _show(request, "step.html", context, status=status)


def _form(request: ActingRequest, step: str, draft: Draft, **given: Any) -> Any:
    form = FORMS[step](**given)
    hidden: tuple[str, ...] = _OF_OTHERS if _owner(request).niss else ()
    if draft.number:  # who is posted, and by whom, stays
        hidden = tuple(name for name in _OF_OTHERS if name != "employer_name")
    for name in hidden:
        form.fields.pop(name, None)
    return form


def _put(form: django_forms.Form, found: list[Problem]) -> None:
    """Say at each field of a step what blocks."""
    for one in found:
        if not one.blocks:
            continue
        name = "employer_vat" if one.field == "employer" else one.field
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, words.problem(one))


def _typed(request: ActingRequest, draft: Draft) -> dict[str, dict[str, str]]:
    """What was typed, on top of what is changed."""
    kept: dict[str, dict[str, str]] = dict(draft.typed)
    if draft.number:
        former = operations.former_of(number=draft.number, owner=_owner(request))
        if former is not None:
            return typed_of(former) | kept
    return kept


def _declared(request: ActingRequest, draft: Draft, typed: dict[str, dict[str, str]]) -> Declared:
    owner = _owner(request)
    return declared_in(typed, own=owner.enterprise, holder=owner.niss)


def _problems(
    request: ActingRequest, draft: Draft, typed: dict[str, dict[str, str]]
) -> tuple[Problem, ...]:
    former = None
    if draft.number:
        former = operations.former_of(number=draft.number, owner=_owner(request))
    return operations.problems(
        declared=_declared(request, draft, typed), today=clock.today(clock.now()), former=former
    )


def _sent_already(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """A second press of the last button: the declaration that was made by the first."""
    row = queries.sent(key=key, owner=_owner(request))
    if row is None:
        raise Http404
    return redirect("limosa:detail", row.number)


def _facts(declared: Declared) -> dict[str, Any]:
    named = [one for one in (declared.client, declared.employer) if one]
    return {
        "declared": declared,
        "names": enterprises.names(numbers=named, language=_language()),
    }


def _noted(request: ActingRequest, rows: list[Declaration], now: datetime) -> None:
    """Looking at a worker leaves a trace."""
    numbers = Declaration.objects.filter(pk__in=[row.pk for row in rows])
    people = [str(one) for one in numbers.values_list("content__niss", flat=True)]
    if people:
        looked_up(
            viewer=request.acting.actor, subjects=people, purpose="limosa.own", channel="portal",
            now=now,
        )  # fmt: skip


def _own(request: ActingRequest, number: str) -> Declaration:
    row = queries.one(number=number, owner=_owner(request))
    if row is None:
        raise Http404
    return row


def _owner(request: ActingRequest) -> Owner:
    """The enterprise, with the right to it; or the person himself."""
    acting = request.acting
    if acting.enterprise_number is None:
        return Owner(niss=acting.niss)
    if Permission.LIMOSA not in acting.rights:
        raise NoRight(_("You have no right to use this service for this enterprise."))
    return Owner(enterprise=acting.enterprise_number)


def _sender(request: ActingRequest) -> Sender:
    return Sender(request.acting.actor, _owner(request), _language())


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _show(
    request: ActingRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    given = context | {"words": words, "client_check": reverse("presence:limosa")}
    return render(request, f"limosa/{template}", given, status=status)
