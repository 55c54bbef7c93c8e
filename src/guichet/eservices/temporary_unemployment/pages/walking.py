"""Somebody who fills in a draft: what it says so far, what the rules say of it, where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from guichet.access.sessions import ActingRequest
from guichet.eservices.temporary_unemployment import drafting, judging, queries, typed, words
from guichet.eservices.temporary_unemployment.drafting import UnknownDraft
from guichet.eservices.temporary_unemployment.knowing import Surroundings
from guichet.eservices.temporary_unemployment.models import Communication, Draft
from guichet.eservices.temporary_unemployment.pages import asking
from guichet.eservices.temporary_unemployment.phrases import STEPS
from guichet.eservices.temporary_unemployment.typed import Begun, Read
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.queries import EstablishmentRecord
from guichet.rules.temporary_unemployment.communication import Known
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.kinds import Kind, Reason


@dataclass(frozen=True, slots=True)
class Walk:
    """A draft in the hands of somebody, at a moment."""

    request: ActingRequest
    draft: Draft
    places: tuple[EstablishmentRecord, ...]
    now: datetime

    @property
    def kind(self) -> Kind:
        """What is communicated."""
        return Kind(self.draft.kind)

    @property
    def reason(self) -> Reason:
        """Why."""
        return Reason(self.draft.reason)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of this communication."""
        return typed.steps_of(self.kind, self.reason)

    @property
    def today(self) -> date:
        """The day of the page."""
        return clock.today(self.now)

    def read(self, boxes: Mapping[str, Any] | None = None) -> Read:
        """What the draft says; ``boxes``: by step, in place of what was kept."""
        return typed.read(self.begun(boxes), now=self.now)

    def begun(self, boxes: Mapping[str, Any] | None = None) -> Begun:
        """The draft as plain values."""
        changes = self.draft.changes
        return Begun(
            kind=self.kind, reason=self.reason, employer=asking.employer_of(self.request),
            typed=self.draft.typed | dict(boxes or {}),
            postcodes={one.number: one.address.postcode for one in self.places},
            language=_language(), changes=changes.ticket if changes else "",
        )  # fmt: skip

    def faults(self, read: Read, *, confirmed: bool = False) -> tuple[Fault, ...]:
        """Everything that would be said of it now."""
        found = judging.judge(
            told=read.told, sender=asking.sender_of(self.request).enterprise, now=self.now,
            confirmed=confirmed,
        )  # fmt: skip
        told = {one.field for one in read.unreadable}
        # A day that is none of the calendar is told as such, and not as a missing one.
        return (*read.unreadable, *(one for one in found if one.field not in told))

    def known(self, read: Read) -> Known:
        """What is known beside it."""
        sender = asking.sender_of(self.request).enterprise
        return Surroundings([read.told], sender=sender, now=self.now).known(read.told)

    def after(self, draft: Draft) -> Walk:
        """With what was just kept."""
        return replace(self, draft=draft)

    def at(self, step: str) -> HttpResponseBase:
        """To a step."""
        return redirect("temporary_unemployment:step", self.draft.pk, step)

    def beside(self, step: str, by: int) -> HttpResponseBase:
        """To the step before or after one."""
        return self.at(self.steps[max(0, self.steps.index(step) + by)])

    def show(
        self, template: str, context: Mapping[str, Any], *, step: str, status: int = 200
    ) -> HttpResponse:
        """A page of the steps."""
        given = {
            "draft": self.draft, "steps": self.steps, "step": step, "names": STEPS,
            "kind": self.kind, "reason": self.reason,
        }  # fmt: skip
        return asking.show(self.request, template, given | dict(context), status=status)


def opened(request: ActingRequest, key: UUID, step: str = "") -> Walk | HttpResponseBase:
    """The draft of this employer, or the receipt of what it became; raises Http404."""
    employer = asking.employer_of(request)
    draft = queries.draft(key=key, employer=employer)
    if draft is None:
        rows = Communication.objects.filter(draft=key, employer__number=employer)
        sent = rows.values_list("ticket", flat=True).first()
        if sent is None:
            raise Http404
        return redirect("temporary_unemployment:receipt", sent)
    walk = Walk(request, draft, enterprises.establishments(number=employer), clock.now())
    if step and step not in walk.steps:
        raise Http404
    return walk


def left(walk: Walk, do: str) -> HttpResponseBase | None:
    """What the buttons do that leave a step; None for the others."""
    sender, now = asking.sender_of(walk.request), walk.now
    if do == "later":
        messages.success(walk.request, _("Kept. You find the draft in the list for thirty days."))
        return redirect("temporary_unemployment:drafts")
    if do == "forget":
        drafting.forget(key=walk.draft.pk, sender=sender, now=now)
        messages.success(walk.request, _("The draft is thrown away."))
        return redirect("temporary_unemployment:drafts")
    return None


def keep(walk: Walk, step: str, boxes: Mapping[str, Any]) -> Walk:
    """Keep the boxes of a step; raises Http404 when somebody threw the draft away meanwhile."""
    try:
        draft = drafting.keep(
            key=walk.draft.pk, step=step, typed=boxes, sender=asking.sender_of(walk.request),
            now=walk.now,
        )  # fmt: skip
    except UnknownDraft:
        raise Http404 from None
    return walk.after(draft)


def _language() -> str:
    """Of the page, where the office writes in it."""
    code = words.language()
    return code if code in ("nl", "fr", "de") else "fr"
