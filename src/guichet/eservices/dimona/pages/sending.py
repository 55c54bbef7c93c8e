"""From a form to a declaration: what the answer would be, what is warned of, and sending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponseBase
from django.shortcuts import redirect

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, acting_required
from guichet.eservices.dimona import declared, foreseeing, operations, wire
from guichet.eservices.dimona.foreseeing import Foreseen
from guichet.eservices.dimona.pages import asking
from guichet.platform import clock

declaring: Final = acting_required(kind="employer", service=Permission.DIMONA_DECLARE)
LONGEST_REASON: Final = 250


@dataclass(frozen=True, slots=True)
class Checked:
    """A message that was checked before it is sent.

    ``undecided``: declarations of the employer about the same worker or period that are still
    being processed, and may change what is foreseen.
    """

    body: wire.Body
    foreseen: Foreseen
    undecided: int = 0
    warnings: Sequence[Mapping[str, Any]] = ()


def check(
    request: ActingRequest,
    body: wire.Body,
    *,
    niss: str = "",
    period: int | None = None,
    warnings: Sequence[Mapping[str, Any]] = (),
) -> Checked:
    """Foresee the answer; asking about a worker leaves a trace, as looking at him does."""
    now = clock.now()
    if niss:
        asking.noted(request.acting, [niss], purpose="dimona.foreseen", now=now)
    employer = asking.employer_of(request)
    return Checked(
        body,
        foreseeing.foresee(body=body, sender=sender_of(request), now=now),
        declared.undecided(employer=employer, niss=niss, period=period),
        warnings,
    )


def is_sent(request: ActingRequest, checked: Checked) -> bool:
    """Whether he sends it: what would be refused only while something else may change that."""
    said = request.POST.get("sent")
    if checked.foreseen.is_refused:
        return said == "anyway" and checked.undecided > 0
    return said in ("yes", "anyway")


def send(request: ActingRequest, checked: Checked) -> HttpResponseBase:
    """Declare, and go to the answer."""
    taken = operations.declare(
        body=checked.body,
        channel="portal",
        sender=sender_of(request),
        actor=request.acting.actor,
        now=clock.now(),
        warned=_warned(request, checked),
    )
    return redirect("dimona:answer", taken.id)


def sender_of(request: ActingRequest) -> str:
    """The enterprise that sends: the provider who acts by mandate, else the employer."""
    return request.acting.mandatary or asking.employer_of(request)


def _warned(request: ActingRequest, checked: Checked) -> dict[str, Any] | None:
    if not checked.warnings:
        return None
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:LONGEST_REASON]
    return {"warnings": [dict(one) for one in checked.warnings], "reason": reason}
