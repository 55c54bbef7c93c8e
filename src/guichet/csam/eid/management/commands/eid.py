"""``guichet eid card|revoke|list``: test identity cards, in simulation only."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guichet.audit.actors import system
from guichet.csam.eid import fictitious, operations
from guichet.csam.eid.authority import CardKind
from guichet.csam.eid.folders import write_private
from guichet.csam.eid.models import TestCard
from guichet.csam.eid.operations import UnknownCard, Wanted
from guichet.csam.eid.tickets import serial
from guichet.kernel.niss import InvalidNiss
from guichet.platform import clock

_ACTOR: Final = system("command-eid")


class Command(BaseCommand):
    """Make, revoke and list the test identity cards of a simulation."""

    help = "Make, revoke and list test identity cards; in simulation only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each thing that can be done."""
        actions = parser.add_subparsers(dest="action", required=True)
        card = actions.add_parser("card", help="make a card and write it to a file")
        holder = card.add_mutually_exclusive_group(required=True)
        holder.add_argument("--niss", metavar="NUMBER")
        holder.add_argument("--persona", metavar="KEY", help="as `guichet demo personas` lists")
        card.add_argument("--given", default="", metavar="NAMES")
        card.add_argument("--family", default="", metavar="NAME")
        card.add_argument("--kind", choices=[*CardKind], default=CardKind.AUTHENTICATION)
        card.add_argument("--expired", action="store_true", help="it ended yesterday")
        card.add_argument("--revoked", action="store_true", help="it is on the list already")
        card.add_argument("--out", type=Path, required=True, metavar="FILE.p12|FILE.pem")
        card.add_argument("--password", default="guichet", help="of a .p12; guichet when absent")
        revoke = actions.add_parser("revoke", help="put a card on the list of revoked ones")
        revoke.add_argument("serial")
        actions.add_parser("list", help="every card that was made")

    def handle(self, *, action: str, **options: Any) -> None:
        """Refuse in production, else do it."""
        if not settings.ENVIRONMENT.simulation:
            raise CommandError("Test cards exist in simulation only.")
        if action == "card":
            self._card(**options)
        elif action == "revoke":
            self._revoke(options["serial"])
        else:
            self._list()

    def _card(self, *, out: Path, password: str, **options: Any) -> None:
        if out.suffix not in (".p12", ".pem"):
            raise CommandError("The name of the file must end with .p12 or .pem.")
        if out.exists():
            raise CommandError(f"{out} is there already.")
        wanted = _wanted(**options)
        try:
            card = operations.issue_test_card(
                wanted=wanted,
                authority=settings.ENVIRONMENT.card_authority,
                actor=_ACTOR,
                now=clock.now(),
            )
        except InvalidNiss as fault:
            raise CommandError(f"Not a number of a person: {fault}.") from None
        name = f"{wanted.given_name} {wanted.family_name} ({wanted.kind.capitalize()})"
        is_pem = out.suffix == ".pem"
        content = card.pem() if is_pem else card.pkcs12(password=password, name=name)
        write_private(out, content)
        self.stdout.write(f"{out}  serial {serial(card.certificate)}")

    def _revoke(self, number: str) -> None:
        try:
            operations.revoke_test_card(number=number, actor=_ACTOR, now=clock.now())
        except UnknownCard:
            raise CommandError("There is no test card with this serial number.") from None
        self.stdout.write("Revoked.")

    def _list(self) -> None:
        for card in TestCard.objects.order_by("made_at", "serial"):
            state = "revoked" if card.revoked_at else f"until {card.valid_until:%Y-%m-%d}"
            self.stdout.write(f"{card.serial}  {card.kind}  {state}  {card.name}")


def _wanted(
    *,
    niss: str | None,
    persona: str | None,
    given: str,
    family: str,
    kind: str,
    expired: bool,
    revoked: bool,
    **_: Any,
) -> Wanted:
    """Whose card, of which kind; raises CommandError."""
    if persona is not None:
        person = fictitious.person(persona)
        if person is None:
            known = ", ".join(one.key for one in fictitious.people())
            raise CommandError(f"There is no card for this persona; there is for {known}.")
        niss, given, family = person.niss, person.given_name, person.family_name
    if not (niss and given and family):
        raise CommandError("Say --given and --family with --niss.")
    return Wanted(niss, given, family, CardKind(kind), expired, revoked)
