"""The last page: every fault in words with its law and its repair; then sent, once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.eservices.temporary_unemployment import operations, typed
from guichet.eservices.temporary_unemployment.forms import parts
from guichet.eservices.temporary_unemployment.forms import steps as forms_of_steps
from guichet.eservices.temporary_unemployment.forms.steps import Asked
from guichet.eservices.temporary_unemployment.operations import Refused, Unseen, mark
from guichet.eservices.temporary_unemployment.pages import asking, walking
from guichet.eservices.temporary_unemployment.pages.walking import Walk
from guichet.eservices.temporary_unemployment.typed import written
from guichet.kernel.verdict import Severity
from guichet.rules.temporary_unemployment.faults import Fault, Repair, Way, needs_remark
from guichet.rules.temporary_unemployment.kinds import Kind

_ONE_DAY: Final = timedelta(days=1)
_REMARK: Final = 1_000
_AGAIN: Final = "CTW-084"
# Repairs that a button applies, and the box that they fill in.
_FILLS: Final = {
    Way.START_ON: "first_day", Way.END_ON: "last_day", Way.SPLIT_ON: "last_day",
    Way.CHOOSE_REGIME: "regime",
}  # fmt: skip
_MOST_OTHERS: Final = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A fault on the page. ``others``: the same of other lines; ``step``: where it is set right;
    ``applies``: by what the button that repairs it is known, empty without one."""

    fault: Fault
    others: tuple[Fault, ...]
    step: str
    applies: str


class CheckForm(forms.Form):
    """The remarks, and the tick for a communication that is sent twice."""

    remarks = parts.text(
        gettext_lazy("Remarks"), _REMARK,
        hint=gettext_lazy("The office reads them. They are compulsory when there is a warning."),
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=gettext_lazy("I send the same content again on purpose."), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)


def check(walk: Walk) -> HttpResponseBase:
    """The page, and its buttons."""
    if walk.request.method == "GET":
        kept = walk.draft.typed.get(typed.CHECK, {})
        return _page(walk, CheckForm(initial=kept), walk.faults(walk.read()))
    do = walk.request.POST.get("do", "")
    form = CheckForm(walk.request.POST)
    form.is_valid()
    remarks = str(form.cleaned_data.get("remarks", "")).replace("\0", "")[: 2 * _REMARK]
    walk = walking.keep(walk, typed.CHECK, {"remarks": remarks})
    gone = walking.left(walk, do)
    if gone is not None:
        return gone
    if do == "back":
        return walk.beside(typed.CHECK, -1)
    if do.startswith("apply-"):
        return _applied(walk, do.removeprefix("apply-"))
    return _sent(walk, form)


def _sent(walk: Walk, form: CheckForm) -> HttpResponseBase:
    read = walk.read()
    confirmed = bool(form.cleaned_data.get("confirmed"))
    faults = walk.faults(read, confirmed=confirmed)
    if any(one.blocks for one in faults):
        return _page(walk, form, faults, status=422)
    if needs_remark(faults) and not read.told.said.remarks:
        form.add_error("remarks", _("Explain why you send it all the same."))
        return _page(walk, form, faults, status=422)
    if form.cleaned_data.get("seen") != _digest(faults) and needs_remark(faults):
        return _page(walk, form, faults, status=422, is_new=True)
    try:
        row = operations.communicate(
            told=read.told, sender=asking.sender_of(walk.request), now=walk.now,
            seen=[mark(one) for one in faults], confirmed=confirmed, draft=walk.draft.pk,
        )  # fmt: skip
    except Unseen as unseen:
        return _page(walk, form, unseen.faults, status=422, is_new=True)
    except Refused as refusal:
        return _page(walk, form, refusal.faults, status=422)
    return redirect("temporary_unemployment:receipt", row.ticket)


def _applied(walk: Walk, key: str) -> HttpResponseBase:
    """The repair of a fault that stands on the page, put into its box."""
    for one in walk.faults(walk.read()):
        if mark(one) == key and one.repair is not None and one.repair.way in _FILLS:
            step = step_of(walk, _FILLS[one.repair.way])
            boxes = dict(walk.draft.typed.get(step, {}))
            boxes[_FILLS[one.repair.way]] = _value(one.repair)
            walk = walking.keep(walk, step, boxes)
            break
    return walk.at(typed.CHECK)


def _value(repair: Repair) -> str:
    day: date | None = repair.day
    if repair.way is Way.SPLIT_ON and day is not None:
        day -= _ONE_DAY
    return repair.regime.value if repair.regime else written(day)


def shown(faults: Iterable[Fault], walk: Walk) -> list[Shown]:
    """Faults in their order; the same fault of many lines is one, with the others behind it."""
    groups: dict[str, list[Fault]] = {}
    for one in faults:
        name = one.field.rpartition(".")[2] if one.field.startswith("lines.") else one.field
        groups.setdefault(f"{one.key}:{name}", []).append(one)
    return [
        Shown(same[0], tuple(same[1 : _MOST_OTHERS + 1]), step_of(walk, same[0].field),
              _applies(same[0]))
        for same in groups.values()
    ]  # fmt: skip


def step_of(walk: Walk, field: str) -> str:
    """The step on which a field of the rules is filled in."""
    if field.startswith("lines") or field == "section":
        return typed.WORKERS if typed.WORKERS in walk.steps else walk.steps[0]
    asked = Asked(walk.kind, walk.reason, walk.today, walk.places)
    for step in walk.steps:
        if step in (typed.WORKERS, typed.CHECK):
            continue
        if field in forms_of_steps.form_of(step, asked).fields:
            return step
    return walk.steps[0]


def _applies(one: Fault) -> str:
    return mark(one) if one.repair is not None and one.repair.way in _FILLS else ""


def _digest(faults: Iterable[Fault]) -> str:
    """By what the warnings that stood on the page are known again, however many they are."""
    marks = sorted(mark(one) for one in faults if one.severity is Severity.WARN)
    return hashlib.sha256("\n".join(marks).encode()).hexdigest() if marks else ""


def _place(walk: Walk, number: str) -> str:
    """The chosen establishment in words, empty for none."""
    places = (one for one in walk.places if one.number == number)
    return next((forms_of_steps.placed(one, walk.today) for one in places), "")


def _page(
    walk: Walk,
    form: CheckForm,
    faults: Collection[Fault],
    *,
    status: int = 200,
    is_new: bool = False,
) -> HttpResponse:
    read = walk.read()
    said = read.told.said
    again = any(one.code == _AGAIN for one in faults)
    if not again and not form.data.get("confirmed"):
        del form.fields["confirmed"]
    form.fields["seen"].widget.attrs["value"] = _digest(faults)
    names = read.told.names[:_MOST_OTHERS]
    asking.noted(walk.request, [line.niss for line in said.lines[:_MOST_OTHERS]])
    context: dict[str, Any] = {
        "form": form,
        "told": read.told,
        "said": said,
        "place": _place(walk, said.establishment),
        "workers": list(zip(said.lines, names, strict=False)),
        "blocking": shown([one for one in faults if one.blocks and one.code != _AGAIN], walk),
        "warning": shown([one for one in faults if one.severity is Severity.WARN], walk),
        "inform": shown([one for one in faults if one.severity is Severity.INFORM], walk),
        "again": again,
        "is_new": is_new,
        "seen": _digest(faults),
        "of_day": walk.kind in (Kind.FIRST_DAY, Kind.STRIKE),
        "is_change": bool(said.changes),
    }
    return walk.show("check.html", context, step=typed.CHECK, status=status)
