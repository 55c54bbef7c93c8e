"""The steps of a declaration, new or changed; nothing is stored before the last one.

Every step is a page of its own: what was typed is kept in the session, also when a page is left
half filled in or refused.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.eservices.works import operations, queries
from guichet.eservices.works.content import declared_of
from guichet.eservices.works.models import Declaration as Row
from guichet.eservices.works.operations import AlreadyCancelled, ChangedMeanwhile, Refused
from guichet.eservices.works.pages import drafts, shown
from guichet.eservices.works.pages.asking import declarant, language, own, sender, show
from guichet.eservices.works.pages.drafts import Draft, Typed
from guichet.eservices.works.pages.forms import LinkForm, PlaceForm, PlacesForm, WhoForm, WorksForm
from guichet.eservices.works.pages.prefill import draft_of
from guichet.kernel.verdict import Verdict
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.works.declared import Declaration
from guichet.rules.works.finding import Anomaly
from guichet.rules.works.needed import Amounts, needed, obliged

_FORMS: Final[dict[str, type[forms.Form]]] = {
    "who": WhoForm,
    "works": WorksForm,
    "places": PlacesForm,
    "chain": forms.Form,
}
_ROWS: Final[dict[str, type[forms.Form]]] = {"places": PlaceForm, "chain": LinkForm}


@require_http_methods(["GET", "POST"])
@declarant
def step(request: ActingRequest, key: str, step: str) -> HttpResponseBase:
    """One step; a POST keeps what was typed, then goes where its button says."""
    draft = _draft(request, key)
    if step == "check":
        return _check(request, draft)
    if request.method == "GET":
        return _page(request, draft, step)
    todo = request.POST.get("do", "next")
    if todo == "forget":
        drafts.forget(request, key)
        return redirect("works:list") if key != drafts.NEW else redirect(_place(key, "who"))
    draft = _typed(request, draft, step)
    if todo in ("add", "back") or todo.startswith("remove-"):
        return _aside(request, draft, step, todo)
    if step in _ROWS:
        kept = drafts.compact(draft.rows.get(step, []))
        draft = draft.with_step(step, draft.typed[step], kept)
    drafts.keep(request, draft)
    form, rows = _bound(draft, step)
    every = [form, *rows]
    is_sound = all(one.is_valid() for one in every)
    found = [one for one in _problems(draft) if shown.step_of(one) == step]
    if shown.put(form, rows, found) or not is_sound:
        return _page(request, draft, step, form=form, rows=rows, status=422)
    return redirect(_place(key, drafts.STEPS[drafts.STEPS.index(step) + 1]))


@require_POST
@declarant
def change(request: ActingRequest, number: str) -> HttpResponseBase:
    """Begin to change a declaration: a draft that says what it says now."""
    found = queries.one(number=number, declarant=own(request), language=language())
    if found is None:
        raise Http404
    draft = draft_of(
        number=number,
        version=found.row.version,
        declared=found.declared,
        is_joined=not found.row.is_first,
    )
    drafts.keep(request, draft)
    return redirect(_place(number, "chain"))


def _check(request: ActingRequest, draft: Draft) -> HttpResponseBase:
    """Everything on one page, what the rules say of it, and the button that sends it."""
    declared = _whole(draft)
    if request.method == "GET":
        return _summary(request, draft, declared, _problems(draft))
    if request.POST.get("do") == "back":
        return redirect(_place(draft.key, "chain"))
    # A draft that is not whole is not sent, whatever was posted here.
    if not all(_sound(draft, one) for one in drafts.STEPS[:-1]):
        return _summary(request, draft, declared, _problems(draft), status=422)
    return _sent(request, draft, declared)


def _sent(request: ActingRequest, draft: Draft, declared: Declaration) -> HttpResponseBase:
    now = clock.now()
    try:
        if draft.is_new:
            row = operations.declare(declared=declared, sender=sender(request), now=now)
        else:
            row = operations.change(
                number=draft.key,
                declared=declared,
                version=draft.version,
                sender=sender(request),
                now=now,
            )
    except Refused as refusal:
        return _summary(request, draft, declared, refusal.anomalies, status=422)
    except ChangedMeanwhile:
        drafts.forget(request, draft.key)
        said = _("Somebody else changed this declaration meanwhile. Look at it, and begin again.")
        messages.error(request, said)
        return redirect("works:detail", draft.key)
    except (AlreadyCancelled, operations.UnknownDeclaration):
        drafts.forget(request, draft.key)
        raise Http404 from None
    drafts.forget(request, draft.key)
    if draft.is_new:
        return redirect("works:receipt", row.number)
    messages.success(request, _("The declaration is changed, and all parties are told."))
    return redirect("works:detail", row.number)


def _summary(
    request: ActingRequest,
    draft: Draft,
    declared: Declaration,
    found: tuple[Anomaly, ...],
    *,
    status: int = 200,
) -> HttpResponse:
    numbers = [declared.declarant, declared.principal.number]
    numbers += [link.party.number for link in declared.chain]
    names = enterprises.names(numbers=[one for one in numbers if one], language=language())
    context = {
        "draft": draft,
        "declared": declared,
        "names": names,
        "blocking": [(one, shown.step_of(one)) for one in found if one.blocks],
        "warning": [(one, shown.step_of(one)) for one in found if not one.blocks],
        **_verdicts(draft, declared),
    }
    return show(request, "check.html", _steps(draft, "check") | context, status=status)


def _verdicts(draft: Draft, declared: Declaration) -> dict[str, Verdict[bool] | None]:
    """Whether a declaration is needed and the site obliged, once amount and day are known."""
    if declared.cents is None or declared.first_day is None:
        return {"needed": None, "obliged": None}
    amounts = Amounts(declared.cents, len(declared.chain))
    others = queries.others_at(reference=declared.site, but=draft.key) if declared.site else []
    return {
        "needed": needed(sector=declared.sector, amounts=amounts, on=declared.first_day),
        "obliged": obliged(
            activity=declared.activity,
            sector=declared.sector,
            contracts=[amounts, *others],
            begun_on=declared.first_day,
        ),
    }


def _page(
    request: ActingRequest,
    draft: Draft,
    step: str,
    *,
    form: forms.Form | None = None,
    rows: list[forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    if form is None or rows is None:
        form, rows = _shown(draft, step)
    context = _steps(draft, step) | {"draft": draft, "form": form, "rows": rows}
    context["errors"] = _errors(form, rows)
    return show(request, f"step-{step}.html", context, status=status)


def _errors(form: forms.Form, rows: list[forms.Form]) -> list[dict[str, str]]:
    """Every line of the summary: a row says its number."""
    lines = []
    for at, one in enumerate([form, *rows]):
        for name, errors in one.errors.items():
            head = f"{at}: " if at else ""
            href = f"#{one[name].auto_id}" if name in one.fields else "#main"
            lines += [{"text": f"{head}{error}", "href": href} for error in errors]
    return lines


def _aside(request: ActingRequest, draft: Draft, step: str, todo: str) -> HttpResponseBase:
    """A row more or less, or the step before: nothing is judged yet."""
    rows = draft.rows.get(step, [])
    place = _place(draft.key, step)
    if todo == "back":
        drafts.keep(request, draft)
        at = drafts.STEPS.index(step)
        return redirect(_place(draft.key, drafts.STEPS[at - 1]) if at else reverse("works:list"))
    if todo == "add":
        works = draft.typed.get("works", {})
        days = {name: works.get(name, "") for name in ("first_day", "last_day")}
        new: Typed = days if step == "chain" else {}
        rows = [*(rows or [{}] * (step == "places")), new]
        place += f"#row-{len(rows)}"
    else:
        row = todo.removeprefix("remove-")
        if row.isascii() and row.isdigit() and int(row) < len(rows):
            rows = drafts.without(rows, int(row))
    drafts.keep(request, draft.with_step(step, draft.typed[step], rows))
    return redirect(place)


def _typed(request: ActingRequest, draft: Draft, step: str) -> Draft:
    post: Any = request.POST
    typed = drafts.typed_in(post, _FORMS[step])
    rows = drafts.rows_in(post, _ROWS[step]) if step in _ROWS else None
    return draft.with_step(step, typed, rows)


def _shown(draft: Draft, step: str) -> tuple[forms.Form, list[forms.Form]]:
    """What was typed, without judging it: as initial values, not as a bound form."""
    form, rows = _bound(draft, step)
    return _unbound(form), [_unbound(row) for row in rows]


def _unbound(form: forms.Form) -> forms.Form:
    if form.is_bound:
        start = f"{form.prefix}-" if form.prefix else ""
        typed = {name.removeprefix(start): text for name, text in form.data.items()}
        form.is_bound, form.initial, form.data = False, typed, {}
    return form


def _bound(draft: Draft, step: str) -> tuple[forms.Form, list[forms.Form]]:
    one: dict[str, Callable[[], forms.Form]] = {
        "who": draft.who,
        "works": draft.works,
        "places": draft.places,
        "chain": lambda: forms.Form({}),
    }
    rows: dict[str, Callable[[], list[Any]]] = {
        "places": draft.place_rows,
        "chain": draft.link_rows,
    }
    return one[step](), rows[step]() if step in rows else []


def _sound(draft: Draft, step: str) -> bool:
    form, rows = _bound(draft, step)
    return all(one.is_valid() for one in (form, *rows))


def _problems(draft: Draft) -> tuple[Anomaly, ...]:
    former = is_first = None
    if not draft.is_new:
        row = Row.objects.filter(number=draft.key, declarant__number=draft.declarant).first()
        if row is not None:
            former, is_first = declared_of(row.content), row.is_first
    return operations.problems(
        declared=_whole(draft), now=clock.now(), former=former, is_first=bool(is_first)
    )


def _whole(draft: Draft) -> Declaration:
    """What is declared; a change keeps its site."""
    declared = draft.declared()
    if draft.is_new:
        return declared
    rows = Row.objects.filter(number=draft.key, declarant__number=draft.declarant)
    return replace(declared, site=rows.values_list("site_reference", flat=True).first() or "")


def _draft(request: ActingRequest, key: str) -> Draft:
    draft = drafts.read(request, key)
    if draft is None:
        raise Http404
    return draft


def _steps(draft: Draft, current: str) -> dict[str, Any]:
    return {
        "steps": drafts.STEPS,
        "step": current,
        "step_number": drafts.STEPS.index(current) + 1,
    }


def _place(key: str, step: str) -> str:
    return reverse("works:step", args=[key, step])
