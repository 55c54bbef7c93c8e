"""The second step: codes accepted once, ranks asked one by one, keys that lock."""

import json
import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connections

from guichet.audit.models import Entry
from guichet.csam.codes.models import Account
from guichet.csam.keys import activation, cards, second_step, upkeep
from guichet.csam.keys.holders import Holder, UnknownKey, WrongCode
from guichet.csam.keys.models import Card, CardCode, FirstStep, Key, MailAddress
from guichet.csam.keys.second_step import KeyLocked, NoFirstStep, NothingAsked, Passed
from guichet.platform.throttle import Throttled
from guichet.registers.persons.models import Person
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import FIRST_STEP_LIFE, SECOND, State, TooWeak
from tests.csam.keys.conftest import Posted
from tests.csam.keys.people import (
    MAIL,
    NOW,
    OTHER,
    a_card,
    a_person,
    an_account,
    an_app,
    app_code,
    holder,
)

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LOGIN = "one sign-in"
SECOND_LATER = timedelta(seconds=1)


def begin(key: Key, account: Account, *, login: str = LOGIN, now=NOW) -> None:  # type: ignore[no-untyped-def]
    second_step.pass_first(login=login, account=account, now=now)
    second_step.choose(login=login, key_id=key.pk, now=now)


def try_code(code: str, *, login: str = LOGIN, now=NOW) -> Passed:  # type: ignore[no-untyped-def]
    return second_step.answer(login=login, code=code, now=now)


def wrong_five_times(key: Key, account: Account) -> None:
    begin(key, account)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as wrong:
            try_code("nonsense")
        assert wrong.value.left == left
    with pytest.raises(KeyLocked):
        try_code("nonsense")


def asked_until_braked() -> int:
    """How often a code can be asked again before the brake."""
    for times in range(100):
        try:
            second_step.ask_again(login=LOGIN, now=NOW)
        except Throttled:
            return times
    raise AssertionError("never braked")


def printed(key: Key, owner: Holder) -> dict[int, str]:
    """The codes as the sheet shows them."""
    sheet = json.loads(cards.take_sheet(holder=owner, key_id=key.pk, now=NOW))
    return {row["rank"]: row["code"] for row in sheet["codes"]}


def a_mail_key(owner: Holder, account: Account, posted: Posted) -> Key:
    activation.begin_mail(holder=owner, account_id=account.pk, name="Mail", address=MAIL, now=NOW)
    return activation.confirm_mail(holder=owner, code=posted.mails[-1].code, now=NOW)


# --- the app -------------------------------------------------------------------------------------


def test_a10_a_code_of_the_app_is_accepted_once(card_holder: Holder, account: Account) -> None:
    key, secret = an_app(card_holder, account)
    code = app_code(secret, NOW)
    begin(key, account)

    passed = try_code(code)
    begin(key, account, login="another sign-in")
    with pytest.raises(WrongCode):
        try_code(code, login="another sign-in", now=NOW + SECOND_LATER)

    assert (passed.niss, passed.means, passed.level) == (account.person.niss, Means.APP, 400)
    assert key.app_secret.__class__.objects.get(pk=key.pk).last_step is not None


def test_a10_the_code_that_activated_the_app_signs_nobody_in(
    card_holder: Holder, account: Account
) -> None:
    key, secret = an_app(card_holder, account)
    minute_ago = NOW - timedelta(seconds=60)
    begin(key, account, now=minute_ago)

    with pytest.raises(WrongCode):
        try_code(app_code(secret, minute_ago), now=minute_ago + SECOND_LATER)


@pytest.mark.parametrize(
    ("seconds", "is_good"), [(-60, False), (-30, True), (30, True), (60, False)]
)
def test_a_code_of_the_step_before_or_after_is_good(
    card_holder: Holder, account: Account, seconds: int, is_good: bool
) -> None:
    key, secret = an_app(card_holder, account, now=NOW - timedelta(seconds=120))
    begin(key, account)
    code = app_code(secret, NOW + timedelta(seconds=seconds))

    if is_good:
        assert try_code(code).level == 400
    else:
        with pytest.raises(WrongCode):
            try_code(code)


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_a10_of_two_that_send_the_same_code_at_the_same_moment_one_comes_in() -> None:
    person = a_person()
    account = an_account(person)
    key, secret = an_app(holder(person), account)
    logins = ["left", "right"]
    for login in logins:
        begin(key, account, login=login)
    outcomes: list[object] = []
    barrier = threading.Barrier(2)

    def send(login: str) -> None:
        barrier.wait(10)
        try:
            outcomes.append(try_code(app_code(secret, NOW), login=login).level)
        except WrongCode:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[login]) for login in logins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(map(str, outcomes)) == ["400", "refused"]


# --- locking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SECOND)
def test_a11_five_wrong_codes_lock_and_only_the_identity_card_unlocks(
    card_holder: Holder, account: Account, lea: Person, posted: Posted, kind: Means
) -> None:
    key = {
        Means.APP: lambda: an_app(card_holder, account)[0],
        Means.MAIL: lambda: a_mail_key(card_holder, account, posted),
        Means.CARD: lambda: a_card(card_holder, account),
    }[kind]()

    wrong_five_times(key, account)

    notice = posted.mails[-1]
    assert notice.subject == "A digital key is locked"
    assert not {lea.niss, lea.given_name, lea.family_name, account.user_name} & set(
        notice.body.replace(".", " ").replace(",", " ").split()
    )
    for means in (means for means in Means if means is not Means.EID):
        with pytest.raises(TooWeak):
            upkeep.unlock(holder=holder(lea, means=means), key_id=key.pk, now=NOW)
    with pytest.raises(KeyLocked):
        second_step.choose(login=LOGIN, key_id=key.pk, now=NOW)
    upkeep.unlock(holder=card_holder, key_id=key.pk, now=NOW)
    assert Key.objects.get(pk=key.pk).state == State.ACTIVE
    assert Key.objects.get(pk=key.pk).wrong == 0
    begin(key, account, login="afterwards")


def test_a_right_code_ends_the_row_of_wrong_ones(card_holder: Holder, account: Account) -> None:
    key, secret = an_app(card_holder, account)
    begin(key, account)
    for _attempt in range(4):
        with pytest.raises(WrongCode):
            try_code("000 000 0")

    try_code(app_code(secret, NOW))

    assert Key.objects.get(pk=key.pk).wrong == 0


def test_the_right_code_opens_nothing_once_the_key_is_locked(
    card_holder: Holder, account: Account
) -> None:
    key, secret = an_app(card_holder, account)

    wrong_five_times(key, account)

    with pytest.raises(KeyLocked):
        try_code(app_code(secret, NOW))


def test_without_a_right_password_no_code_can_be_tried_and_nothing_locks(
    card_holder: Holder, account: Account
) -> None:
    key, _secret = an_app(card_holder, account)

    for _attempt in range(7):
        with pytest.raises(NoFirstStep):
            try_code("123456")
    with pytest.raises(NoFirstStep):
        second_step.choose(login=LOGIN, key_id=key.pk, now=NOW)

    assert Key.objects.get(pk=key.pk).wrong == 0


def test_the_first_step_ends(card_holder: Holder, account: Account) -> None:
    key, secret = an_app(card_holder, account)
    begin(key, account)
    late = NOW + FIRST_STEP_LIFE

    with pytest.raises(NoFirstStep):
        try_code(app_code(secret, late), now=late)


def test_a_user_name_blocked_between_the_steps_signs_nobody_in(
    card_holder: Holder, account: Account
) -> None:
    key, secret = an_app(card_holder, account)
    begin(key, account)
    Account.objects.filter(pk=account.pk).update(state="blocked")

    with pytest.raises(NoFirstStep):
        try_code(app_code(secret, NOW))


def test_a_key_revoked_between_the_steps_signs_nobody_in(
    card_holder: Holder, account: Account
) -> None:
    key, secret = an_app(card_holder, account)
    begin(key, account)
    upkeep.revoke(holder=card_holder, key_id=key.pk, now=NOW)

    with pytest.raises(UnknownKey):
        try_code(app_code(secret, NOW))


def test_somebody_elses_key_cannot_be_chosen(card_holder: Holder, account: Account) -> None:
    other = a_person(OTHER, given="Noor")
    theirs = an_account(other, user_name="noordubois")
    foreign, _secret = an_app(holder(other), theirs)
    second_step.pass_first(login=LOGIN, account=account, now=NOW)

    for key_id in (foreign.pk, foreign.pk + 1000):
        with pytest.raises(UnknownKey):
            second_step.choose(login=LOGIN, key_id=key_id, now=NOW)


def test_a_sign_in_in_which_it_succeeded_is_over(card_holder: Holder, account: Account) -> None:
    key, secret = an_app(card_holder, account)
    begin(key, account)
    try_code(app_code(secret, NOW))

    assert not FirstStep.objects.exists()
    with pytest.raises(NoFirstStep):
        try_code(app_code(secret, NOW + timedelta(seconds=30)))


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


# --- what is offered, and what the trail keeps ---------------------------------------------------


def test_only_keys_that_are_enough_are_offered(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    app, _secret = an_app(card_holder, account)
    mail = a_mail_key(card_holder, account, posted)
    card = a_card(card_holder, account)
    second_step.pass_first(login=LOGIN, account=account, now=NOW)

    def offered(means: tuple[Means, ...], level: int) -> list[int]:
        found = second_step.offers(login=LOGIN, means=means, min_level=level, now=NOW)
        return [offer.key_id for offer in found]

    assert offered(SECOND, 200) == [app.pk, mail.pk, card.pk]
    assert offered(SECOND, 400) == [app.pk]
    assert offered((Means.MAIL,), 200) == [mail.pk]
    assert offered(SECOND, 450) == []


def test_a_key_enrolled_low_is_not_raised_by_a_stronger_account(
    lea: Person, account: Account, posted: Posted
) -> None:
    weak = holder(lea, level=300, means="mail")
    key = a_mail_key(weak, account, posted)
    Account.objects.filter(pk=account.pk).update(enrolled_level=500)
    begin(key, account)

    assert try_code(posted.mails[-1].code).level == 300


def test_the_trail_tells_each_step_and_no_code(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key, secret = an_app(card_holder, account)
    begin(key, account)
    code = app_code(secret, NOW)
    with pytest.raises(WrongCode):
        try_code("424242")
    try_code(code)

    lines = list(Entry.objects.filter(action__regex=r"^csam\.(key|firstStep)\.").order_by("pk"))
    assert [line.action for line in lines] == [
        "csam.key.begun",
        "csam.key.activated",
        "csam.firstStep.passed",
        "csam.key.asked",
        "csam.key.refused",
        "csam.key.used",
    ]
    told = json.dumps([[line.target, line.reason, line.detail] for line in lines])
    assert code not in told
    assert "424242" not in told
    assert secret not in told
