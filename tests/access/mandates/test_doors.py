"""Every page of mandates for every role and every foreign mandate; every step in every status."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from typing import Any, Final

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.test import Client

from guichet.access.mandates import changing, operations
from guichet.access.mandates.models import Lent, Mandate
from guichet.access.mandates.operations import MandateRefused, UnknownMandate
from guichet.access.rights import give_right
from guichet.audit.actors import Actor
from guichet.audit.models import Entry, History
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.models import Dispatch
from guichet.rules import mandates as rules
from guichet.rules.mandates import Domain, Quarter, Side, Status, Step
from tests.access.mandates.parties import (
    FIRM,
    GRIET,
    INGE,
    KOEN,
    NADIA,
    NEXT,
    OFFICE,
    OTHER_FIRM,
    OTHER_OFFICE,
    PAUL,
    THIS,
    active,
    browser,
    proposed,
    seat,
    sign,
)
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import ACTOR, CLERK

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
OF_ONE: Final = ("", "mandate.pdf", "sign/", "reject/", "end/", "take-back/")
SENT: Final = ("sign/", "send-in/", "reject/", "end/", "take-back/")
STRANGERS: Final[dict[str, Callable[[], Client]]] = {
    "the director of another firm": lambda: browser(PAUL, OTHER_FIRM),
    "the director of another office": lambda: browser(GRIET, OTHER_OFFICE),
    "the same, as himself": lambda: signed_in(PAUL),
    "a user of the firm without the right": lambda: signed_in(CLERK, FIRM),
    "a user of the office without the right": lambda: signed_in(NADIA, OFFICE),
}


def _by(niss: str, number: str) -> Actor:
    return Actor("person", niss, number)


def _plain(answer: Any) -> str:
    return words(answer.content.decode())


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("who", STRANGERS)
def test_a_mandate_of_others_and_no_mandate_are_the_same_404(who: str) -> None:
    mandate, client = active(), STRANGERS[who]()

    for place in OF_ONE:
        theirs = client.get(f"/mandates/{mandate.pk}/{place}")
        none = client.get(f"/mandates/{mandate.pk + 999}/{place}")
        assert (theirs.status_code, none.status_code) == (404, 404)
        assert _plain(theirs) == _plain(none)
    for place in SENT:
        assert client.post(f"/mandates/{mandate.pk}/{place}").status_code == 404
    mandate.refresh_from_db()
    assert (mandate.status, mandate.last_day) == ("active", None)


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("place", ["", "new/", "to-sign/", "1/", *(f"1/{one}" for one in OF_ONE)])
def test_a_visitor_is_led_to_the_sign_in(place: str) -> None:
    answer = Client().get(f"/mandates/{place}")

    assert answer.status_code == 302
    assert "next=%2Fmandates" in answer["Location"]


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("place", ["", "new/"])
def test_who_has_no_right_to_mandates_is_told_so(place: str) -> None:
    for client in (signed_in(CLERK, FIRM), signed_in(NADIA, OFFICE), signed_in(INGE)):
        assert client.get(f"/mandates/{place}").status_code == 403


@pytest.mark.usefixtures("parties")
def test_who_may_look_only_sees_everything_and_changes_nothing() -> None:
    with transaction():
        give_right(
            niss=CLERK, enterprise_number=FIRM, service="mandates_consult",
            first_day=NOW.date(), actor=ACTOR, now=NOW,
        )  # fmt: skip
    mandate, client = active(), signed_in(CLERK, FIRM)

    assert "One mandate in force" in text(client, "/mandates/")
    assert "Give a mandate" not in text(client, "/mandates/")
    assert client.get("/mandates/new/").status_code == 403
    assert text(client, f"/mandates/{mandate.pk}/")
    client.post(f"/mandates/{mandate.pk}/end/", {"last": "2027-1"})
    client.post(f"/mandates/{mandate.pk}/take-back/")
    mandate.refresh_from_db()
    assert (mandate.status, mandate.last_day) == ("active", None)


@pytest.mark.usefixtures("parties")
def test_a_representative_without_any_right_signs_as_himself() -> None:
    mandate = proposed(own=OFFICE, other=OTHER_FIRM, by=KOEN)
    sign(mandate, KOEN, OFFICE)
    client = signed_in(PAUL)
    assert "A mandate with" in text(client, "/")
    assert "One mandate waits for your signature" in text(client, "/mandates/to-sign/")

    answer = client.post(f"/mandates/{mandate.pk}/sign/")

    assert answer.status_code == 302
    mandate.refresh_from_db()
    assert mandate.status == "active"
    signed = Entry.objects.filter(action="access.mandate.signed").last()
    assert signed is not None
    assert signed.actor_enterprise == OTHER_FIRM


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("place", ["sign/", "take-back/"])
def test_an_act_of_a_representative_asks_for_a_surer_sign_in(place: str) -> None:
    mandate = proposed() if place == "sign/" else active()
    client = browser(INGE, FIRM, means="app", level=400)

    for answer in (client.get(f"/mandates/{mandate.pk}/{place}"),
                   client.post(f"/mandates/{mandate.pk}/{place}")):  # fmt: skip
        assert answer.status_code == 302
        assert "level=450" in answer["Location"]
    change = _revoke if place == "take-back/" else _sign
    with pytest.raises(MandateRefused, match="sign_in_too_low"):
        change(mandate)


def _sign(mandate: Mandate) -> None:
    sign(mandate, INGE, FIRM, is_sure_enough=False)


def _revoke(mandate: Mandate) -> None:
    operations.revoke(
        seat=seat(FIRM), mandate=mandate.pk, is_sure_enough=False, by=_by(INGE, FIRM), now=NOW
    )


@pytest.mark.usefixtures("parties")
def test_a_manager_who_does_not_represent_the_employer_cannot_sign_for_it() -> None:
    mandate = proposed()
    with transaction():
        give_right(
            niss=CLERK, enterprise_number=FIRM, service="mandates", first_day=NOW.date(),
            actor=ACTOR, now=NOW,
        )  # fmt: skip
    client = signed_in(CLERK, FIRM)

    answer = client.post(f"/mandates/{mandate.pk}/sign/", follow=True)

    assert "Only a legal representative" in answer.content.decode()
    mandate.refresh_from_db()
    assert mandate.status == "to_finalise"


@pytest.mark.usefixtures("parties")
def test_a_mandatary_offers_a_mandate_and_the_employer_signs_or_refuses_it() -> None:
    office = browser(KOEN, OFFICE)
    assert "Your client" in text(office, "/mandates/new/")
    form = {"other": FIRM, "domains": ["works", "dimona"], "first": "2027-1", "language": "nl"}
    assert "will be able to do for Cristal du Bocq" in _plain(office.post("/mandates/new/", form))
    changed = office.post("/mandates/new/", form | {"change": "1"})
    assert changed.status_code == 200
    unknown = office.post("/mandates/new/", form | {"other": "0403170701", "confirm": "1"})
    assert "No enterprise has this number" in _plain(unknown)

    place = office.post("/mandates/new/", form | {"confirm": "1"})["Location"]
    assert browser(INGE, FIRM).get(place).status_code == 404
    office.post(f"{place}sign/")
    inge = browser(INGE, FIRM)
    assert "Refuse this mandate?" in text(inge, f"{place}reject/")
    inge.post(f"{place}reject/")

    assert "refused by the other party" in text(office, place)
    assert "Rejected" in text(inge, "/mandates/")


def _in(status: Status, made_by: Side) -> Mandate:
    """A mandate in this status."""
    if made_by is Side.MANDATOR:
        mandate, maker, other = proposed(), (INGE, FIRM), (KOEN, OFFICE)
    else:
        mandate = proposed(own=OFFICE, other=FIRM, by=KOEN)
        maker, other = (KOEN, OFFICE), (INGE, FIRM)
    if status is Status.TO_FINALISE:
        return mandate
    if status is Status.REJECTED:
        sign(mandate, *maker)
        operations.refuse(seat=seat(other[1]), mandate=mandate.pk, by=_by(*other), now=NOW)
        return mandate
    sign(mandate, *maker)
    if status is not Status.PENDING:
        sign(mandate, *other)
    if status is Status.CLOSED:
        operations.revoke(
            seat=seat(FIRM), mandate=mandate.pk, is_sure_enough=True, by=_by(INGE, FIRM), now=NOW
        )
    return mandate


def _do(step: Step, mandate: Mandate, side: Side) -> None:
    who, number = (INGE, FIRM) if side is Side.MANDATOR else (KOEN, OFFICE)
    given: dict[str, Any] = {
        "seat": seat(number), "mandate": mandate.pk, "by": _by(who, number), "now": NOW,
    }  # fmt: skip
    match step:
        case Step.SIGN:
            operations.sign_on_page(means="eid", level=500, is_sure_enough=True, **given)
        case Step.REFUSE:
            operations.refuse(**given)
        case Step.WITHDRAW:
            operations.withdraw(**given)
        case Step.END:
            operations.end(last=NEXT, **given)
        case Step.REVOKE:
            operations.revoke(is_sure_enough=True, **given)


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize(("status", "step"), list(product(Status, Step)))
@pytest.mark.parametrize(("made_by", "side"), list(product(Side, Side)))
def test_each_step_in_each_status_does_what_the_rules_say_or_nothing(
    status: Status, step: Step, made_by: Side, side: Side
) -> None:
    mandate = _in(status, made_by)
    mandate.refresh_from_db()
    before = (mandate.status, mandate.last_day, mandate.closing)
    may = step in rules.open_steps(status, side=side, made_by=made_by)

    if may:
        _do(step, mandate, side)
    else:
        with pytest.raises(MandateRefused):
            _do(step, mandate, side)

    mandate.refresh_from_db()
    if may:
        assert mandate.status == rules.after(status, step, side=side, made_by=made_by)
        assert (mandate.status, mandate.last_day, mandate.closing) != before
    else:
        assert (mandate.status, mandate.last_day, mandate.closing) == before
    is_lent = Lent.objects.filter(mandate=mandate, revoked_at=None).exists()
    assert is_lent is (mandate.status == "active")


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("status", Status)
def test_every_page_of_a_mandate_opens_or_leads_back_in_every_status(status: Status) -> None:
    mandate = _in(status, Side.MANDATOR)

    for client in (browser(INGE, FIRM), browser(KOEN, OFFICE)):
        for place in OF_ONE:
            answer = client.get(f"/mandates/{mandate.pk}/{place}")
            hidden = status is Status.TO_FINALISE and client.get("/mandates/").status_code
            assert answer.status_code in ((200, 302, 404) if hidden else (200, 302))
        assert client.get("/mandates/").status_code == 200


@pytest.mark.usefixtures("parties")
def test_a_mandate_ends_with_the_quarter_that_was_chosen_and_the_picture_shows_it() -> None:
    mandate = active(first=THIS)
    client = browser(INGE, FIRM)
    assert "The mandatary can act until the last day" in text(
        client, f"/mandates/{mandate.pk}/end/"
    )
    assert client.post(f"/mandates/{mandate.pk}/end/", {}).status_code == 422
    assert client.post(f"/mandates/{mandate.pk}/end/", {"last": "2026-3"}).status_code == 422

    assert client.post(f"/mandates/{mandate.pk}/end/", {"last": "2027-1"}).status_code == 302

    page = client.get("/mandates/").content.decode()
    assert "Q4 2026 to Q1 2027" in words(page)
    assert page.count("m-bar is-now") == 1
    assert page.count("m-bar is-future") == 1
    assert Dispatch.objects.filter(
        recipient__startswith=OFFICE, subject__contains="mandat"
    ).exists()


@pytest.mark.usefixtures("parties")
def test_a_mandate_that_is_signed_after_its_first_quarter_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mandate = proposed(first=NEXT)
    sign(mandate, INGE, FIRM)
    late = datetime(2027, 4, 1, 9, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: late)

    answer = browser(KOEN, OFFICE).post(f"/mandates/{mandate.pk}/sign/", follow=True)

    assert "The first quarter is over" in answer.content.decode()
    mandate.refresh_from_db()
    assert mandate.status == "pending"


@pytest.mark.usefixtures("parties")
def test_of_two_offers_for_one_domain_the_second_to_be_signed_is_refused() -> None:
    first, second = proposed(Domain.DIMONA), proposed(Domain.DIMONA, other=OTHER_OFFICE)
    for mandate in (first, second):
        sign(mandate, INGE, FIRM)
    sign(first, KOEN, OFFICE)

    with pytest.raises(MandateRefused, match="taken"):
        sign(second, GRIET, OTHER_OFFICE)

    second.refresh_from_db()
    assert second.status == "pending"
    assert Lent.objects.get().mandatary.number == OFFICE


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize(
    ("domain", "office", "key"),
    [(Domain.DIMONA, OTHER_OFFICE, "taken"), (Domain.PRESENCE, OFFICE, "already_held")],
)
def test_the_database_keeps_the_promise_and_its_names_become_words(
    domain: Domain, office: str, key: str
) -> None:
    active(domain, first=NEXT)
    row = proposed(domain, other=office, first=Quarter(2027, 2)) if key == "taken" else None
    mandate = row or Mandate.objects.get()

    with pytest.raises(MandateRefused, match=key), transaction(actor=ACTOR):
        changing.lend(mandate, [domain])


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("first_day", "2027-01-02", "access_mandate_lent_by_quarters"),
        ("first_day", "2027-02-01", "access_mandate_lent_by_quarters"),
        ("last_day", "2027-03-30", "access_mandate_lent_by_quarters"),
        ("last_day", "2027-06-29", "access_mandate_lent_by_quarters"),
        ("last_day", "2026-12-31", "access_mandate_lent_days_in_order"),
        ("domain", "ebox", "access_mandate_lent_domain_known"),
    ],
)
def test_the_table_itself_refuses_what_is_no_quarter(
    column: str, value: str, constraint: str
) -> None:
    active(first=NEXT)

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction(actor=ACTOR),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE access_mandate_lent SET {column} = %s", [value])


@pytest.mark.usefixtures("parties")
def test_every_change_has_its_history_and_nobody_changes_in_silence() -> None:
    mandate = active()

    states = History.objects.filter(table_name="access_mandate", row_id=mandate.pk)
    assert [one.state["status"] for one in states.order_by("id")] == [
        "to_finalise", "pending", "active",
    ]  # fmt: skip
    with pytest.raises(IntegrityError, match="nobody is said"), atomic():
        Mandate.objects.update(status="closed")
    actions = Entry.objects.filter(target=f"mandate/{mandate.pk}").order_by("id")
    assert [one.action.rpartition(".")[2] for one in actions] == [
        "made", "signed", "signed", "activated",
    ]  # fmt: skip


@pytest.mark.usefixtures("parties")
def test_the_same_person_on_both_sides_sits_where_his_session_says() -> None:
    with pytest.raises(UnknownMandate):
        operations.refuse(seat=seat(OFFICE), mandate=proposed().pk, by=_by(KOEN, OFFICE), now=NOW)
