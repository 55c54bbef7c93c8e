"""Every route of the remaining credit and of the codes, for everybody who may come along."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from guichet.eservices.career_break import attestation_urls
from guichet.eservices.career_break.credit import urls
from guichet.eservices.career_break.credit.models import Attestation
from guichet.kernel.ticket import TicketNumber
from tests.eservices.career_break import world
from tests.eservices.career_break.world import FIRM, LUC, NADIA, OTHER, STRANGER, clerk
from tests.portal.browsing import signed_in, words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
# GET of who is at home there: his own page, or a route that only takes a POST.
MINE: Final = {
    "remaining": 200, "for-whom": 405, "simulator": 200, "open-simulator": 302, "codes": 200,
    "new-code": 200, "code": 200, "revoke": 405,
}  # fmt: skip
FIRMS: Final = {"check": 200, "shown": 200}
OF_ONE: Final = ("code", "revoke")


@pytest.fixture
def row() -> Attestation:
    """A code of Luc that the firm opened."""
    place = reverse("career_break_credit:new-code", urlconf="guichet.config.urls_portal")
    answer = signed_in(LUC).post(place, {"pots": ["parental-other"]})
    made = Attestation.objects.get(key=str(answer["Location"]).split("/")[-2])
    assert clerk().post("/career-break/attestations/", {"code": made.code}).status_code == 302
    return made


def place(name: str, key: object, *, of: str = "career_break_credit") -> str:
    args = [key] if name in (*OF_ONE, "shown") else []
    return reverse(f"{of}:{name}", args=args, urlconf="guichet.config.urls_portal")


def test_every_route_stands_in_the_tables() -> None:
    assert {one.name for one in urls.urlpatterns} == set(MINE)
    assert {one.name for one in attestation_urls.urlpatterns} == set(FIRMS)


@pytest.mark.parametrize("name", MINE)
def test_a_worker_is_at_home(row: Attestation, name: str) -> None:
    assert signed_in(LUC).get(place(name, row.key)).status_code == MINE[name]


@pytest.mark.parametrize("name", MINE)
def test_a_visitor_may_only_simulate(row: Attestation, name: str) -> None:
    posts = name in ("for-whom", "revoke")
    ask = Client().post if posts else Client().get

    answer = ask(place(name, row.key))

    if name == "open-simulator":
        assert answer.status_code == 200
        return
    # A page leads to the sign-in and back; what was posted cannot be brought back.
    assert answer.status_code == (403 if posts else 302)
    assert posts or answer["Location"].startswith("/?next=%2F")
    row.refresh_from_db()
    assert row.revoked_at is None


@pytest.mark.parametrize("who", [world.CLERK, STRANGER])
def test_who_acts_for_an_enterprise_sees_what_is_his_own_and_nothing_of_its_workers(
    row: Attestation, who: str
) -> None:
    ticket = world.filed().ticket
    browser = signed_in(who, FIRM)

    for name in ("remaining", "simulator", "codes", "new-code"):
        page = browser.get(place(name, None))
        assert page.status_code == 200
        for private in ("Vandermeulen", ticket, TicketNumber(ticket).formatted(), row.code):
            assert private not in page.content.decode()
    assert browser.get(place("code", row.key)).status_code == 404
    assert browser.post(place("revoke", row.key)).status_code == 404
    told = {"period": ticket, "whom": "new", "name": "X"}
    assert browser.post(place("for-whom", None), told).status_code == 422


@pytest.mark.parametrize("name", OF_ONE)
def test_a_code_of_another_and_none_are_the_same_404(row: Attestation, name: str) -> None:
    browser = signed_in(NADIA)
    ask = browser.post if name == "revoke" else browser.get

    answers = [ask(place(name, key)) for key in (row.key, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    row.refresh_from_db()
    assert row.revoked_at is None


@pytest.mark.parametrize("name", FIRMS)
def test_only_who_handles_breaks_of_the_enterprise_opens_codes(row: Attestation, name: str) -> None:
    there = place(name, row.key, of="career_break_attestations")

    assert clerk().get(there).status_code == FIRMS[name]
    assert Client().get(there).status_code == 302
    for browser in (signed_in(LUC), signed_in(NADIA), signed_in(STRANGER, FIRM)):
        assert browser.get(there).status_code == 403
        assert browser.post(there, {"code": row.code}).status_code in (403, 405)


def test_what_another_enterprise_opened_stands_nowhere_here(row: Attestation) -> None:
    there = place("shown", row.key, of="career_break_attestations")

    assert clerk(OTHER).get(there).status_code == 404
    listed = clerk(OTHER).get(place("check", None, of="career_break_attestations"))
    assert "Vandermeulen" not in listed.content.decode()


@pytest.mark.parametrize("name", ["remaining", "simulator", "codes", "new-code"])
def test_nobody_is_looked_up_by_what_stands_in_an_address(row: Attestation, name: str) -> None:
    ticket = world.filed().ticket
    for asked in ({"niss": LUC}, {"ssin": LUC}, {"person": LUC}, {"key": str(row.key)}):
        page = signed_in(NADIA).get(place(name, None), asked).content.decode()
        main = words(page)

        assert "Vandermeulen" not in page
        assert row.code not in page
        assert TicketNumber(ticket).formatted() not in page
        assert LUC not in main


def test_the_worker_changes_nothing_without_the_token_of_a_form(row: Attestation) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(LUC).cookies

    for name in ("for-whom", "new-code", "revoke"):
        assert browser.post(place(name, row.key), {"pots": ["parental-other"]}).status_code == 403
    row.refresh_from_db()
    assert row.revoked_at is None
