"""The letters of a recovery: the invitation to be heard, and the decision. Sealed, to the e-Box.

Whoever has no open e-Box gets them by post: the desk says which ones.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.documents.operations import Recipient, issue
from guichet.documents.queries import sealed_pdf
from guichet.ebox import publishing
from guichet.ebox.drafts import NewDocument, NewMessage
from guichet.eservices.career_break import telling
from guichet.eservices.career_break.office import letter_texts
from guichet.eservices.career_break.office import words as office
from guichet.eservices.career_break.recovery import words
from guichet.eservices.career_break.recovery.models import Letter, Recovery
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock, wording
from guichet.platform.db import transaction
from guichet.registers.persons import queries as persons
from guichet.rules.career_break import courts

INVITATION: Final = "career_break.recovery_invitation"
DECISION: Final = "career_break.recovery"
JOB: Final = "career_break_recovery.sealed"
_ACTOR: Final = system("career_break_recovery.deliver")


def invite(row: Recovery, *, actor: Actor, now: datetime) -> Letter:
    """Ask for the invitation, in the caller's transaction; the letter, to be kept with the row."""
    with override(row.language):
        row.invitation = _issued(row, INVITATION, invitation_of(row), actor=actor, now=now)
    return Letter(recovery=row, kind="invitation", document=row.invitation, asked_at=now)


def decide(row: Recovery, *, actor: Actor, now: datetime) -> Letter:
    """Ask for the letter of the decision, in the caller's transaction; the letter."""
    with override(row.language):
        data = decision_of(row, today=clock.today(now))
        row.document = _issued(row, DECISION, data, actor=actor, now=now)
    return Letter(recovery=row, kind="decision", document=row.document, asked_at=now)


def deliver(*, reference: str, now: datetime) -> bool:
    """Send the letter of this document, once it is sealed; whether it went to the e-Box."""
    pk = Letter.objects.filter(document=reference, way="").values_list("pk", flat=True).first()
    return pk is not None and _delivered(pk, now)


def deliver_waiting(*, now: datetime) -> int:
    """Send what is sealed and could not go before; how many went to an e-Box."""
    waiting = Letter.objects.filter(way="").order_by("asked_at", "pk")
    return sum(_delivered(pk, now) for pk in waiting.values_list("pk", flat=True))


def to_post(offices: Collection[str]) -> QuerySet[Letter]:
    """Letters of some offices for people without an open e-Box, the oldest first."""
    rows = Letter.objects.filter(way="paper", recovery__request__office__in=offices)
    return rows.select_related("recovery__request__person").order_by("asked_at", "pk")


def posted(*, letter: int, offices: Collection[str], actor: Actor, now: datetime) -> bool:
    """Somebody put a letter of these offices into the post; whether it waited for that."""
    with transaction(actor=actor):
        rows = Letter.objects.filter(pk=letter, way="paper")
        moved = rows.filter(recovery__request__office__in=offices).update(way="posted", sent_at=now)
        if moved:
            _trace("posted", letter, actor, now)
    return bool(moved)


def _delivered(pk: int, now: datetime) -> bool:
    sender = telling.sender_number()
    with transaction(actor=_ACTOR):
        rows = Letter.objects.select_for_update(of=("self",), skip_locked=True)
        letter = rows.select_related("recovery__request__person").filter(pk=pk, way="").first()
        pdf = sealed_pdf(reference=letter.document) if letter else None
        if not sender or letter is None or pdf is None:
            return False
        message = _message(letter, sender, pdf)
        letter.way = publishing.deliver_or_post(message=message, actor=_ACTOR, now=now)
        if not letter.way:
            return False
        letter.sent_at = now if letter.way == "ebox" else None
        letter.save(update_fields=["way", "sent_at"])
        _trace("sent", pk, _ACTOR, now, way=letter.way)
    return letter.way == "ebox"


def _message(letter: Letter, sender: str, pdf: bytes) -> NewMessage:
    row, is_decision = letter.recovery, letter.kind == "decision"
    with override(row.language):
        subject = _decision_title(row) if is_decision else _invitation_title()
    return NewMessage(
        sender_number=sender,
        reference=f"career-break-recovery-{letter.document}",
        type="decision.career-break" if is_decision else "career-break.step",
        language=row.language,
        subject=subject,
        niss=persons.current_number(niss=row.request.person.niss),
        application="career-break",
        documents=(NewDocument("recovery.pdf", "application/pdf", pdf, is_signed=True),),
    )


def _trace(what: str, letter: int, actor: Actor, now: datetime, **detail: str) -> None:
    trail.record(
        action=f"careerBreak.recoveryLetter.{what}", actor=actor,
        target=f"recovery-letter/{letter}", now=now, detail=detail or None,
    )  # fmt: skip


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
    return _("You may be heard: a break allowance may have been paid too much")


def _decision_title(row: Recovery) -> str:
    number = TicketNumber(row.request.ticket).formatted()
    return _("Decision on what was paid too much, request %(number)s") % {"number": number}


def _part(title: str, *lines: str) -> dict[str, Any]:
    return {"title": title, "lines": list(lines)}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
