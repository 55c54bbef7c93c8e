"""Tickets are good once, for a minute, for one login; test cards are noted and revoked."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from guichet.audit.actors import system
from guichet.audit.models import Entry
from guichet.csam.eid import operations
from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.models import TestCard, Ticket
from guichet.csam.eid.operations import TicketRefused, UnknownCard, Wanted, redeem
from guichet.csam.eid.revocation import Status
from guichet.csam.eid.tickets import LIFETIME, RevokedTestCards, TicketStore, digest, serial
from guichet.kernel.niss import InvalidNiss
from tests.csam.eid.cards import LOGIN, NISS, NOW, card, django_url

HOLDER = Holder(NISS, "Amina", "Roussel")
ACTOR = system("test")
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


@pytest.fixture
def store(database_url: str) -> TicketStore:
    return TicketStore(django_url(database_url))


def test_a_ticket_gives_what_was_read_from_the_card_and_is_gone(store: TicketStore) -> None:
    ticket = store.store(login=LOGIN, judged=HOLDER, now=NOW)

    assert redeem(ticket=ticket, login=LOGIN, now=NOW) == HOLDER
    assert not Ticket.objects.exists()
    entry = Entry.objects.get(action="csam.eid.read")
    assert (entry.actor_kind, entry.actor_id) == ("person", NISS)
    with pytest.raises(TicketRefused):
        redeem(ticket=ticket, login=LOGIN, now=NOW)


@pytest.mark.parametrize("refusal", Refusal)
def test_a_refusal_travels_by_ticket_too_and_says_nothing_of_the_person(
    store: TicketStore, refusal: Refusal
) -> None:
    ticket = store.store(login=LOGIN, judged=refusal, now=NOW)

    row = Ticket.objects.get()
    assert (row.niss, row.given_name, row.family_name) == (None, "", "")
    assert redeem(ticket=ticket, login=LOGIN, now=NOW) is refusal


def test_only_the_digest_of_a_ticket_is_stored(store: TicketStore) -> None:
    ticket = store.store(login=LOGIN, judged=HOLDER, now=NOW)

    assert Ticket.objects.get().digest == digest(ticket)
    assert ticket not in str(list(Ticket.objects.values()))


@pytest.mark.parametrize(
    ("login", "after", "is_good"),
    [
        (LOGIN, timedelta(), True),
        (LOGIN, LIFETIME - SECOND, True),
        (LOGIN, LIFETIME, False),
        (LOGIN, -SECOND, False),
        ("another-browsers-login", timedelta(), False),
        ("", timedelta(), False),
    ],
)
def test_a_ticket_is_good_for_sixty_seconds_in_one_login(
    store: TicketStore, login: str, after: timedelta, is_good: bool
) -> None:
    ticket = store.store(login=LOGIN, judged=HOLDER, now=NOW)

    if is_good:
        assert redeem(ticket=ticket, login=login, now=NOW + after) == HOLDER
    else:
        with pytest.raises(TicketRefused):
            redeem(ticket=ticket, login=login, now=NOW + after)
        # The browser that it belongs to can still hand it in.
        assert Ticket.objects.count() == 1


def test_of_many_who_hand_in_the_same_ticket_at_once_one_gets_in(store: TicketStore) -> None:
    ticket = store.store(login=LOGIN, judged=HOLDER, now=NOW)
    gate = threading.Barrier(6)

    def hand_in(_: int) -> bool:
        try:
            gate.wait(20)
            redeem(ticket=ticket, login=LOGIN, now=NOW)
        except TicketRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(hand_in, range(6))) == [False] * 5 + [True]


def test_tickets_that_nobody_handed_in_are_forgotten(store: TicketStore) -> None:
    store.store(login=LOGIN, judged=HOLDER, now=NOW - LIFETIME)
    store.store(login=LOGIN, judged=HOLDER, now=NOW)

    assert operations.forget_tickets(now=NOW) == 1
    assert Ticket.objects.count() == 1


def test_a_ticket_that_was_not_taken_leaves_a_line_without_the_ticket() -> None:
    operations.note_refused_ticket(now=NOW)
    entry = Entry.objects.get(action="csam.eid.ticketRefused")
    assert (entry.actor_id, entry.target) == ("csam-eid", "ticket")


@pytest.mark.parametrize(
    "faulty",
    [
        {"digest": "secret-in-clear"},
        {"refusal": "because"},
        {"refusal": "expired"},
        {"niss": None},
        {"expires_at": NOW},
    ],
)
def test_the_database_refuses_a_ticket_that_is_none(faulty: dict[str, object]) -> None:
    sound = {
        "digest": "a" * 64,
        "login": LOGIN,
        "niss": NISS,
        "created_at": NOW,
        "expires_at": NOW + LIFETIME,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(**sound | faulty)


def test_a_test_card_is_noted_and_the_listener_hears_of_its_revocation(
    tmp_path: Path, database_url: str
) -> None:
    wanted = Wanted("85.07.31-000.31", "Amina", "Roussel")
    made = operations.issue_test_card(
        wanted=wanted, authority=tmp_path / "authority", actor=ACTOR, now=NOW
    )
    number, known = serial(made.certificate), RevokedTestCards(django_url(database_url))

    def status() -> Status:
        return known.status(card=made.certificate, issuer=made.authorities[0], now=NOW)

    row = TestCard.objects.get(serial=number)
    assert (row.niss, row.name, row.kind) == (NISS, "Amina Roussel", "authentication")
    assert status() is Status.GOOD
    operations.revoke_test_card(number=number, actor=ACTOR, now=NOW)
    operations.revoke_test_card(number=number, actor=ACTOR, now=NOW + SECOND)
    assert status() is Status.REVOKED
    assert TestCard.objects.get(serial=number).revoked_at == NOW
    assert Entry.objects.filter(target=f"test-card/{number}").count() == 2


def test_what_is_no_card_is_not_made_and_not_revoked(tmp_path: Path) -> None:
    with pytest.raises(UnknownCard):
        operations.revoke_test_card(number="abc", actor=ACTOR, now=NOW)
    with pytest.raises(InvalidNiss):
        operations.issue_test_card(
            wanted=Wanted("85073100032", "A", "B"),
            authority=tmp_path / "authority",
            actor=ACTOR,
            now=NOW,
        )
    assert not TestCard.objects.exists()


def test_a_list_that_cannot_be_asked_is_unavailable() -> None:
    nowhere = RevokedTestCards("postgresql://nobody@/none?host=/nonexistent")
    one = card()
    assert nowhere.status(card=one.certificate, issuer=one.authorities[0], now=NOW) is (
        Status.UNAVAILABLE
    )
    assert not TicketStore("postgresql://nobody@/none?host=/nonexistent").is_reachable()
