"""``guichet channel`` from the command line."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from guichet.access import channels
from guichet.registers.enterprises.models import Enterprise
from tests.access.door import Door, door
from tests.access.machine import (
    ENTERPRISE,
    Machine,
    certificate,
    ec_key,
    machine,
    pem,
    private_pem,
    rsa_key,
)

__all__ = ["door"]

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("channel", *arguments, stdout=out)
    return out.getvalue()


def create(tmp_path: Path, *further: str, content: bytes | None = None) -> Any:
    file = tmp_path / "certificate.pem"
    file.write_bytes(pem(certificate(rsa_key())) if content is None else content)
    arguments = ("--enterprise", ENTERPRISE, "--certificate", str(file), *further)
    return json.loads(run("create", *arguments, "--json"))


def test_a_new_channel_obtains_a_token(door: Door, tmp_path: Path) -> None:
    made = certificate(ec_key())

    answer = create(tmp_path, "--permission", "check-in-and-out-at-work", content=pem(made))

    assert list(answer) == ["clientId"]
    registered = Machine(client_id=answer["clientId"], key=ec_key(), certificate=made)
    assert door.ask(registered).status_code == 200


def test_a_simulation_registers_an_enterprise_it_does_not_know(tmp_path: Path) -> None:
    create(tmp_path, "--name", "Cleaners of the tests")
    create(tmp_path, "--name", "Another name")

    assert [found.name_en for found in Enterprise.objects.filter(number=ENTERPRISE)] == [
        "Cleaners of the tests"
    ]


def test_production_refuses_an_enterprise_it_does_not_know(tmp_path: Path, settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, environment="production")

    with pytest.raises(CommandError, match="does not know this number"):
        create(tmp_path)

    assert not channels.channels()


def test_a_refused_certificate_registers_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="private key"):
        create(tmp_path, content=private_pem(rsa_key()))

    assert not Enterprise.objects.exists()
    assert not channels.channels()


def test_a_wrong_number_or_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="enterprise number is refused: the check digits"):
        run("create", "--enterprise", "1900000060", "--certificate", "none")
    with pytest.raises(CommandError, match=r"none\.pem: No such file"):
        run("create", "--enterprise", ENTERPRISE, "--certificate", str(tmp_path / "none.pem"))


def test_two_certificates_may_be_given_at_once(tmp_path: Path) -> None:
    second = tmp_path / "second.pem"
    second.write_bytes(pem(certificate(ec_key())))

    client_id = create(tmp_path, "--certificate", str(second))["clientId"]

    assert channels.channel(client_id=client_id).certificates.count() == 2


def test_the_list_tells_everything_but_keys(tmp_path: Path) -> None:
    registered = machine()

    [listed] = json.loads(run("list", "--json"))["channels"]

    assert listed["clientId"] == registered.client_id
    assert listed["enterpriseNumber"] == ENTERPRISE
    assert listed["permissions"] == ["check-in-and-out-at-work"]
    assert listed["certificates"][0]["thumbprint"] == registered.thumbprint
    assert registered.client_id in run("list")
    assert "no channel" in run("list", "--enterprise", "1900000168")


def test_a_channel_is_revoked_whole_or_by_one_certificate() -> None:
    registered = machine()
    colons = ":".join(
        registered.thumbprint[n : n + 2].upper() for n in range(0, len(registered.thumbprint), 2)
    )

    answer = json.loads(run("revoke", registered.client_id, "--certificate", colons, "--json"))
    assert answer["certificates"][0]["state"] == "withdrawn"
    assert answer["state"] == "active"
    assert json.loads(run("revoke", registered.client_id, "--json"))["state"] == "suspended"
    with pytest.raises(CommandError, match="no channel with this client id"):
        run("revoke", "nobody")
