"""Certificates that end: on the start page, and by mail once for each threshold."""

from datetime import timedelta

import pytest
from django.test import Client

from guichet.access import channels
from guichet.access.chaman import expiry
from guichet.access.chaman.models import ExpiryWarning
from guichet.access.models import Channel
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.platform.models import Dispatch
from tests.access.chaman.browsing import CONTACT, sender
from tests.access.machine import TESTER, Machine, certificate, ec_key, machine, pem
from tests.portal.browsing import words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def ending(days: float) -> Machine:
    sender()
    return machine(
        key=ec_key("ends"), enterprise_number=fixtures.E1, ends=timedelta(days=days, minutes=5)
    )


@pytest.mark.parametrize(
    ("days", "mails"),
    [([90, 61], [0, 0]), ([60, 45, 30, 29, 7, 1], [1, 0, 1, 0, 1, 0]), ([5, 4], [1, 0])],
)
def test_each_threshold_is_mailed_once(days: list[int], mails: list[int]) -> None:
    ending(days[0])
    start = clock.now()

    sent = [expiry.warn(now=start + timedelta(days=days[0] - left)) for left in days]

    assert sent == mails
    assert Dispatch.objects.count() == sum(mails)
    assert {mail.recipient for mail in Dispatch.objects.all()} <= {CONTACT["email"]}


def test_the_mail_names_channel_and_day_in_the_language_of_the_contact() -> None:
    made = ending(20)

    expiry.warn(now=clock.now())

    [mail] = Dispatch.objects.all()
    assert mail.language == CONTACT["language"]
    assert made.client_id in mail.body
    assert ExpiryWarning.objects.count() == 2


def test_a_rotation_that_is_done_needs_no_warning() -> None:
    made = ending(5)
    channels.add_certificate(
        client_id=made.client_id, data=pem(certificate(ec_key("next"))), actor=TESTER,
        now=clock.now(),
    )  # fmt: skip

    assert expiry.warn(now=clock.now()) == 0


def test_neither_a_suspended_channel_nor_one_without_sender_is_warned_of() -> None:
    machine(key=ec_key("nobody"), ends=timedelta(days=5))
    made = ending(5)
    channels.suspend_channel(client_id=made.client_id, actor=TESTER, now=clock.now())

    assert expiry.warn(now=clock.now()) == 0


def test_the_start_page_of_the_manager_shows_the_days_left(
    manager: Client, colleague: Client
) -> None:
    ending(6)

    seen, hidden = (words(client.get("/").content.decode()) for client in (manager, colleague))

    assert "ends soon" in seen
    assert "6 days" in seen
    assert "Technical channels" not in hidden
    assert "ends soon" not in hidden
    page = words(manager.get("/channels/").content.decode())
    assert "Ends soon" in page
    assert Channel.objects.count() == 1
