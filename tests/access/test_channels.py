"""Changing channels: what is kept, what is refused, what others are told."""

import threading
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, connections, transaction

from guichet.access import channels, revocations
from guichet.access.bearer import Caller, TokenRefused
from guichet.access.models import Channel, ChannelCertificate
from guichet.access.permissions import CHECK_IN_AND_OUT, ENTERPRISE, PROFESSIONAL
from guichet.audit.history import acting
from guichet.audit.models import Entry, History
from guichet.kernel.enterprise import InvalidEnterpriseNumber
from guichet.platform import clock
from tests.access.machine import ENTERPRISE as NUMBER
from tests.access.machine import TESTER, Machine, certificate, ec_key, machine, pem, rsa_key

pytestmark = pytest.mark.django_db


def add(registered: Machine, name: str = "second") -> str:
    return channels.add_certificate(
        client_id=registered.client_id,
        data=pem(certificate(ec_key(name))),
        actor=TESTER,
        now=clock.now(),
    )


def withdraw(registered: Machine, thumbprint: str) -> None:
    channels.withdraw_certificate(
        client_id=registered.client_id, thumbprint=thumbprint, actor=TESTER, now=clock.now()
    )


def caller(registered: Machine, *suffixes: str) -> Caller:
    return Caller(
        client_id=registered.client_id,
        channel=1,
        enterprise_number=NUMBER,
        scopes=frozenset(f"scope:guichet:presence:{suffix}" for suffix in suffixes),
        certificate=registered.thumbprint,
        expires_at=0.0,
    )


def refusal(registered: Machine, *suffixes: str) -> str | None:
    """What a snapshot of now says to a caller with these scopes who wants to register."""
    connection.ensure_connection()
    snapshot = revocations.load(connection.connection)
    try:
        snapshot.check(caller=caller(registered, *suffixes), suffixes=(ENTERPRISE,))
    except TokenRefused as refused:
        return refused.problem.type.rpartition(":")[2]
    return None


def test_a_channel_is_named_after_chaman_and_its_enterprise() -> None:
    made = channels.channel(client_id=machine().client_id)

    assert made.client_id.startswith(f"self_service_chaman_{NUMBER}_")
    assert len(made.client_id) == len(f"self_service_chaman_{NUMBER}_") + 10
    assert made.name == NUMBER
    assert [kept.state for kept in made.certificates.all()] == ["active"]


def test_each_change_leaves_one_line_in_the_trail_and_its_history() -> None:
    registered = machine()
    thumbprint, now = add(registered), clock.now()
    withdraw(registered, thumbprint)
    channels.suspend_channel(
        client_id=registered.client_id, actor=TESTER, now=now, reason="a stolen key"
    )
    channels.suspend_channel(client_id=registered.client_id, actor=TESTER, now=now)
    channels.resume_channel(client_id=registered.client_id, actor=TESTER, now=now)

    lines = Entry.objects.filter(target=registered.client_id).order_by("pk")
    assert [line.action for line in lines] == [
        "access.channel.created",
        "access.certificate.added",
        "access.certificate.withdrawn",
        "access.channel.suspended",
        "access.channel.resumed",
    ]
    assert lines[3].reason == "a stolen key"
    kept = History.objects.filter(table_name="access_channel").order_by("pk")
    assert [row.state["state"] for row in kept] == ["active", "suspended", "active"]


def test_what_is_wrong_in_the_order_is_refused() -> None:
    def create(**changed: Any) -> None:
        order: dict[str, Any] = {
            "enterprise_number": NUMBER,
            "certificates": [pem(certificate(rsa_key()))],
            "permissions": [CHECK_IN_AND_OUT],
            "environment": "simulation",
        }
        channels.create_channel(**{**order, **changed}, actor=TESTER, now=clock.now())

    with pytest.raises(channels.NoCertificate):
        create(certificates=[])
    with pytest.raises(channels.TwoCertificatesAlready):
        create(certificates=[pem(certificate(rsa_key()))] * 3)
    with pytest.raises(channels.UnknownPermission, match="known are: check-in-and-out-at-work"):
        create(permissions=["everything"])
    with pytest.raises(InvalidEnterpriseNumber):
        create(enterprise_number="1900000060")
    with pytest.raises(channels.UnknownChannel):
        channels.suspend_channel(client_id="nobody", actor=TESTER, now=clock.now())
    assert not Channel.objects.exists()


def test_two_certificates_overlap_and_a_third_waits_for_a_withdrawal() -> None:
    registered = machine()
    second = add(registered)

    with pytest.raises(channels.TwoCertificatesAlready):
        add(registered, "third")
    withdraw(registered, registered.thumbprint)
    third = add(registered, "third")

    known = channels.client(registered.client_id)
    assert known is not None
    assert [key.thumbprint for key in known.keys] == [third, second]


def test_the_database_itself_refuses_a_third_active_certificate() -> None:
    registered = machine()
    add(registered)
    now = clock.now()
    third = ChannelCertificate(
        channel=Channel.objects.get(client_id=registered.client_id),
        pem="",
        thumbprint="0" * 64,
        serial_number="1",
        not_before=now,
        not_after=now,
        added_at=now,
    )

    with (
        pytest.raises(IntegrityError, match="access_channel_certificate_two_active"),
        transaction.atomic(),
        acting(TESTER),
    ):
        third.save()


def test_a_withdrawn_certificate_does_not_come_back() -> None:
    registered = machine()
    withdraw(registered, registered.thumbprint.upper())

    with pytest.raises(channels.UnknownCertificate):
        withdraw(registered, registered.thumbprint)
    with (
        pytest.raises(IntegrityError, match="does not come back"),
        transaction.atomic(),
        acting(TESTER),
    ):
        ChannelCertificate.objects.update(state="active")


@pytest.mark.django_db(transaction=True)
def test_of_two_second_certificates_at_the_same_moment_one_is_refused() -> None:
    registered, together, refused = machine(), threading.Barrier(2), list[str]()

    def race(name: str) -> None:
        together.wait()
        try:
            add(registered, name)
        except channels.TwoCertificatesAlready:
            refused.append(name)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=race, args=(name,)) for name in ("left", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert ChannelCertificate.objects.filter(state="active").count() == 2


@pytest.mark.django_db(transaction=True)
def test_whoever_listens_is_told_of_each_change(database_url: str) -> None:
    registered = machine()
    with psycopg.connect(database_url, autocommit=True) as listener:
        listener.execute("LISTEN guichet_access")

        channels.suspend_channel(client_id=registered.client_id, actor=TESTER, now=clock.now())
        withdraw(registered, registered.thumbprint)

        told = [notice.payload for notice in listener.notifies(timeout=20, stop_after=2)]
    assert told == [registered.client_id] * 2


def test_a_snapshot_refuses_what_was_taken_away() -> None:
    registered, now = machine(), clock.now()
    assert refusal(registered, ENTERPRISE) is None
    assert refusal(registered, PROFESSIONAL) == "missingScope"

    channels.set_permissions(client_id=registered.client_id, permissions=[], actor=TESTER, now=now)
    assert refusal(registered, ENTERPRISE) == "missingPermission"

    channels.suspend_channel(client_id=registered.client_id, actor=TESTER, now=now)
    assert refusal(registered, ENTERPRISE) == "invalidAccessToken"

    channels.resume_channel(client_id=registered.client_id, actor=TESTER, now=now)
    withdraw(registered, registered.thumbprint)
    assert refusal(registered, ENTERPRISE) == "invalidAccessToken"


def test_a_client_newer_than_the_snapshot_is_not_refused() -> None:
    registered = machine()

    revocations.Revocations().check(
        caller=caller(registered, ENTERPRISE), suffixes=(ENTERPRISE, PROFESSIONAL)
    )


@pytest.mark.django_db(transaction=True)
async def test_the_ingest_reads_the_same_snapshot(database_url: str) -> None:
    from asgiref.sync import sync_to_async

    registered = await sync_to_async(machine)()
    async with await psycopg.AsyncConnection.connect(database_url) as reader:
        snapshot = await revocations.load_async(reader)

    assert snapshot.permitted == {registered.client_id: frozenset({ENTERPRISE, PROFESSIONAL})}
    assert not snapshot.suspended
    assert not snapshot.withdrawn
