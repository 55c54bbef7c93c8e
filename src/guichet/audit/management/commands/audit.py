"""``guichet audit verify|seal|purge|hold``: the seals of the trail from the command line."""

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from guichet.audit import purging, sealing, verification
from guichet.audit.actors import Actor, system
from guichet.audit.models import Hold
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.platform import clock

_ACTOR: Final[Actor] = system("command-audit")


class Command(BaseCommand):
    """Verify the seals, make those that are due, purge past the retention, place holds."""

    help = "Verify, seal and purge the trail; place and lift holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each thing."""
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="recompute the seals; exit status 1 if broken")
        verify.add_argument("--from", dest="first", type=_moment, metavar="MINUTE")
        verify.add_argument("--to", dest="last", type=_moment, metavar="MINUTE")
        actions.add_parser("seal", help="make the seals that are due now")
        purge = actions.add_parser("purge", help="count what is past its retention")
        purge.add_argument("--commit", action="store_true", help="remove it; without it, count")
        hold = actions.add_parser("hold", help="list holds, place one, lift one")
        hold.add_argument("--person", action="store_true", help="the number is asked for")
        hold.add_argument("--enterprise", metavar="NUMBER")
        hold.add_argument("--reason", default="")
        hold.add_argument("--lift", type=int, metavar="HOLD")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run the sub-command."""
        run = {
            "verify": self._verify,
            "seal": self._seal,
            "purge": self._purge,
            "hold": self._hold,
        }[action]
        run(options)

    def _verify(self, options: dict[str, Any]) -> None:
        found = verification.verify(first=options["first"], last=options["last"])
        if found.broken is not None:
            raise CommandError(f"Broken: {found.broken}.")
        self.stdout.write(
            f"{found.seals} seals over {found.rows} rows hold; {found.purged} minutes were purged, "
            f"their seals are kept."
        )
        for table, before in sorted(verification.heads().items()):
            self.stdout.write(f"{table}: sealed before {before:%Y-%m-%d %H:%M} UTC")
        self.stdout.write(f"Head of the chain, to be noted elsewhere: {found.head}")

    def _seal(self, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{sealing.seal(now=clock.unshifted())} seals made.")

    def _purge(self, options: dict[str, Any]) -> None:
        try:
            plans = purging.purge(now=clock.unshifted(), actor=_ACTOR, commit=options["commit"])
        except purging.PurgeRefused as refusal:
            raise CommandError(f"Nothing is removed, the seals do not hold: {refusal}.") from None
        verb = "removed" if options["commit"] else "would be removed (add --commit)"
        for plan in plans:
            self.stdout.write(
                f"{plan.table}, before {plan.before:%Y-%m-%d %H:%M} UTC: {plan.rows} rows {verb}, "
                f"{len(plan.kept_minutes)} minutes held"
            )

    def _hold(self, options: dict[str, Any]) -> None:
        now = clock.now()
        if options["lift"] is not None:
            if not purging.lift_hold(number=options["lift"], actor=_ACTOR, now=now):
                raise CommandError("There is no hold of this number in force.")
            self.stdout.write("The hold is lifted.")
        elif options["person"] or options["enterprise"]:
            self._place(options, now)
        else:
            for hold in Hold.objects.filter(lifted_at=None).order_by("pk"):
                whom = "a person" if hold.niss else f"enterprise {hold.enterprise_number}"
                self.stdout.write(
                    f"{hold.pk}: {whom}, since {hold.placed_at:%Y-%m-%d}: {hold.reason}"
                )

    def _place(self, options: dict[str, Any], now: datetime) -> None:
        if not options["reason"].strip():
            raise CommandError("A hold needs its --reason.")
        niss = None
        if options["person"]:
            # Not on the command line, where every user of the machine could read it.
            self.stdout.write("Number of the person: ", ending="")
            self.stdout.flush()
            try:
                niss = Niss.parse(sys.stdin.readline().strip()).digits
            except InvalidNiss:
                raise CommandError("This is not a number of a person.") from None
        number = purging.place_hold(
            niss=niss,
            enterprise_number=options["enterprise"],
            reason=options["reason"].strip(),
            actor=_ACTOR,
            now=now,
        )
        self.stdout.write(f"Hold {number} is placed.")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.replace(second=0, microsecond=0)
