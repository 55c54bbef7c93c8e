"""When a registered letter may stand for an electronic communication.

Source: Royal Decree of 25 November 1991, art. 137 § 6, and the same logic for art. 49 to 51 of the
Act of 3 July 1978. Proof is joined; the day of the letter counts as the day of the communication.
"""

from __future__ import annotations

from datetime import date

from guichet.kernel.period import end_for, months_after
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.kinds import PaperGround


def may_be_paper(
    *, ground: PaperGround, on: date, last_told: date | None = None,
    waived_on: date | None = None, has_proof: bool = False,
) -> bool:  # fmt: skip
    """Whether a letter of a day is admitted.

    ``last_told``: the day of his latest communication by any way, if any; ``waived_on``: the day
    of the director's waiver, which holds for twenty-four months.
    """
    months = figure("paper.months", on=on)
    match ground:
        case PaperGround.FIRST_IN_TWO_YEARS:
            return last_told is None or months_after(last_told, months=months) < on
        case PaperGround.WAIVER_OF_DIRECTOR:
            if waived_on is None or on < waived_on:
                return False
            return on <= end_for(waived_on, months=months)
        case PaperGround.TECHNICAL_FAILURE:
            return has_proof
