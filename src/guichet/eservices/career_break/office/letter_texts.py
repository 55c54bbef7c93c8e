"""What the letters of the office say, in the language that the caller chose: plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import words
from guichet.eservices.career_break.office.models import Question
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.career_break.decisions import Result


def decision(decided: Decision) -> dict[str, Any]:
    """Letter C62: what was decided, on what it rests, how it is paid and contested."""
    row, content = decided.request, decided.content
    result = Result(decided.result)
    return {
        "title": _("Decision on your career break (C62)"),
        "window": window(row),
        "facts": [
            *facts(row, content["language"]),
            (_("Date of sending"), wording.day(date.fromisoformat(content["sent_on"]))),
        ],
        "decision_title": _("What we decided"),
        "decision": [str(words.RESULTS[result]), _sentence(row, content, result)],
        "amounts": _amounts(content) if content["rows"] else None,
        "supplement": _supplement(content) if content["rows"] else "",
        "credit": _("Left of this leave afterwards: %(left)s.") % {"left": content["credit_left"]}
        if content["credit_left"]
        else "",
        "why_title": _("Why"),
        "why": [line for line in content["motivation"].splitlines() if line.strip()],
        "basis_title": _("Legal basis"),
        "basis": content["legal_basis"],
        "duties_title": _("What you must do"),
        "duties": _duties() if result.is_paid else [],
        "appeal_title": _("If you do not agree"),
        "appeal": _(
            "You can lodge an appeal before the labour court of your residence: %(court)s. You "
            "have three months, counted from the day after this letter was sent, that is until "
            "%(day)s. You can also ask the office for an explanation first."
        )
        % {
            "court": content["court"],
            "day": wording.day(date.fromisoformat(content["appeal_until"])),
        },
    }


def question(asked: Question) -> dict[str, Any]:
    """The letter that asks: what is missing, until when, how to answer."""
    row = asked.request
    return {
        "title": _("We need something for request %(number)s") % {"number": _number(row)},
        "window": window(row) if asked.addressee == "worker" else _firm_window(row, asked),
        "facts": facts(row, asked.language),
        "missing_title": _("What is missing"),
        "missing": [str(words.TEMPLATES[asked.template]), *_lines(asked.text)],
        "until_title": _("Until when"),
        "until": _("Answer by %(day)s. Afterwards the office decides with what it has.")
        % {"day": wording.day(asked.answer_by)},
        "how_title": _("How to answer"),
        "how": _(
            "Open your request in the service and answer there, in writing or with a document."
        ),
    }


def decision_message(row: Request) -> tuple[str, str]:
    """Subject and text of the message that brings a decision: no amount, no number of a person."""
    subject = _("Decision on your career break (C62)")
    body = _("ONEM decided on request %(number)s. The letter is attached.") % {
        "number": _number(row)
    }
    return subject, body


def question_message(asked: Question) -> tuple[str, str]:
    """Subject and text of the message that brings a question."""
    row = asked.request
    subject = _("ONEM asks something about request %(number)s") % {"number": _number(row)}
    body = _("What is missing, and how to answer by %(day)s, stands in the letter.") % {
        "day": wording.day(asked.answer_by)
    }
    return subject, body


def facts(row: Request, language: str) -> list[tuple[str, str]]:
    """What every letter says of the file that it is about."""
    names = enterprises.names(numbers=[row.employer.number], language=language)
    person = row.person
    office = service.office(row.office)
    return [
        (_("Reference"), _number(row)),
        (_("Office of ONEM"), office),
        (_("Worker"), f"{person.given_name} {person.family_name}"),
        (_("National number"), Niss(person.niss).formatted()),
        (_("Employer"), f"{names.get(row.employer.number, '')} {row.employer.number}".strip()),
        (_("Type of interruption"), str(service.LEAVES[row.leave])),
        (_("Régime"), str(service.REGIMES[row.regime])),
        (_("Period asked for"), words.period(wording.day(row.first_day), _day(row.last_day))),
    ]


def _sentence(row: Request, content: dict[str, Any], result: Result) -> str:
    first, last = content["period"] or (None, None)
    days = words.period(_iso(first), _iso(last)) if first else ""
    if result is Result.REFUSED:
        return _("The break is refused.")
    if not result.is_paid:
        return _("You may be absent %(days)s. No allowance is paid.") % {"days": days}
    paid_first, paid_last = content["paid"]
    return _("You may be absent %(days)s. The allowance is paid %(paid)s.") % {
        "days": days,
        "paid": words.period(_iso(paid_first), _iso(paid_last)),
    }


def _amounts(content: dict[str, Any]) -> dict[str, Any]:
    rows = [
        [
            _iso(one["first_day"]),
            _iso(one["last_day"]) or _("until the pension"),
            words.euros(one["gross"]),
            words.rate(one["tax"]),
            words.euros(one["net"]),
        ]
        for one in content["rows"]
    ]
    return {
        "caption": _("Allowance of a whole month"),
        "head": [_("From"), _("To"), _("Gross"), _("Tax"), _("Net")],
        "rows": rows,
        "widths": [],
        "numeric": [2, 3, 4],
    }


def _supplement(content: dict[str, Any]) -> str:
    if content["supplement"]:
        text = _("The amount holds the supplement for a single parent.")
    else:
        text = _("The amount holds no supplement for a single parent.")
    return text + " " + _("A month that is not whole is paid by the day, a thirtieth each.")


def _duties() -> list[str]:
    return [
        _("Tell the office at once when your address, your household or your account changes."),
        _("Tell it before you begin or extend another activity, and when you get a pension."),
        _("Tell it when the break ends earlier: what was paid too much is asked back."),
        _("Keep the originals of your documents for five years after the last payment."),
    ]


def window(row: Request) -> list[str]:
    """Name and address of the worker, as a window envelope shows them."""
    person = row.person
    street = f"{person.street} {person.house_number} {person.box_number}"
    return _kept(
        f"{person.given_name} {person.family_name}",
        street,
        f"{person.postcode} {person.municipality}",
        person.country if person.country != "BE" else "",
    )


def _firm_window(row: Request, asked: Question) -> list[str]:
    firm = row.employer
    names = enterprises.names(numbers=[firm.number], language=asked.language)
    street = f"{firm.street} {firm.house_number} {firm.box_number}"
    return _kept(names.get(firm.number, ""), street, f"{firm.postcode} {firm.municipality}")


def _kept(*lines: str) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]


def _number(row: Request) -> str:
    return TicketNumber(row.ticket).formatted()


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _day(day: date | None) -> str:
    return wording.day(day) if day else ""


def _iso(day: str | None) -> str:
    return wording.day(date.fromisoformat(day)) if day else ""
