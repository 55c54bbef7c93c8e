"""The steps of a new request; going back keeps everything, the last button counts once."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.eservices.career_break import checks, drafting, law, operations, outages, queries
from guichet.eservices.career_break.content import Asked
from guichet.eservices.career_break.credit import attesting, proving, trying, using
from guichet.eservices.career_break.credit.words import UNKNOWN_CODE
from guichet.eservices.career_break.forms import request as steps
from guichet.eservices.career_break.forms import rows
from guichet.eservices.career_break.forms.parts import filled, put
from guichet.eservices.career_break.models import Draft, Parameters
from guichet.eservices.career_break.operations import NoParameters, Refused
from guichet.eservices.career_break.pages import asking, attestations
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.kernel.verdict import Severity
from guichet.platform import clock
from guichet.platform.throttle import Throttled
from guichet.rules.career_break.faults import Fault, blocking
from guichet.rules.career_break.kinds import Regime, Sector

# The names of the rules, where the form has another one.
_NAMES: Final = {
    "contract_hours": "contract_minutes",
    "full_time_hours": "full_time_minutes",
    "hours_during": "break_minutes",
    "collar": "regime",
    "committee": "regime",
}


@dataclass(frozen=True, slots=True)
class _Walk:
    """Somebody who fills in a draft."""

    request: ActingRequest
    draft: Draft
    parameters: Parameters

    def form(self, step: str, **given: Any) -> forms.Form:
        """The form of a step, by what was chosen before it."""
        return steps.form_of(
            step, sector=self.parameters.sector, typed=self.draft.typed, today=self.today,
            employer=self.draft.employer.number, authority=self.parameters.authority, **given,
        )  # fmt: skip

    def asked(self, *, wants_mail: bool = False) -> Asked:
        """What the draft says so far."""
        asked = steps.asked_in(
            self.draft.typed, worker=self.draft.worker, sector=self.parameters.sector,
            today=self.today, wants_mail=wants_mail,
        )  # fmt: skip
        return replace(asked, authority=self.parameters.authority)

    def faults(self, asked: Asked) -> tuple[Fault, ...]:
        """What the rules say of it; a row that cannot be read is left out of it and told."""
        found = checks.faults(asked=asked, facts=self._facts(asked), today=self.today)
        return found if self.is_readable() else (blocking("V-RW-01", ""), *found)

    def is_readable(self) -> bool:
        """Whether every row of the tables can be read."""
        return steps.is_readable(
            self.draft.typed, sector=self.parameters.sector, today=self.today,
            employer=self.draft.employer.number,
        )  # fmt: skip

    def answers(self, asked: Asked) -> tuple[law.Answer, law.Answer] | None:
        """Right and allowance, as far as is known."""
        return checks.answers(asked=asked, facts=self._facts(asked), today=self.today)

    def credit(self) -> dict[str, Any] | None:
        """What the worker's code told, as long as it may be read."""
        details = self.draft.typed.get(steps.DETAILS, {})
        row = using.attested(details, employer=self.draft.employer.number, now=clock.now())
        if row is None:
            return None
        asking.noted(self.request, [row.person.niss], purpose=asking.ATTESTATIONS)
        return {"row": row, "lines": proving.shown(row.content)}

    @property
    def today(self) -> date:
        """The day of the page."""
        return clock.today(clock.now())

    def _facts(self, asked: Asked) -> checks.Facts:
        return checks.facts_of(
            employer=self.draft.employer.number, sector=self.parameters.sector,
            person=self.draft.person, authority=asked.authority, notified_on=asked.notified_on,
        )  # fmt: skip

    def show(self, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
        """A page of the steps."""
        given = {
            "draft": self.draft, "steps": steps.STEPS, "leave": steps.of_details(self.draft.typed),
            "sector": self.parameters.sector, "credit": self.credit(),
        }  # fmt: skip
        return asking.show(self.request, template, given | context, status=status)


@require_http_methods(["GET", "POST"])
@asking.guarded
def step(request: ActingRequest, key: UUID, step: str) -> HttpResponseBase:
    """One step; a POST keeps what was typed, then goes where its button says."""
    employer = asking.employer_of(request)
    draft = queries.draft(key=key, employer=employer, now=clock.now())
    if draft is None:
        return _sent_already(key, employer)
    parameters = queries.parameters(employer=employer)
    if parameters is None:
        return redirect("career_break:parameters")
    asking.noted(request, [draft.person.niss])
    if _lacks_worker(draft, parameters):
        return redirect(f"{reverse('career_break:select')}?draft={draft.pk}")
    walk = _Walk(request, draft, parameters)
    if step == steps.CHECK:
        return _check(walk)
    if request.method == "POST":
        return _kept(walk, step)
    return _page(walk, step, _unjudged(walk, step))


def _lacks_worker(draft: Draft, parameters: Parameters) -> bool:
    """Dimona often names no joint committee, and none says of every worker what code he has."""
    worker, is_private = draft.worker, parameters.sector == Sector.PRIVATE
    return not worker.get("worker_code") or (is_private and not worker.get("committee"))


def _kept(walk: _Walk, step: str) -> HttpResponseBase:
    request, draft = walk.request, walk.draft
    do, sender, now = request.POST.get("do", "next"), asking.sender_of(request), clock.now()
    if do == "forget":
        drafting.forget(key=draft.pk, sender=sender, now=now)
        messages.success(request, _("The draft is deleted."))
        return redirect("career_break:overview")
    typed = _typed(request)
    changed = rows.acted(typed, do)
    typed = typed if changed is None else changed
    try:
        draft, refusal = _stored(walk, step, typed, opens=do == "next")
    except Throttled as wait:
        return attestations.too_often(request, wait)
    if do in ("back", "later"):
        return _left(walk, step, do)
    walk = replace(walk, draft=_with_people(draft, walk.draft))
    if changed is not None:
        return _page(walk, step, _unjudged(walk, step))
    return _judged(walk, step, stays=do == "expected", refusal=refusal)


def _left(walk: _Walk, step: str, do: str) -> HttpResponseBase:
    """Back by one step, or away until another day: what was typed is kept already."""
    if do == "later":
        kept = _("Kept. You find the draft in the overview for thirty days.")
        messages.success(walk.request, kept)
        return redirect("career_break:overview")
    at = steps.STEPS.index(step)
    if not at:
        return redirect("career_break:select")
    return redirect("career_break:step", walk.draft.pk, steps.STEPS[at - 1])


def _stored(walk: _Walk, step: str, typed: dict[str, str], *, opens: bool) -> tuple[Draft, str]:
    """Keep what was typed; a worker's code is opened in the same go, or the words why not."""
    request, sender, now = walk.request, asking.sender_of(walk.request), clock.now()
    key = walk.draft.pk
    if step == steps.DETAILS:
        typed = {name: text for name, text in typed.items() if name not in steps.HELD}
        typed |= {name: text for name, text in walk.draft.typed.get(step, {}).items()
                  if name in steps.HELD}  # fmt: skip
        form = walk.form(step, data=typed)
        code = form.cleaned_data.get(steps.CODE) if opens and form.is_valid() else None
        if code is not None:
            trying.count(request)
            unsaid = typed | {steps.CODE: ""}
            try:
                draft = using.attach(
                    draft=walk.draft, code=code, step=step, typed=unsaid, sender=sender, now=now
                )
            except attesting.UnknownCode:
                trying.refused(request, now=now)
                draft = drafting.keep(key=key, step=step, typed=typed, sender=sender, now=now)
                return draft, str(UNKNOWN_CODE)
            return draft, ""
    return drafting.keep(key=key, step=step, typed=typed, sender=sender, now=now), ""


def _unjudged(walk: _Walk, step: str) -> forms.Form:
    """A step as it was left, with nothing said of it."""
    form = walk.form(step)
    if step in walk.draft.typed:
        form.initial = filled(type(form), walk.draft.typed[step])
    return form


def _with_people(draft: Draft, known: Draft) -> Draft:
    """The row that was just kept, with the people that were read before."""
    draft.person, draft.employer = known.person, known.employer
    return draft


def _typed(request: ActingRequest) -> dict[str, str]:
    """What stands in the boxes; the button of the expected hours fills them in."""
    typed = {
        name: request.POST.get(name, "").replace("\0", "")[:1_000]
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "do", "expected")
    }
    expected = request.POST.get("expected", "")[:5]
    if request.POST.get("do") == "expected" and expected.isascii() and expected.isdigit():
        hours, minutes = divmod(int(expected), 60)
        typed |= {"break_minutes_0": str(hours), "break_minutes_1": f"{minutes:02d}"}
    return typed


def _judged(walk: _Walk, step: str, *, stays: bool, refusal: str) -> HttpResponseBase:
    """To the next step, unless something blocks, or a warning was not seen yet."""
    form = walk.form(step, data=walk.draft.typed[step])
    if form.is_valid() and refusal:
        form.add_error(steps.CODE, refusal)
    found: tuple[Fault, ...] = ()
    # Where days or hours cannot be read, the rules have nothing to judge.
    is_read = not form.errors and not any(row.errors for row in steps.rows_in(form))
    if step == steps.CHARACTERISTICS and is_read:
        found = walk.faults(walk.asked())
        put(form, found, _NAMES)
    if form.errors or not is_read:
        return _page(walk, step, form, found=found, status=422)
    if stays or (_warns(found) and not walk.draft.typed[step].get("seen")):
        return _page(walk, step, form, found=found)
    at = steps.STEPS.index(step)
    return redirect("career_break:step", walk.draft.pk, steps.STEPS[at + 1])


def _check(walk: _Walk) -> HttpResponseBase:
    request, draft = walk.request, walk.draft
    if request.method == "GET":
        asked = walk.asked()
        return _summary(walk, asked, steps.ConfirmForm(), walk.faults(asked))
    if request.POST.get("do") == "back":
        return redirect("career_break:step", draft.pk, steps.REDUCTION)
    form = steps.ConfirmForm(request.POST)
    asked = walk.asked(wants_mail=form.is_valid() and form.cleaned_data["wants_mail"])
    if form.errors or not walk.is_readable():
        return _summary(walk, asked, form, walk.faults(asked), status=422)
    return _confirmed(walk, asked, form)


def _confirmed(walk: _Walk, asked: Asked, form: forms.Form) -> HttpResponseBase:
    if (one := outages.announced(now=clock.now())) is not None:
        return walk.show("outage.html", {"one": one}, status=503)
    try:
        row = operations.confirm(
            key=walk.draft.pk, asked=asked, sender=asking.sender_of(walk.request), now=clock.now()
        )
    except Refused as refusal:
        return _summary(walk, asked, form, refusal.faults, status=422)
    except NoParameters:
        return redirect("career_break:parameters")
    except UnknownRequest:
        raise Http404 from None
    return redirect("career_break:receipt", row.ticket)


def _summary(
    walk: _Walk, asked: Asked, form: forms.Form, found: tuple[Fault, ...], *, status: int = 200
) -> HttpResponse:
    context = {
        "step": steps.CHECK,
        "asked": asked,
        "form": form,
        "blocking": [one for one in found if one.blocks],
        "warning": _warns(found),
        "answers": walk.answers(asked),
        "is_complete": asked.first_day is not None and asked.regime in tuple(Regime),
    }
    return walk.show("check.html", context, status=status)


def _page(
    walk: _Walk, step: str, form: forms.Form, *, found: tuple[Fault, ...] = (), status: int = 200
) -> HttpResponse:
    is_hours = step == steps.CHARACTERISTICS
    asked = walk.asked() if is_hours else None
    context = {
        "step": step,
        "form": form,
        "warning": _warns(found),
        "fields_warned": {_NAMES.get(one.field, one.field) for one in _warns(found)},
        "expected": checks.expected_minutes(asked) if asked else None,
        "answers": walk.answers(asked) if asked else None,
        "together": checks.together(asked) if asked else None,
    }
    template = "characteristics.html" if is_hours else "step.html"
    return walk.show(template, context, status=status)


def _warns(found: tuple[Fault, ...]) -> list[Fault]:
    return [one for one in found if one.severity is Severity.WARN]


def _sent_already(key: UUID, employer: str) -> HttpResponseBase:
    """A second press of the last button: the receipt of the first."""
    row = queries.sent(key=key, employer=employer)
    if row is None:
        raise Http404
    return redirect("career_break:receipt", row.ticket)
