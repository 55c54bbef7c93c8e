"""Short ways through the pages of communicating, as the clerk of the foundry."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

import pytest
from django.http import HttpResponse
from django.test import Client

from guichet.eservices.temporary_unemployment.models import Communication, Draft
from guichet.platform import clock
from tests.eservices.temporary_unemployment.world import ANNE, PLACE
from tests.portal.browsing import words

PLACE_BOXES: Final = {"establishment": PLACE, "committee": "111"}
CAUSES: Final = {
    "causes": "Orders fell by a third since January.",
    "no_subcontracting": "on",
}
WEATHER: Final = {
    "workplace": "Quai 1, 4000 Liège",
    "nature_of_work": "Bricklaying",
    "weather": "Frost",
    "why_impossible": "Mortar cannot set",
}


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """The clock stands at a moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def said(answer: Any) -> str:
    """The words of a page."""
    return words(answer.content.decode())


def begun(client: Client, reason: str, kind: str) -> str:
    """A new draft; its place."""
    answer = client.post(f"/temporary-unemployment/new/{reason}/", {"kind": kind})
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"]).rsplit("/", 2)[0] + "/"


def step(client: Client, place: str, name: str, boxes: dict[str, Any], status: int = 302) -> Any:
    """A step filled in."""
    answer = client.post(f"{place}{name}/", {"do": "next"} | boxes)
    assert answer.status_code == status, said(answer)
    return answer


def chosen(client: Client, place: str, *numbers: str, day: str = "") -> None:
    """Workers of the Dimona file, by ticking them."""
    answer = client.post(
        f"{place}workers/choose/", {"do": "done", "shown": numbers, "pick": numbers}
    )
    assert answer.status_code == 302


def period(first: date | str, last: date | str, posted: date | str, **other: str) -> dict[str, str]:
    """Notice and period of a full suspension."""
    usual = {
        "notice_kind": "posted", "regime": "full", "weeks": "1", "posted_on": box(posted),
        "first_day": box(first), "last_day": box(last),
    }  # fmt: skip
    return usual | other


def box(day: date | str) -> str:
    """A day as it is typed."""
    return day if isinstance(day, str) else f"{day.day:02d}/{day.month:02d}/{day.year}"


def expected(
    client: Client, first: date | str, last: date | str, posted: date | str, *workers: str,
    **other: str,
) -> str:  # fmt: skip
    """A communication of foreseen unemployment up to the check; its place."""
    place = begun(client, "E", "expected")
    step(client, place, "place", PLACE_BOXES)
    step(client, place, "period", period(first, last, posted, **other))
    step(client, place, "causes", CAUSES)
    chosen(client, place, *(workers or (ANNE,)))
    step(client, place, "workers", {})
    return place


def first_day(client: Client, day: date | str, *workers: str, reason: str = "E") -> str:
    """A communication of a first day up to the check; its place."""
    place = begun(client, reason, "first_day")
    step(client, place, "place", PLACE_BOXES)
    step(client, place, "month", {"day": box(day)})
    if reason == "I":
        step(client, place, "weather", WEATHER)
    chosen(client, place, *(workers or (ANNE,)))
    step(client, place, "workers", {})
    return place


def checked(client: Client, place: str) -> str:
    """What the last page says."""
    answer = client.get(f"{place}check/")
    assert answer.status_code == 200
    return said(answer)


def seen(client: Client, place: str) -> str:
    """By what the warnings of the last page are known again."""
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]*)"', _page(client, place))
    return found[1] if found else ""


def sent(client: Client, place: str, *, remarks: str = "", **other: str) -> Any:
    """The last button pressed."""
    boxes = {"do": "send", "remarks": remarks, "seen": seen(client, place)} | other
    return client.post(f"{place}check/", boxes)


def received(answer: HttpResponse) -> Communication:
    """The communication whose receipt the answer leads to."""
    assert answer.status_code == 302, said(answer)
    ticket = str(answer["Location"]).split("/")[-3]
    return Communication.objects.get(ticket=ticket)


def drafts() -> int:
    """How many drafts there are."""
    return Draft.objects.count()


def _page(client: Client, place: str) -> str:
    return client.get(f"{place}check/").content.decode()
