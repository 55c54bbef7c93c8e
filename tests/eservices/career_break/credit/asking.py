"""Short ways to ask the simulator, as a browser would."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.test import Client

from tests.portal.browsing import words

OPEN: Final = "/career-break/credit/open-simulator/"
OWN: Final = "/career-break/credit/simulator/"
# A full-timer of long standing with a middle-sized employer; nothing stands against the wish.
SOUND: Final = {
    "sector": "private", "contract_0": "38", "contract_1": "0", "full_time_0": "38",
    "full_time_1": "0", "days": "5", "since": "2010-01-01", "same_hours": "yes",
    "elsewhere": "no", "head_count": "100", "provides": "yes", "child_born_on": "",
    "is_disabled": "no", "parentage": "biological", "relation": "blood_first",
    "recognised_from": "2020-09-01", "recognised_until": "2032-12-31", "social_rights": "yes",
    "in_belgium": "yes", "household": "cohabiting", "own_born_on": "1964-01-01", "sex": "female",
    "activity": "no", "in_area": "yes", "before": "none", "do": "answer",
}  # fmt: skip


def iso(text: str) -> str:
    """``24/02/2025`` as a calendar of a browser sends it."""
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day)).isoformat()


def asked(leave: str, regime: str, first: str, last: str = "", **more: Any) -> dict[str, str]:
    """The answers to all questions; the notice comes a year before."""
    start = date.fromisoformat(iso(first))
    given = SOUND | {
        "leave": leave,
        "regime": regime,
        "first_day": start.isoformat(),
        "last_day": iso(last) if last else "",
        "notice_on": date(start.year - 1, start.month, 1).isoformat(),
        "child_born_on": date(start.year - 2, 1, 1).isoformat(),
    }
    return given | {name: str(value) for name, value in more.items()}


def before(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    """Breaks taken before: leave, régime, first and last day."""
    return _rows("before", rows) | {"before": "some"}


def planned(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    """More periods of the plan."""
    return _rows("plan", rows)


def answer(given: dict[str, str], *, client: Client | None = None, place: str = OPEN) -> str:
    """What the page says."""
    response = (client or Client()).post(place, given)
    said = words(response.content.decode())
    assert response.status_code == 200, said
    return said


def verdicts(said: str) -> tuple[str, str]:
    """Right and allowance in one word each."""
    law = said.split("What the rule says", 1)[1]
    absent = law.split("Right to the interruption ", 1)[1]
    paid = law.split("Allowance of ONEM ", 1)[1]
    return _word(absent), _word(paid)


def _word(text: str) -> str:
    for word in ("Yes, as far as is known", "Yes", "No"):
        if text.startswith(word):
            return word
    return text[:40]


def _rows(name: str, rows: tuple[tuple[str, str, str, str], ...]) -> dict[str, str]:
    found = {f"{name}_count": str(len(rows))}
    for at, (leave, regime, first, last) in enumerate(rows):
        start = f"{name}-{at}-"
        found |= {
            f"{start}leave": leave, f"{start}whom": "other", f"{start}regime": regime,
            f"{start}first_day": iso(first), f"{start}last_day": iso(last),
        }  # fmt: skip
    return found
