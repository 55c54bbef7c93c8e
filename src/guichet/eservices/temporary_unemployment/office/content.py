"""What stands in a decision beside its columns, as JSON, and the sentences of its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guichet.eservices.temporary_unemployment import words as service
from guichet.eservices.temporary_unemployment.office.judging import Case
from guichet.platform import wording
from guichet.rules.career_break import courts
from guichet.rules.temporary_unemployment import decisions, proposing
from guichet.rules.temporary_unemployment.decisions import Code, Result, meaning
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.proposing import Proposal, Share


def plain_share(one: Share) -> dict[str, Any]:
    """What is decided of one worker, as plain values."""
    return {
        "line": one.line,
        "result": one.result.value,
        "code": one.code.value if one.code else "",
        "from": one.accepted_from.isoformat() if one.accepted_from else "",
        "until": one.accepted_until.isoformat() if one.accepted_until else "",
    }


def share_of(plain: Mapping[str, Any]) -> Share:
    """What `plain_share` made plain."""
    return Share(
        line=plain["line"],
        result=Result(plain["result"]),
        code=Code(plain["code"]) if plain["code"] else None,
        accepted_from=_day(plain["from"]),
        accepted_until=_day(plain["until"]),
    )


def content(
    case: Case, decided: Proposal, *, text: str, replaces: tuple[str, date] | None, today: date
) -> dict[str, Any]:
    """The sentences of the letter in the language that the caller chose.

    ``decided``: what is decided, with the days of its reasoning; ``text``: the officer's own words;
    ``replaces``: number and day of the decision that this one takes the place of.
    """
    return {
        "sentence": sentence(decided),
        "why": _why(case, decided),
        "days": [
            [service.said(decisions.day_word(one.name)), wording.day(one.day)]
            for one in decided.days
        ],
        "text": text.strip(),
        "wages": [
            service.said(decisions.sentence(one.value, **dict(days)))
            for one, days in proposing.consequences(case.said, decided)
        ],
        "now": [service.said(meaning(code).now) for code in decided.codes],
        "appeal": _appeal(case, today),
        "replaces": ""
        if replaces is None
        else _("This decision replaces decision %(number)s of %(day)s.")
        % {"number": replaces[0], "day": wording.day(replaces[1])},
    }


def sentence(decided: Proposal) -> str:
    """What is decided, in one sentence."""
    first, last = decided.accepted_from, decided.accepted_until
    if decided.result is Result.REFUSED or first is None or last is None:
        return service.said(decisions.sentence(f"result.{decided.result}"))
    if decided.shares:
        return service.said(decisions.sentence(f"result.{decided.result}"))
    key = f"result.{decided.result}.days"
    return service.said(decisions.sentence(key, first=first, last=last))


def _why(case: Case, decided: Proposal) -> list[dict[str, str]]:
    """Each reason: its code and name, its law, and the facts that were found."""
    return [
        {
            "name": f"{code} {service.said(meaning(code).name)}",
            "law": service.said(meaning(code).law),
            "facts": " ".join(dict.fromkeys(service.fault(one) for one in _about(case, code))),
        }
        for code in decided.codes
    ]


def _about(case: Case, code: Code) -> Sequence[Fault]:
    """The faults that a code rests on; at most three, one of each sentence."""
    wanted = proposing.RESTS_ON.get(code, frozenset())
    return [one for one in case.faults if one.code in wanted][:3]


def _appeal(case: Case, today: date) -> str:
    row = case.row
    court = courts.court_of(
        residence=None, employer=row.postcode or None, language=service.language(), on=today
    )
    return _(
        "You can lodge an appeal before the labour court: %(court)s. You have three months, that "
        "is until %(day)s. You can also ask the office for an explanation first."
    ) % {
        "court": court.in_language(service.language()),
        "day": wording.day(decisions.appeal_until(today)),
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
