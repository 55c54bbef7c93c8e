"""From what was typed at the ten steps to the worker's part, and what is missing in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms

from guichet.eservices.career_break.said import Cared, Child, Said
from guichet.eservices.career_break.worker import words
from guichet.eservices.career_break.worker.cases import Case
from guichet.eservices.career_break.worker.forms.earlier import EarlierForm
from guichet.eservices.career_break.worker.forms.person import NEW, form_class
from guichet.eservices.career_break.worker.forms.steps import OF_STEP, StepForm
from guichet.rules.career_break.kinds import Leave, Parentage

STEPS: Final = tuple(words.STEPS)
TYPED: Final = ("identity", "person", "earlier", "household", "activities", "pension", "payment")
# What is the same whoever the employer is: one break with two employers is told once.
_OF_HIMSELF: Final = ("identity", "household", "activities", "pension", "payment")
_CARED: Final = (
    "name", "born_on", "relation", "parentage", "bond", "nobody_before", "is_disabled",
    "registered_on", "is_adopted",
    "placed_months", "recognised_from", "recognised_until", "has_social_rights",
    "lives_in_belgium",
)  # fmt: skip
_CAREER: Final = (
    "training_recognised", "training_basic", "training_hours", "training_credits",
    "training_quarter", "career_years", "heavy_years_of_ten", "heavy_years_of_fifteen",
    "night_years", "has_incapacity_certificate", "is_single_parent",
)  # fmt: skip


def form_of(step: str, case: Case, data: Mapping[str, Any] | None = None) -> StepForm:
    """The form of a step; unbound it holds what was typed before, or what is known."""
    kind = class_of(step, case)
    if data is not None:
        return kind(dict(data), case=case)
    form = kind(case=case)
    typed = case.of_step(step) or (case.beside.get(step, {}) if step in _OF_HIMSELF else {})
    if typed:
        form.initial = {
            name: field.widget.value_from_datadict(typed, {}, name)
            for name, field in form.fields.items()
        }
    else:
        form.initial = _known(step, case)
    return form


def class_of(step: str, case: Case) -> type[StepForm]:
    """The form of a step, which may depend on the leave."""
    if step == "person":
        return form_class(case)
    return EarlierForm if step == "earlier" else OF_STEP[step]


def missing_steps(case: Case) -> tuple[str, ...]:
    """The steps of which something is missing or cannot be right, in their order."""
    return tuple(step for step in TYPED if not _bound(step, case).is_valid())


def said_in(case: Case, *, ebox_for_all: bool = False, reason: str = "") -> Said:
    """The part that was typed so far; what cannot be read is not there."""
    read = {step: _read(step, case) for step in TYPED}
    person = _person(read["person"], case)
    identity, household = read["identity"], read["household"]
    activities, payment = read["activities"], read["payment"]
    return Said(
        email=identity.get("email", ""),
        mobile=identity.get("mobile", ""),
        language=identity.get("language", ""),
        country=case.row.person.country,
        person=person,
        earlier=_earlier(case, person.key),
        all_parental_used=read["earlier"].get("all_parental_used"),
        household=household.get("household", ""),
        is_in_charge=bool(household.get("is_in_charge")),
        children=_children(household),
        activity=activities.get("activity", ""),
        activity_since=activities.get("activity_since"),
        others_reduce=activities.get("others_reduce"),
        pension=read["pension"].get("pension", ""),
        cumulates_survivor=read["pension"].get("cumulates_survivor"),
        **_account(payment, case),
        ebox_for_all=ebox_for_all,
        reason=reason,
        **{name: read["person"][name] for name in _CAREER if name in read["person"]},
    )


def _bound(step: str, case: Case) -> forms.Form:
    return form_of(step, case, case.of_step(step))


def _read(step: str, case: Case) -> dict[str, Any]:
    form = _bound(step, case)
    form.is_valid()
    return form.cleaned_data


def _person(read: Mapping[str, Any], case: Case) -> Cared:
    """Whom the leave is for; of a patient in palliative care only whether it is the same one."""
    who = read.get("who", NEW)
    given = {name: read[name] for name in _CARED if read.get(name) not in (None, "")}
    if who in case.people:
        kept = case.people[who]
        given |= {"name": kept.name, "born_on": kept.born_on}
    if given.get("parentage") == Parentage.ADOPTIVE:
        given["is_adopted"] = True
    person = Cared(**given)
    if who in case.people:
        return replace(person, key=who)
    # Whoever it is, a key that says no more than that.
    is_somebody = bool(person.name) or case.is_for_patient
    return replace(person, key=case.row.ticket if is_somebody else "")


def _earlier(case: Case, key: str) -> tuple[Any, ...]:
    form = form_of("earlier", case, case.of_step("earlier"))
    form.is_valid()
    return form.earlier(key) if isinstance(form, EarlierForm) else ()


def _children(read: Mapping[str, Any]) -> tuple[Child, ...]:
    rows = [name.split("_")[1] for name in read if name.endswith("_born_on") and read[name]]
    return tuple(
        Child(
            name=read.get(f"child_{at}_name", ""),
            born_on=read[f"child_{at}_born_on"],
            is_disabled=bool(read.get(f"child_{at}_is_disabled")),
        )
        for at in rows
    )


def _account(read: Mapping[str, Any], case: Case) -> dict[str, Any]:
    if read.get("by_cheque"):
        return {"by_cheque": True}
    return {"iban": _signs(read.get("iban", "")), "holder": read.get("holder", "")}


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).upper()


def _known(step: str, case: Case) -> dict[str, Any]:
    """What the register knows, as a beginning."""
    person = case.row.person
    if step == "identity":
        language = person.language if person.language in words.LANGUAGES else "fr"
        email = person.email or str(case.row.content.get("worker_email") or "")
        return {"language": language, "email": email}
    if step == "payment":
        return {"holder": f"{person.given_name} {person.family_name}"}
    if step == "person" and case.leave is Leave.PARENTAL and len(case.people) == 1:
        return {"who": next(iter(case.people))}
    return {}
