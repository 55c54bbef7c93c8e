"""What an L1 is worth on a day: every standing, first and last day included."""

from datetime import date

import pytest

from guichet.kernel.verdict import Severity
from guichet.rules.limosa import Declared, Standing, standing

MARCH = Declared(date(2026, 3, 1), date(2026, 3, 31))
WITHDRAWN = Declared(date(2026, 3, 1), date(2026, 3, 31), is_cancelled=True)


@pytest.mark.parametrize(
    ("declared", "on", "expected"),
    [
        (MARCH, date(2026, 2, 28), Standing.NOT_YET),
        (MARCH, date(2026, 3, 1), Standing.VALID),
        (MARCH, date(2026, 3, 31), Standing.VALID),
        (MARCH, date(2026, 4, 1), Standing.OVER),
        (WITHDRAWN, date(2026, 3, 10), Standing.CANCELLED),
        (None, date(2026, 3, 10), Standing.UNKNOWN),
    ],
)
def test_i23_rule_the_standing_of_a_declaration_on_a_day(
    declared: Declared | None, on: date, expected: Standing
) -> None:
    found = standing(declared=declared, check_holds=True, on=on)

    assert found.outcome is expected
    assert [one.key for one in found.findings] == (
        [] if expected is Standing.VALID else [f"limosa.{expected}"]
    )


def test_i23_rule_nothing_blocks_and_a_wrong_check_is_said_beside_the_rest() -> None:
    found = standing(declared=None, check_holds=False, on=date(2026, 3, 10))

    assert [one.key for one in found.findings] == ["limosa.check", "limosa.unknown"]
    assert not found.blocks
    assert found.of(Severity.WARN) == found.findings
