"""``guichet channel create|list|revoke``: technical channels from the command line."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guichet.access import channels
from guichet.access.certificates import CertificateRefused, read_certificate
from guichet.access.channels import ChannelRefused
from guichet.access.models import Channel, ChannelCertificate
from guichet.access.permissions import CHECK_IN_AND_OUT, PERMISSIONS
from guichet.audit.actors import Actor, system
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord, enterprise

_ACTOR: Final[Actor] = system("command-channel")


class Command(BaseCommand):
    """Create, list and revoke the channels by which machines call."""

    help = "Create, list and revoke technical channels."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each change."""
        actions = parser.add_subparsers(dest="action", required=True)

        create = actions.add_parser("create", help="create a channel and print its client id")
        create.add_argument("--enterprise", required=True, metavar="NUMBER")
        create.add_argument(
            "--certificate",
            action="append",
            required=True,
            type=Path,
            metavar="FILE",
            help="PEM or DER; given twice, two certificates overlap",
        )
        create.add_argument(
            "--permission",
            action="append",
            choices=PERMISSIONS,
            help=f"may be repeated; {CHECK_IN_AND_OUT} when absent",
        )
        create.add_argument("--environment", choices=Channel.Environment.values)
        create.add_argument("--name", default="")
        create.add_argument("--json", action="store_true", dest="as_json")

        listing = actions.add_parser("list", help="list the channels")
        listing.add_argument("--enterprise", metavar="NUMBER")
        listing.add_argument("--json", action="store_true", dest="as_json")

        revoke = actions.add_parser("revoke", help="suspend a channel, or withdraw a certificate")
        revoke.add_argument("client_id")
        revoke.add_argument("--certificate", metavar="THUMBPRINT")
        revoke.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run the sub-command; a refusal is a sentence and exit status 1."""
        run: Callable[..., None] = {
            "create": self._create,
            "list": self._list,
            "revoke": self._revoke,
        }[action]
        try:
            run(options, clock.now())
        except InvalidEnterpriseNumber as refusal:
            raise CommandError(f"The enterprise number is refused: {refusal}.") from None
        except (ChannelRefused, CertificateRefused) as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as fault:
            raise CommandError(f"{fault.filename}: {fault.strerror}") from None

    def _create(self, options: dict[str, Any], now: datetime) -> None:
        number = EnterpriseNumber.parse(options["enterprise"]).digits
        certificates = [file.read_bytes() for file in options["certificate"]]
        for data in certificates:  # before an enterprise is registered for nothing
            read_certificate(data=data, now=now)
        _know_enterprise(number, options["name"], now)
        made = channels.create_channel(
            enterprise_number=number,
            certificates=certificates,
            permissions=options["permission"] or [CHECK_IN_AND_OUT],
            environment=options["environment"] or settings.ENVIRONMENT.environment,
            actor=_ACTOR,
            now=now,
            name=options["name"],
        )
        self._say(options, {"clientId": made.client_id}, f"Client id: {made.client_id}")

    def _list(self, options: dict[str, Any], now: datetime) -> None:
        number = options["enterprise"]
        if number is not None:
            number = EnterpriseNumber.parse(number).digits
        found = channels.channels(enterprise_number=number)
        lines = [
            f"{channel.client_id}  {channel.state}  {channel.enterprise_number}  {channel.name}"
            for channel in found
        ]
        members = {"channels": [_members(channel) for channel in found]}
        self._say(options, members, "\n".join(lines) or "There is no channel.")

    def _revoke(self, options: dict[str, Any], now: datetime) -> None:
        client_id, thumbprint = options["client_id"], options["certificate"]
        if thumbprint is None:
            channels.suspend_channel(client_id=client_id, actor=_ACTOR, now=now)
            sentence = "The channel is suspended."
        else:
            channels.withdraw_certificate(
                client_id=client_id,
                thumbprint=thumbprint.replace(":", ""),
                actor=_ACTOR,
                now=now,
            )
            sentence = "The certificate is withdrawn."
        self._say(options, _members(channels.channel(client_id=client_id)), sentence)

    def _say(self, options: dict[str, Any], members: dict[str, Any], sentence: str) -> None:
        self.stdout.write(json.dumps(members) if options["as_json"] else sentence)


def _know_enterprise(number: str, name: str, now: datetime) -> None:
    """In simulation an unknown enterprise is registered; in production it is refused."""
    if enterprise(number=number) is not None:
        return
    if not settings.ENVIRONMENT.simulation:
        raise CommandError("The register of enterprises does not know this number.")
    with transaction():
        enterprises.register(
            enterprise=EnterpriseRecord(number=number, name_en=name or f"Enterprise {number}"),
            actor=_ACTOR,
            now=now,
        )


def _members(channel: Channel) -> dict[str, Any]:
    return {
        "clientId": channel.client_id,
        "name": channel.name,
        "enterpriseNumber": channel.enterprise_number,
        "environment": channel.environment,
        "state": channel.state,
        "permissions": channel.permissions,
        "createdAt": channel.created_at.isoformat(),
        "certificates": [_certificate(kept) for kept in channel.certificates.all()],
    }


def _certificate(kept: ChannelCertificate) -> dict[str, Any]:
    return {
        "thumbprint": kept.thumbprint,
        "serialNumber": kept.serial_number,
        "notBefore": kept.not_before.isoformat(),
        "notAfter": kept.not_after.isoformat(),
        "state": kept.state,
    }
