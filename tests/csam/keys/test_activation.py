"""Activating and keeping keys: who may, what it gives, what the database refuses."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from guichet.audit.actors import system
from guichet.audit.history import acting
from guichet.audit.models import Entry
from guichet.csam.codes.models import Account
from guichet.csam.keys import activation, cards, queries, sealing, upkeep
from guichet.csam.keys.holders import (
    Holder,
    KeyThere,
    NothingBegun,
    UnknownAccount,
    UnknownKey,
    WrongCode,
)
from guichet.csam.keys.models import Activation, AppSecret, Key
from guichet.csam.keys.sealing import SealBroken
from guichet.registers.persons.models import Person
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import ACTIVATION_LIFE, State, StepRefused, TooWeak
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


def test_a_key_is_enrolled_at_the_level_of_its_session_and_confirms_the_user_name(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    key, _secret = an_app(card_holder, account)

    kept = Key.objects.get(pk=key.pk)
    assert (kept.enrolled_level, kept.enrolled_means) == (500, "eid")
    assert Account.objects.get(pk=account.pk).enrolled_level == 500
    [shown] = queries.keys(person_id=card_holder.person_id, now=NOW)
    assert (shown.kind, shown.level, shown.state) == (Means.APP, 400, State.ACTIVE)
    assert posted.mails[-1].subject == "A digital key was activated"
    [line] = Entry.objects.filter(action="csam.key.activated")
    assert line.target == f"key/{key.pk}"
    assert line.detail == {"kind": "app", "level": 500, "means": "eid"}


def test_a_weak_session_never_lowers_a_user_name(lea: Person, posted: Posted) -> None:
    account = an_account(lea, level=500)
    owner = holder(lea, level=300, means="mail")
    activation.begin_mail(holder=owner, account_id=account.pk, name="Mail", address=MAIL, now=NOW)

    activation.confirm_mail(holder=owner, code=posted.mails[-1].code, now=NOW)

    assert Account.objects.get(pk=account.pk).enrolled_level == 500


@pytest.mark.parametrize(
    ("kind", "level", "means"),
    [
        ("app", 300, "mail"),
        ("mail", 200, "password"),
        ("card", 450, "itsme"),
        ("card", 500, "eidas"),
    ],
)
def test_a_session_that_is_too_weak_changes_nothing(
    lea: Person, account: Account, kind: str, level: int, means: str
) -> None:
    owner = holder(lea, level=level, means=means)
    begin = {
        "app": activation.begin_app,
        "mail": partial(activation.begin_mail, address=MAIL),
        "card": cards.make_card,
    }[kind]

    with pytest.raises(TooWeak):
        begin(holder=owner, account_id=account.pk, name="Key", now=NOW)

    assert not Key.objects.exists()
    assert not Activation.objects.exists()


def test_somebody_elses_user_name_and_none_are_the_same_refusal(
    card_holder: Holder, account: Account
) -> None:
    theirs = an_account(a_person(OTHER, given="Noor"), user_name="noordubois")

    for account_id in (theirs.pk, theirs.pk + 1000):
        with pytest.raises(UnknownAccount):
            activation.begin_app(holder=card_holder, account_id=account_id, name="x", now=NOW)


@pytest.mark.parametrize("state", ["blocked", "closed"])
def test_a_user_name_out_of_use_takes_no_key(
    card_holder: Holder, account: Account, state: str
) -> None:
    Account.objects.filter(pk=account.pk).update(state=state)

    with pytest.raises(UnknownAccount):
        a_card(card_holder, account)


def test_one_app_for_each_user_name(card_holder: Holder, account: Account) -> None:
    an_app(card_holder, account)

    with pytest.raises(KeyThere):
        activation.begin_app(holder=card_holder, account_id=account.pk, name="Two", now=NOW)


def test_one_card_for_each_person(card_holder: Holder, account: Account, lea: Person) -> None:
    second = an_account(lea, user_name="leadubois2")
    a_card(card_holder, account)

    with pytest.raises(KeyThere):
        a_card(card_holder, second)


def test_a_withdrawn_key_makes_room_for_a_new_one(card_holder: Holder, account: Account) -> None:
    first = a_card(card_holder, account)
    upkeep.revoke(holder=card_holder, key_id=first.pk, now=NOW)

    second = a_card(card_holder, account)

    states = [key.state for key in queries.keys(person_id=card_holder.person_id, now=NOW)]
    assert states == [State.ACTIVE, State.REVOKED]
    assert second.pk != first.pk
    with pytest.raises(UnknownKey):
        cards.take_sheet(holder=card_holder, key_id=first.pk, now=NOW)


def test_the_fifth_wrong_code_ends_an_activation(card_holder: Holder, account: Account) -> None:
    activation.begin_app(holder=card_holder, account_id=account.pk, name="Phone", now=NOW)
    [secret, _address] = activation.app_begun(holder=card_holder, now=NOW) or ()

    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCode) as wrong:
            activation.confirm_app(holder=card_holder, code="nonsense", now=NOW)
        assert wrong.value.left == left

    with pytest.raises(NothingBegun):
        activation.confirm_app(holder=card_holder, code=app_code(secret, NOW), now=NOW)
    assert activation.app_begun(holder=card_holder, now=NOW) is None


def test_an_activation_ends_by_itself(card_holder: Holder, account: Account) -> None:
    activation.begin_app(holder=card_holder, account_id=account.pk, name="Phone", now=NOW)
    late = NOW + ACTIVATION_LIFE

    assert activation.app_begun(holder=card_holder, now=late) is None
    with pytest.raises(NothingBegun):
        activation.confirm_app(holder=card_holder, code="123456", now=late)


def test_a_mail_code_to_verify_ends_after_ten_minutes(
    card_holder: Holder, account: Account, posted: Posted
) -> None:
    activation.begin_mail(
        holder=card_holder, account_id=account.pk, name="Mail", address=MAIL, now=NOW
    )
    late = NOW + timedelta(minutes=10)

    with pytest.raises(NothingBegun):
        activation.confirm_mail(holder=card_holder, code=posted.mails[-1].code, now=late)


def test_a_new_beginning_puts_the_former_secret_out_of_use(
    card_holder: Holder, account: Account
) -> None:
    given = {"holder": card_holder, "account_id": account.pk, "name": "Phone", "now": NOW}
    activation.begin_app(**given)  # type: ignore[arg-type]
    [former, _address] = activation.app_begun(holder=card_holder, now=NOW) or ()
    activation.begin_app(**given)  # type: ignore[arg-type]

    with pytest.raises(WrongCode):
        activation.confirm_app(holder=card_holder, code=app_code(former, NOW), now=NOW)


def test_secrets_are_sealed_at_rest_and_silent_in_a_repr(
    card_holder: Holder, account: Account, settings: pytest.FixtureRequest
) -> None:
    key, secret = an_app(card_holder, account)

    row = AppSecret.objects.get(pk=key.pk)
    sealed = sealing.Sealed(bytes(row.sealed), row.sealed_with)
    assert secret.encode() not in sealed.data
    assert secret not in repr(sealed) + repr(row) + repr(card_holder) + repr(key)
    assert card_holder.niss not in repr(card_holder)
    with pytest.raises(SealBroken, match="does not hold"):
        sealing.opened(sealed, purpose="another purpose")
    settings.SECRET_KEY = "another secret key of at least fifty signs, for this test only"  # type: ignore[attr-defined]
    with pytest.raises(SealBroken, match="the present one is"):
        activation.secret_of(row.sealed, row.sealed_with)


def test_a_key_is_renamed(card_holder: Holder, account: Account) -> None:
    key = a_card(card_holder, account)

    upkeep.rename(holder=card_holder, key_id=key.pk, name="In the blue drawer", now=NOW)

    assert Key.objects.get(pk=key.pk).name == "In the blue drawer"


@pytest.mark.parametrize("step", ["rename", "unlock", "revoke", "sheet"])
def test_a_foreign_key_and_none_are_the_same_refusal(
    card_holder: Holder, account: Account, step: str
) -> None:
    key = a_card(card_holder, account)
    stranger = holder(a_person(OTHER, given="Noor"))
    take = {
        "rename": partial(upkeep.rename, name="Mine"),
        "unlock": upkeep.unlock,
        "revoke": upkeep.revoke,
        "sheet": cards.take_sheet,
    }[step]

    for key_id in (key.pk, key.pk + 1000):
        with pytest.raises(UnknownKey):
            take(holder=stranger, key_id=key_id, now=NOW)
    assert queries.key(person_id=stranger.person_id, key_id=key.pk, now=NOW) is None


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", ["rename", "unlock", "revoke"])
def test_every_state_and_step_at_the_door(
    card_holder: Holder, account: Account, state: State, step: str
) -> None:
    key = a_card(card_holder, account)
    moments = {"locked_at": NOW} if state is State.LOCKED else {"revoked_at": NOW}
    if state is not State.ACTIVE:
        Key.objects.filter(pk=key.pk).update(state=state, **moments)
    is_open = state is State.LOCKED or (state is State.ACTIVE and step != "unlock")
    given = {"holder": card_holder, "key_id": key.pk, "now": NOW}
    given |= {"name": "Another"} if step == "rename" else {}

    if is_open:
        getattr(upkeep, step)(**given)
    else:
        with pytest.raises(StepRefused):
            getattr(upkeep, step)(**given)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "active", "revoked_at": None}, "csam_key_revoked_for_ever"),
        ({"wrong": 6}, "csam_key_wrong_in_range"),
        ({"name": " blank first"}, "csam_key_name_well_formed"),
        ({"kind": "passkey"}, "csam_key_behind_an_account_or_alone"),
        ({"enrolled_level": 350}, "csam_key_level_known"),
        ({"revoked_at": None}, "csam_key_revoked_since"),
    ],
)
def test_the_database_keeps_the_promise(
    card_holder: Holder, account: Account, change: dict[str, object], constraint: str
) -> None:
    key = a_card(card_holder, account)
    upkeep.revoke(holder=card_holder, key_id=key.pk, now=NOW)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Key.objects.filter(pk=key.pk).update(**change)


def test_an_active_key_has_fewer_than_five_wrong_codes(
    card_holder: Holder, account: Account
) -> None:
    key = a_card(card_holder, account)

    with (
        pytest.raises(IntegrityError, match="csam_key_active_is_not_locked"),
        transaction.atomic(),
    ):
        Key.objects.filter(pk=key.pk).update(wrong=5)


def test_nothing_is_mailed_where_no_address_is_known(lea: Person, posted: Posted) -> None:
    first = an_account(lea, email="")
    a_card(holder(lea), first)
    with transaction.atomic(), acting(system("test")):
        Person.objects.filter(pk=lea.pk).update(email="")
    upkeep.rename(holder=holder(lea), key_id=Key.objects.get().pk, name="Drawer", now=NOW)

    assert [mail.to for mail in posted.mails] == ["register@example.be"]
    assert lea.niss not in posted.mails[0].body
