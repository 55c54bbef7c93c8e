"""Reminders of first effective days: when, to whom, and what they keep silent about."""

from datetime import date

import pytest

from guichet.eservices.temporary_unemployment import reminding
from tests.eservices.temporary_unemployment.world import (
    ANNE,
    FIRM,
    expected,
    first_day,
    moment,
    sent,
)

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
SENDER = "0206731645"


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What is put into the queue of the e-Box."""
    found: list[dict[str, object]] = []

    class _Task:
        def __init__(self, name: str) -> None:
            self.name = name

        def defer(self, **given: object) -> None:
            if self.name == "ebox.publish":  # a receipt asks for a document besides
                found.append(given)

    monkeypatch.setattr(reminding, "_sender", lambda: SENDER)
    monkeypatch.setattr(reminding.app, "configure_task", lambda name, **_more: _Task(name))
    return found


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2025-03-17", 0),
        ("2025-03-18", 1),
        ("2025-03-19", 1),
        ("2025-03-20", 0),
        ("2025-04-01", 0),
        ("2025-04-02", 1),
    ],
)
def test_an_employer_is_reminded_on_the_last_day_and_once_after(
    day: str, told: int, jobs: list[dict[str, object]]
) -> None:
    sent(expected(), seen=())
    assert reminding.remind(now=moment(day)) == told
    assert [one["enterprise_number"] for one in jobs] == [FIRM] * told
    assert ANNE not in str(jobs)
    assert "Dubois" not in str(jobs)


def test_sc35_what_was_told_needs_no_reminder(jobs: list[dict[str, object]]) -> None:
    sent(expected(), seen=())
    sent(first_day(date(2025, 3, 17), moment("2025-03-17")), seen=())
    assert reminding.remind(now=moment("2025-03-18")) == 0
    assert reminding.remind(now=moment("2025-04-02")) == 1
    [job] = jobs
    assert job["language"] == "fr"
    assert "avril" in str(job["subject"])


def test_nobody_is_told_while_no_organisation_sends() -> None:
    sent(expected(), seen=())
    assert reminding.remind(now=moment("2025-03-18")) == 0
