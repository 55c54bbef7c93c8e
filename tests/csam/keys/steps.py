"""Short ways through the second step."""

import json
from datetime import datetime

import pytest

from guichet.csam.codes.models import Account
from guichet.csam.keys import activation, cards, second_step
from guichet.csam.keys.holders import Holder, WrongCode
from guichet.csam.keys.models import Key
from guichet.csam.keys.second_step import KeyLocked, Passed
from guichet.platform.throttle import Throttled
from tests.csam.keys.conftest import Posted
from tests.csam.keys.people import (
    MAIL,
    NOW,
)

LOGIN = "one sign-in"


def begin(key: Key, account: Account, *, login: str = LOGIN, now: datetime = NOW) -> None:
    second_step.pass_first(login=login, account=account, now=now)
    second_step.choose(login=login, key_id=key.pk, now=now)


def try_code(code: str, *, login: str = LOGIN, now: datetime = NOW) -> Passed:
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
