"""In which form the control card of a month is held, and when it stands in the validation book.

Since January 2025 the card is electronic. Until June 2025 it could stay on paper on a reasoned
request; sheltered workshops keep the paper. Before, it was on paper, and electronic for who wanted.

Source: Royal Decree of 25 November 1991, art. 71 and 71ter; Royal Decree of 9 July 2024;
Ministerial Decree of 26 November 1991, art. 83 to 86 (validation book, repealed on 1 January 2025
but where paper cards are).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from guichet.kernel.verdict import LegalSource
from guichet.rules.dated import parameter
from guichet.rules.temporary_unemployment.figures import names
from guichet.rules.temporary_unemployment.kinds import Reason

_ON_REQUEST: Final = "on_request"
_PAPER: Final = "paper"
_DECREE: Final = LegalSource("Royal Decree of 9 July 2024")
_OLD_DECREE: Final = LegalSource("Royal Decree of 25 November 1991", "art. 71 and 71ter")


class CardForm(StrEnum):
    """What a worker holds for a month.

    ``EITHER``: paper or electronic, because a reasoned request was noted; ``PAPER``: his joint
    committee keeps the paper; ``BEFORE``: paper, and electronic for who wanted it.
    """

    ELECTRONIC = "electronic"
    EITHER = "either"
    PAPER = "paper"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class MonthsCard:
    """The form of a month with its law; ``may_request``: paper takes a reasoned request."""

    form: CardForm
    source: LegalSource
    may_request: bool = False

    @property
    def is_paper_possible(self) -> bool:
        """Whether the worker may hold a paper card."""
        return self.form is not CardForm.ELECTRONIC


def card_of(*, month: date, committee: str, is_requested: bool = False) -> MonthsCard:
    """The card of the month of ``month``.

    ``committee``: of the worker, empty when not known; ``is_requested``: a reasoned request to stay
    on paper holds for him in this month, which counts in the transition only.
    """
    first = month.replace(day=1)
    forms = names("card.forms", on=first)
    if _PAPER in forms:
        return MonthsCard(CardForm.BEFORE, _OLD_DECREE)
    if _is_one_of(committee, "card.paper_committees", first):
        return MonthsCard(CardForm.PAPER, _DECREE)
    if _ON_REQUEST not in forms:
        return MonthsCard(CardForm.ELECTRONIC, _DECREE)
    form = CardForm.EITHER if is_requested else CardForm.ELECTRONIC
    return MonthsCard(form, _DECREE, may_request=True)


def may_request(month: date) -> bool:
    """Whether the month lies in the transition: paper on a reasoned request."""
    return _ON_REQUEST in names("card.forms", on=month.replace(day=1))


def request_months() -> tuple[date, ...]:
    """The first day of every month of the transition."""
    rows = parameter("temporary_unemployment.card.forms").rows
    found = []
    for row, following in pairwise(rows):
        month = row.first_day
        while _ON_REQUEST in names("card.forms", on=month) and month < following.first_day:
            found.append(month)
            month = (month + timedelta(days=31)).replace(day=1)
    return tuple(found)


def is_in_book(*, card: MonthsCard, committee: str, reason: Reason, month: date) -> bool:
    """Whether the employer enters a paper card of this month in his validation book.

    One card for each month and worker; nothing is entered for an electronic card.
    """
    first = month.replace(day=1)
    if not card.is_paper_possible or _is_one_of(committee, "card.no_book_committees", first):
        return False
    return reason.value in names("card.book_reasons", on=first)


def _is_one_of(committee: str, name: str, on: date) -> bool:
    return committee.partition(".")[0] in names(name, on=on)
