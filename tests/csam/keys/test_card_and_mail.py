"""Codes of the paper card and by mail: asked one by one, good once and for a time."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connections

from guichet.csam.codes.models import Account
from guichet.csam.keys import activation, cards, passkeys, second_step
from guichet.csam.keys.holders import Holder, WrongCode
from guichet.csam.keys.models import (
    Activation,
    Card,
    CardCode,
    CardSheet,
    Challenge,
    FirstStep,
    Key,
    MailAddress,
)
from guichet.csam.keys.second_step import NoFirstStep, NothingAsked
from guichet.rules.assurance import Means
from tests.csam.keys.conftest import Posted
from tests.csam.keys.people import NOW, a_card, a_person, an_account, holder
from tests.csam.keys.steps import LOGIN, a_mail_key, asked_until_braked, begin, printed, try_code

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SECOND_LATER = timedelta(seconds=1)


# --- the paper card ------------------------------------------------------------------------------


def test_a12_the_code_of_another_rank_is_refused_and_another_rank_asked(
    card_holder: Holder, account: Account
) -> None:
    key = a_card(card_holder, account)
    codes = printed(key, card_holder)
    Card.objects.filter(pk=key.pk).update(last_rank=6)
    begin(key, account)
    # As if chance had chosen the seventh.
    Card.objects.filter(pk=key.pk).update(last_rank=7)

    with pytest.raises(WrongCode):
        try_code(codes[8])

    asked = second_step.question(login=LOGIN, now=NOW).rank
    assert asked != 7
    assert try_code(codes[asked or 0]).means is Means.CARD


def test_a12_no_rank_is_asked_twice_in_a_row(card_holder: Holder, account: Account) -> None:
    key = a_card(card_holder, account)
    codes = printed(key, card_holder)
    asked: list[int] = []

    for index in range(12):
        login, now = f"login {index}", NOW + timedelta(hours=index)
        begin(key, account, login=login, now=now)
        rank = second_step.question(login=login, now=now).rank or 0
        asked.append(rank)
        try_code(codes[rank], login=login, now=now)

    assert all(first != second for first, second in pairwise(asked))
    assert min(asked) >= 1
    assert max(asked) <= 24


def test_a_rank_is_asked_of_one_sign_in_and_good_there_only(
    card_holder: Holder, account: Account
) -> None:
    key = a_card(card_holder, account)
    codes = printed(key, card_holder)
    begin(key, account, login="first")
    begin(key, account, login="second")
    rank = second_step.question(login="second", now=NOW).rank or 0

    assert not second_step.question(login="first", now=NOW).is_open
    with pytest.raises(NothingAsked):
        try_code(codes[rank], login="first")
    assert try_code(codes[rank], login="second").level == 300


def test_asking_ranks_is_braked(card_holder: Holder, account: Account) -> None:
    key = a_card(card_holder, account)
    begin(key, account)

    assert asked_until_braked() == second_step.RANKS_AN_HOUR - 1


def test_the_codes_of_a_card_are_kept_as_digests_and_shown_once(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_card(card_holder, account)
    codes = printed(key, card_holder)

    assert len(codes) == 24
    assert all(len(code) == 6 and code.isdigit() for code in codes.values())
    assert not set(codes.values()) & set(CardCode.objects.values_list("code", flat=True))
    [(lines, sheet)] = posted.letters
    assert lines[0] == "Léa Dubois"
    assert all(code in sheet.decode() for code in codes.values())
    with pytest.raises(cards.SheetGone):
        cards.take_sheet(holder=card_holder, key_id=key.pk, now=NOW)


def test_the_sheet_goes_after_a_quarter_of_an_hour(card_holder: Holder, account: Account) -> None:
    key = a_card(card_holder, account)

    with pytest.raises(cards.SheetGone):
        cards.take_sheet(holder=card_holder, key_id=key.pk, now=NOW + cards.SHEET_LIFE)


# --- the mail ------------------------------------------------------------------------------------


def test_a13_a_code_by_mail_ends_after_ten_minutes(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_mail_key(card_holder, account, posted)
    begin(key, account)
    ten_minutes = NOW + timedelta(minutes=10)

    with pytest.raises(NothingAsked):
        try_code(posted.mails[-1].code, now=ten_minutes)

    assert Key.objects.get(pk=key.pk).wrong == 0
    assert try_code(posted.mails[-1].code, now=ten_minutes - SECOND_LATER).level == 300


def test_a13_a_second_mail_puts_the_first_out_of_use(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_mail_key(card_holder, account, posted)
    begin(key, account)
    first = posted.mails[-1].code
    second_step.ask_again(login=LOGIN, now=NOW)
    second = posted.mails[-1].code

    with pytest.raises(WrongCode):
        try_code(first)

    assert try_code(second).means is Means.MAIL
    assert len(second) == 8


def test_a13_a_mail_asked_in_another_sign_in_puts_the_first_out_of_use(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_mail_key(card_holder, account, posted)
    begin(key, account, login="first")
    first = posted.mails[-1].code
    begin(key, account, login="second")

    for code in (first, posted.mails[-1].code):
        with pytest.raises(NothingAsked):
            try_code(code, login="first")


def test_a_code_by_mail_is_kept_as_a_digest_and_used_once(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_mail_key(card_holder, account, posted)
    begin(key, account)
    code = posted.mails[-1].code
    assert code not in MailAddress.objects.get().code

    try_code(code)
    second_step.pass_first(login=LOGIN, account=account, now=NOW)
    FirstStep.objects.update(key=key)

    with pytest.raises(NothingAsked):
        try_code(code)


def test_mails_are_counted_by_the_hour(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_mail_key(card_holder, account, posted)
    begin(key, account)
    sent = len(posted.mails)

    assert asked_until_braked() == second_step.MAILS_AN_HOUR - 1
    assert len(posted.mails) - sent == second_step.MAILS_AN_HOUR - 1


def test_a_code_typed_with_blanks_is_the_same_code(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_mail_key(card_holder, account, posted)
    begin(key, account)
    code = posted.mails[-1].code

    assert try_code(f" {code[:4]} {code[4:]} ").level == 300


def test_what_was_never_confirmed_is_removed(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key = a_card(card_holder, account)
    activation.begin_app(holder=card_holder, account_id=account.pk, name="Phone", now=NOW)
    begin(key, account)
    passkeys.sign_in_options(login=LOGIN, now=NOW)
    waiting = (Activation, Challenge, CardSheet, FirstStep)

    second_step.forget(now=NOW + SECOND_LATER)
    assert all(kind.objects.count() == 1 for kind in waiting)
    second_step.forget(now=NOW + timedelta(hours=1))

    assert not any(kind.objects.exists() for kind in waiting)
    assert Key.objects.filter(pk=key.pk).exists()


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_of_two_that_send_the_same_mailed_code_at_the_same_moment_one_comes_in(
    posted: Posted,
) -> None:
    person = a_person()
    account = an_account(person)
    key = a_mail_key(holder(person), account, posted)
    begin(key, account)
    code = posted.mails[-1].code
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def send() -> None:
        barrier.wait(10)
        try:
            outcomes.append(str(try_code(code).level))
        except (NoFirstStep, NothingAsked):
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _side in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["300", "refused"]
