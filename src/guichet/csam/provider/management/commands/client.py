"""``guichet client create|list|remove``: relying parties of the sign-in provider."""

import json
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from guichet.audit.actors import system
from guichet.csam.provider import clients
from guichet.csam.provider.clients import ClientRefused
from guichet.csam.provider.models import Client
from guichet.platform import clock

_ACTOR: Final = system("command-client")


class Command(BaseCommand):
    """Register, list and remove those who send people here to sign in."""

    help = "Register, list and remove relying parties of the sign-in provider."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each change."""
        actions = parser.add_subparsers(dest="action", required=True)

        create = actions.add_parser(
            "create", help="register one, or replace it; prints its secret, once"
        )
        create.add_argument("client_id")
        create.add_argument("--name", default="", help="shown to the person who signs in")
        create.add_argument(
            "--redirect", action="append", required=True, metavar="URL", help="may be repeated"
        )
        create.add_argument(
            "--logout", action="append", default=[], metavar="URL", help="may be repeated"
        )
        create.add_argument("--json", action="store_true", dest="as_json")

        listing = actions.add_parser("list", help="list them, without their secrets")
        listing.add_argument("--json", action="store_true", dest="as_json")

        remove = actions.add_parser("remove", help="forget one")
        remove.add_argument("client_id")
        remove.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, action: str, **options: Any) -> None:
        """Run the sub-command; a refusal is a sentence and exit status 1."""
        run = {"create": self._create, "list": self._list, "remove": self._remove}[action]
        try:
            run(options)
        except ClientRefused as refusal:
            raise CommandError(str(refusal)) from None

    def _create(self, options: dict[str, Any]) -> None:
        client_id = options["client_id"]
        secret = clients.register(
            client_id=client_id,
            name=options["name"],
            redirect_uris=options["redirect"],
            logout_uris=options["logout"],
            actor=_ACTOR,
            now=clock.now(),
        )
        sentence = f"Client id: {client_id}\nSecret, shown this once: {secret}"
        self._say(options, {"clientId": client_id, "clientSecret": secret}, sentence)

    def _list(self, options: dict[str, Any]) -> None:
        found = clients.registered()
        lines = [f"{one.client_id}  {one.name}  {' '.join(one.redirect_uris)}" for one in found]
        members = {"clients": [_members(one) for one in found]}
        self._say(options, members, "\n".join(lines) or "There is no relying party but the portal.")

    def _remove(self, options: dict[str, Any]) -> None:
        client_id = options["client_id"]
        clients.remove(client_id=client_id, actor=_ACTOR, now=clock.now())
        self._say(
            options, {"clientId": client_id, "removed": True}, "The relying party is removed."
        )

    def _say(self, options: dict[str, Any], members: dict[str, Any], sentence: str) -> None:
        self.stdout.write(json.dumps(members) if options["as_json"] else sentence)


def _members(client: Client) -> dict[str, Any]:
    return {
        "clientId": client.client_id,
        "name": client.name,
        "redirectUris": client.redirect_uris,
        "logoutUris": client.logout_uris,
        "createdAt": client.created_at.isoformat(),
    }
