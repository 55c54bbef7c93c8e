"""The letters of a recovery: the invitation to be heard, and the decision. Sealed, to the e-Box."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import Actor, system
from guichet.documents.operations import Recipient, issue
from guichet.documents.queries import sealed_pdf
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.ebox.publishing import NoDigitalUser, publish
from guichet.eservices.career_break import telling
from guichet.eservices.career_break.office import letter_texts
from guichet.eservices.career_break.office import words as office
from guichet.eservices.career_break.recovery import words
from guichet.eservices.career_break.recovery.models import Recovery
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, wording
from guichet.registers.persons import queries as persons
from guichet.rules.career_break import courts

INVITATION: Final = "career_break.recovery_invitation"
DECISION: Final = "career_break.recovery"
JOB: Final = "career_break_recovery.sealed"
_ACTOR: Final = system("career_break_recovery.deliver")
_log = logging.getLogger(__name__)


def invite(row: Recovery, *, actor: Actor, now: datetime) -> str:
    """Ask for the invitation, in the caller's transaction; the reference of the document."""
    with override(row.language):
        return _issued(row, INVITATION, invitation_of(row), actor=actor, now=now)


def decide(row: Recovery, *, actor: Actor, now: datetime) -> str:
    """Ask for the letter of the decision, in the caller's transaction; its reference."""
    with override(row.language):
        data = decision_of(row, today=clock.today(now))
        return _issued(row, DECISION, data, actor=actor, now=now)


def deliver(*, reference: str, now: datetime) -> None:
    """Publish a letter that is sealed now; who has no open box reads it on the portal."""
    rows = Recovery.objects.filter(Q(invitation=reference) | Q(document=reference))
    row = rows.select_related("request__person").first()
    sender, pdf = telling.sender_number(), sealed_pdf(reference=reference)
    if row is None or not sender or pdf is None:
        return
    with override(row.language):
        is_decision = row.document == reference
        message = NewMessage(
            sender_number=sender,
            reference=f"career-break-recovery-{reference}",
            type="decision.career-break" if is_decision else "career-break.step",
            language=row.language,
            subject=_decision_title(row) if is_decision else _invitation_title(),
            niss=row.request.person.niss,
            application="career-break",
            documents=(NewDocument("recovery.pdf", "application/pdf", pdf, is_signed=True),),
        )
    try:
        publish(message=message, actor=_ACTOR, now=now)
    except NoDigitalUser:
        _log.info("no open e-Box for a letter of a recovery")


def invitation_of(row: Recovery) -> dict[str, Any]:
    """What the invitation says, in the language that the caller chose."""
    return {
        **_head(row, _invitation_title()),
        "parts": [
            _part(_("Why"), str(words.REASONS[row.reason]), *_lines(row.grounds)),
            _part(
                _("Before anything is decided"),
                _(
                    "You may be heard until %(day)s: write to us in the service, or ask there for "
                    "an appointment at the office. Somebody may help or represent you."
                )
                % {"day": wording.day(row.answer_by)},
                _(
                    "You can say there over how many months you would pay back. Nothing is to be "
                    "paid now."
                ),
            ),
        ],
    }


def decision_of(row: Recovery, *, today: date) -> dict[str, Any]:
    """What the decision says, in the language that the caller chose."""
    if row.asked_back is None:
        told = [_part(_("What we decided"), _("Nothing is asked back."))]
    else:
        amount = office.euros(row.asked_back)
        told = [
            _part(
                _("What we decided"),
                _("You pay back %(amount)s, paid too much from %(first)s to %(last)s.")
                % {"amount": amount, "first": wording.day(row.first_day),
                   "last": wording.day(row.last_day)},
            ),
            _part(_("How you pay"), *_payments(row)),
        ]  # fmt: skip
    why = _part(_("Why"), str(words.REASONS[row.reason]), *_lines(row.motivation))
    return {**_head(row, _decision_title(row)), "parts": [*told, why, _appeal(row, today)]}


def _payments(row: Recovery) -> list[str]:
    parts = [
        _("%(amount)s by %(day)s")
        % {"amount": office.euros(cents), "day": wording.day(date.fromisoformat(until))}
        for until, cents in row.instalments
    ]
    return [*parts, _("Is that too much at once? Ask the office for smaller parts.")]


def _appeal(row: Recovery, today: date) -> dict[str, Any]:
    person = row.request.person
    court = courts.court_of(
        residence=person.postcode if person.country == "BE" and person.postcode else None,
        employer=row.request.employer.postcode or None,
        language=row.language,
        on=today,
    )
    text = _(
        "You can lodge an appeal before the labour court of your residence: %(court)s. You have "
        "three months, counted from the day after this letter was sent, that is until %(day)s. "
        "You can also ask the office for an explanation first."
    )
    days = wording.day(courts.appeal_until(sent_on=today))
    return _part(
        _("If you do not agree"),
        text % {"court": court.in_language(row.language), "day": days},
    )


def _head(row: Recovery, title: str) -> dict[str, Any]:
    rows = [
        [wording.day(date.fromisoformat(first)), wording.day(date.fromisoformat(last)),
         office.euros(paid), office.euros(due), office.euros(max(0, paid - due))]
        for first, last, paid, due in row.months
    ]  # fmt: skip
    return {
        "title": title,
        "window": letter_texts.window(row.request),
        "facts": letter_texts.facts(row.request, row.language),
        "months": {
            "caption": _("What was paid and what was due, net"),
            "head": [_("From"), _("To"), _("Paid"), _("Due"), _("Too much")],
            "rows": rows,
            "widths": [],
            "numeric": [2, 3, 4],
        },
        "total": _("Paid too much in all: %(amount)s.") % {"amount": office.euros(row.amount)},
    }


def _issued(row: Recovery, kind: str, data: dict[str, Any], *, actor: Actor, now: datetime) -> str:
    person = row.request.person
    current = persons.current_number(niss=person.niss)
    return issue(
        template="career-break-recovery", data=data, language=row.language, title=data["title"],
        recipient=Recipient(niss=current), kind=kind, actor=actor, now=now, then=JOB,
    )  # fmt: skip


def _invitation_title() -> str:
    return _("You may be heard: an allowance may have been paid too much")


def _decision_title(row: Recovery) -> str:
    number = TicketNumber(row.request.ticket).formatted()
    return _("Decision on what was paid too much, request %(number)s") % {"number": number}


def _part(title: str, *lines: str) -> dict[str, Any]:
    return {"title": title, "lines": list(lines)}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
