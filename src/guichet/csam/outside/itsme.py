"""The simulated itsme: a question to an app, drawn on a page, good for three minutes.

The real one is an OpenID Connect provider of its own (see `port`).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from guichet.audit import trail
from guichet.audit.actors import system
from guichet.csam.outside import identities
from guichet.csam.outside.identities import TestIdentity
from guichet.csam.outside.models import Confirmation
from guichet.csam.outside.port import Assertion, NotAsked, NotIdentified
from guichet.csam.provider.models import Login
from guichet.platform.db import transaction
from guichet.rules.assurance import NOMINAL, Means

LIFETIME: Final = timedelta(minutes=3)
MOST_WRONG: Final = 3
# Shown on the page of the simulated app: it protects nobody.
PIN: Final = "12345"
_ACTOR: Final = system("csam.itsme")


class SimulatedItsme:
    """Plays the app on a page of its own; knows the test identities only."""

    @property
    def means(self) -> Means:
        """itsme."""
        return Means.ITSME

    def start(self, *, login: Login, wanted: Mapping[str, str], now: datetime) -> str:
        """Ask the app of a person, found by ``identity`` or by ``phone``."""
        person = identities.identity(wanted.get("identity", "")) or identities.by_phone(
            wanted.get("phone", "")
        )
        if person is None:
            raise NotAsked
        with transaction():
            Confirmation.objects.update_or_create(
                login=login,
                defaults={"identity": person.key, "wrong": 0, "until": now + LIFETIME},
            )
            trail.record(
                action="csam.itsme.asked", actor=_ACTOR, target=f"login/{login.pk}", now=now
            )
        return reverse("outside:itsme-app")

    def finish(
        self, *, login: Login, callback: Mapping[str, str], now: datetime
    ) -> Assertion | NotIdentified:
        """The answer of the app: ``answer`` refuse, or confirm with ``pin``.

        ``pin`` wrong: not identified for the reason ``pin``, and the question stays; with the
        third it is over (``pin_locked``).
        """
        with transaction():
            asked = Confirmation.objects.select_for_update().filter(login=login).first()
            if asked is None:
                raise NotAsked
            outcome = _answered(asked, callback, now)
            if isinstance(outcome, NotIdentified) and outcome.reason == "pin":
                asked.save(update_fields=["wrong"])
            else:
                asked.delete()
        return outcome


def asked_of(*, login: Login, now: datetime) -> TestIdentity:
    """Whose app is asked in this sign-in; raises NotAsked."""
    asked = Confirmation.objects.filter(login=login, until__gt=now).first()
    person = identities.identity(asked.identity) if asked else None
    if person is None:
        raise NotAsked
    return person


def forget(*, now: datetime) -> None:
    """Remove questions that nobody answered."""
    Confirmation.objects.filter(until__lte=now).delete()


def _answered(
    asked: Confirmation, callback: Mapping[str, str], now: datetime
) -> Assertion | NotIdentified:
    person = identities.identity(asked.identity)
    if now >= asked.until or person is None:
        return NotIdentified("too_late")
    if callback.get("answer") != "confirm":
        return NotIdentified("refused_in_app")
    if callback.get("pin") != PIN:
        asked.wrong += 1
        return NotIdentified("pin_locked" if asked.wrong >= MOST_WRONG else "pin")
    return Assertion(
        means=Means.ITSME,
        level=NOMINAL[Means.ITSME],
        country=person.card_country,
        niss=person.niss,
        given_name=person.given_name,
        family_name=person.family_name,
    )
