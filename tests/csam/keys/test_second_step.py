"""The second step: codes accepted once, ranks asked one by one, keys that lock."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connections

from guichet.audit.models import Entry
from guichet.csam.codes.models import Account
from guichet.csam.keys import second_step, upkeep
from guichet.csam.keys.holders import Holder, UnknownKey, WrongCode
from guichet.csam.keys.models import FirstStep, Key
from guichet.csam.keys.second_step import KeyLocked, NoFirstStep
from guichet.registers.persons.models import Person
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import FIRST_STEP_LIFE, SECOND, State, TooWeak
from tests.csam.keys.conftest import Posted
from tests.csam.keys.people import (
    NOW,
    OTHER,
    a_card,
    a_person,
    an_account,
    an_app,
    app_code,
    holder,
)
from tests.csam.keys.steps import (
    LOGIN,
    a_mail_key,
    begin,
    try_code,
    wrong_five_times,
)

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SECOND_LATER = timedelta(seconds=1)


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
