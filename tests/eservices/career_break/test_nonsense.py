"""Nonsense in every field of every form: an answer of the page, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from django.test import Client

from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.recovery.models import Recovery
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.notices import notice_world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.recovery.conftest import at, office, sender
from tests.eservices.career_break.recovery.paid import granted, opened
from tests.eservices.career_break.world import LUC, NADIA
from tests.portal.browsing import signed_in

__all__ = ["at", "office", "sender"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
    pytest.mark.slow,
]
TYPED: Final = (
    "\0", "x" * 5_000, "\U0001f469‍\U0001f469‍\U0001f467", "\u202eabc\u2066", "31", "-1", "1e400",
    "²", "٣", "9" * 30, "1.038,12", "2025-02-30", "<script>", "\ud7ff￾", " ",
)  # fmt: skip
LEAVES: Final = tuple(walk.DETAILS)[:-1]


class Forms(HTMLParser):
    """The fields of the forms of a page that are sent by POST: name, and value as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "").lower() == "post"
            if self._open:
                self.found.append((given.get("action", ""), {}))
        named = self._open and tag in ("input", "select", "textarea", "button")
        if named and given.get("name") and given["name"] != "csrfmiddlewaretoken":
            is_off = given.get("type") in ("radio", "checkbox") and "checked" not in given
            fields = self.found[-1][1]
            fields.setdefault(given["name"], "" if is_off else given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


def sent_to(client: Client, place: str) -> Iterator[str]:
    """What went wrong where nonsense was typed on a page."""
    page = client.get(place)
    if page.status_code != 200:
        yield f"{place}: {page.status_code}"
        return
    for action, fields in Forms(page.content.decode()).found:
        if "sign-out" in action or "language" in action:
            continue
        for typed in TYPED:
            yield from _sent(client, action or place, dict.fromkeys(fields, typed))


def _sent(client: Client, place: str, data: dict[str, Any]) -> Iterator[str]:
    try:
        answer = client.post(place, data)
    except Exception as fault:  # every one of them is looked for
        yield f"{place} {data!r:.300}: {type(fault).__name__} {fault!s:.200}"
        return
    if answer.status_code not in (200, 302, 403, 404, 405, 409, 422):
        yield f"{place} {data!r:.300}: {answer.status_code}"


def wrong(client: Client, *places: str) -> list[str]:
    return [one for place in places for one in sent_to(client, place)]


def test_on_the_pages_of_an_employer() -> None:
    client = world.clerk()
    row = world.filed()
    notice = notice_world.sent(NADIA)
    place = walk.begun(client)
    found = wrong(
        client, "/career-break/", "/career-break/new/", "/career-break/attestations/",
        f"{place}type/", f"/career-break/requests/{row.ticket}/modify/",
        f"/career-break/requests/{row.ticket}/attachments/",
        f"/career-break/notices/{notice.ticket}/", "/career-break/parameters/",
    )  # fmt: skip
    for leave in LEAVES:
        place = walk.begun(client)
        client.post(f"{place}type/", {"leave": leave})
        found += wrong(client, f"{place}details/")
        client.post(f"{place}details/", walk.DETAILS[leave])
        found += wrong(client, f"{place}characteristics/")
    place = walk.drafted(client, first="1/6/2025", last="30/6/2025")
    found += wrong(client, f"{place}reduction/", f"{place}check/")
    row.refresh_from_db()
    assert row.state == "wait_worker"
    # A box that is sent is ticked, whatever it holds: this one may cancel.
    found += wrong(client, f"/career-break/requests/{row.ticket}/cancel/")

    assert found == []


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"leave": "medical_assistance", "details": {"relation": "hospital"},
         "last_day": date(2025, 4, 7)},
        {"leave": "informal_carer"},
    ],
    ids=["parental", "hospital", "carer"],
)  # fmt: skip
def test_on_the_pages_of_a_worker(given: dict[str, Any]) -> None:
    client = signed_in(LUC)
    row = world.filed(**given)
    start = f"/career-break/mine/requests/{row.ticket}/"
    steps = ("identity", "employer", "person", "earlier", "household", "activities", "pension",
             "payment", "documents", "check")  # fmt: skip
    found = wrong(client, *(f"{start}{step}/" for step in steps), f"{start}wrong/")

    assert found == []
    row.refresh_from_db()
    assert row.state == "wait_worker"


@pytest.mark.usefixtures("at")
def test_on_the_other_pages_of_a_worker() -> None:
    client = signed_in(LUC)
    row = granted()
    opened(row)
    start = f"/career-break/mine/requests/{row.ticket}/"
    kinds = ("address", "household", "activity", "pension", "early_end", "account")
    recovery = Recovery.objects.get()
    found = wrong(
        client, *(f"{start}changes/{kind}/" for kind in kinds),
        f"/career-break/recoveries/{recovery.key}/", "/career-break/credit/",
        "/career-break/credit/simulator/", "/career-break/credit/codes/new/",
    )  # fmt: skip

    assert found == []


@pytest.mark.usefixtures("at")
def test_on_the_pages_of_the_office() -> None:
    client = desk.at_desk()
    row, other = granted(), desk.taken(NADIA)
    recovery = opened(row)
    found = wrong(
        client, "/desk/career-breaks/", "/desk/career-breaks/payments/MON/2025-05/",
        f"/desk/career-breaks/{row.ticket}/recover/", f"/desk/career-breaks/{row.ticket}/reopen/",
        f"/desk/career-breaks/{other.ticket}/decide/", f"/desk/career-breaks/{other.ticket}/ask/",
    )  # fmt: skip
    colleague = desk.at_desk(desk.COLLEAGUE)
    found += wrong(colleague, f"/desk/career-breaks/{row.ticket}/recoveries/{recovery.key}/")
    found += wrong(desk.at_desk(desk.LEADER), "/desk/career-breaks/team/")

    assert found == []
    assert Request.objects.get(pk=other.pk).state == "in_progress"
