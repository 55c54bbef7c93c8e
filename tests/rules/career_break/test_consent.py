"""Who may refuse: the door of the right and the answer to a notice never disagree."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from guichet.rules.career_break.answers import Silence, answer_term, refusal
from guichet.rules.career_break.catalogue import regimes
from guichet.rules.career_break.consent import consents
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import Notice
from tests.rules.career_break.builder import taken, wish

LEAVES = [leave for leave in Leave if leave is not Leave.ORDINARY]
WISHES = [
    (leave, regime, workers, months)
    for leave, workers, months in product(LEAVES, (8, 10, 11, 30, 49, 50, 200), (0, 5, 6))
    for regime in regimes(leave, on=date(2026, 3, 1))
]


@pytest.mark.parametrize(("leave", "regime", "workers", "months"), WISHES)
def test_the_right_and_the_answer_agree_on_who_has_a_say(
    leave: Leave, regime: Regime, workers: int, months: int
) -> None:
    is_assistance = leave is Leave.MEDICAL_ASSISTANCE
    earlier = (taken(leave, Regime.FULL, "01/01/2024", months=months),) if months else ()
    history = earlier if is_assistance else ()
    facts = wish(leave, regime, "01/03/2026", "31/03/2026", head_count=workers, history=history)
    notice = Notice(
        leave=leave,
        regime=regime,
        start=facts.first_day,
        notified_on=date(2025, 12, 1),
        workers=workers,
        used_half_months=2 * months if is_assistance else 0,
    )

    found = consents(facts)

    assert bool(found) is refusal(notice).outcome
    speaks = answer_term(notice).silence is Silence.CONSENT
    assert any(each.silence_is_consent for each in found) is speaks
