"""Subscribing, telling, delivering.

``tell`` runs in the transaction in which something happened: told and happened stand or fall
together. Delivering is a job, again and again for some hours, with the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from django.conf import settings
from procrastinate.contrib.django import app

from guichet.access.webhooks import sending, signing
from guichet.access.webhooks.kinds import kinds as all_kinds
from guichet.access.webhooks.models import Delivery, Subscription
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.platform.db import transaction

MOST: Final = 10
ITEMS: Final = 100
# With the waits of the job: about six hours.
TRIES: Final = 8
KEPT: Final = timedelta(days=30)
TEST: Final = "webhook.test"
_GONE: Final = 410


class TooMany(Exception):
    """An enterprise has at most ten subscriptions."""


class UnknownSubscription(Exception):
    """No subscription of this enterprise has this number."""


class UnknownKind(ValueError):
    """A kind of event that no service tells."""


class Undelivered(Exception):
    """Nobody took it: the job comes again."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened for an enterprise; ``item``: plain JSON, no data of persons."""

    enterprise_number: str
    kind: str
    item: Mapping[str, Any]


def subscriptions(*, enterprise_number: str) -> list[Subscription]:
    """Those of an enterprise that were not removed, the oldest first."""
    return list(_of(enterprise_number).order_by("pk"))


def subscription(*, number: UUID, enterprise_number: str) -> Subscription:
    """One of an enterprise; raises UnknownSubscription."""
    found: Subscription | None = _of(enterprise_number).filter(number=number).first()
    if found is None:
        raise UnknownSubscription
    return found


def deliveries(*, row: Subscription, limit: int = 50) -> list[Delivery]:
    """What was sent or waits, the newest first."""
    return list(row.deliveries.order_by("-made_at", "-pk")[:limit])


def secret_of(row: Subscription) -> str:
    """What its receiver verifies with."""
    return signing.secret(number=row.number, generation=row.generation)


def subscribe(
    *, enterprise_number: str, address: str, kinds: Sequence[str], actor: Actor, now: datetime
) -> Subscription:
    """A new subscription; raises AddressRefused, UnknownKind, TooMany."""
    sending.checked(address, is_simulation=settings.ENVIRONMENT.simulation)
    if not kinds or not set(kinds) <= all_kinds().keys():
        raise UnknownKind
    with transaction(actor=actor):
        if _of(enterprise_number).select_for_update().count() >= MOST:
            raise TooMany
        row = Subscription.objects.create(
            number=uuid4(), enterprise_number=enterprise_number, address=address,
            kinds=sorted(kinds), made_at=now,
        )  # fmt: skip
        _note(row, "subscribed", actor, now)
    return row


def renew_secret(*, number: UUID, enterprise_number: str, actor: Actor, now: datetime) -> str:
    """The former secret signs nothing any more; the new one. Raises UnknownSubscription."""
    with transaction(actor=actor):
        row = _locked(number, enterprise_number)
        row.generation += 1
        row.save(update_fields=["generation"])
        _note(row, "secretRenewed", actor, now)
    return secret_of(row)


def change_state(
    *, number: UUID, enterprise_number: str, state: str, actor: Actor, now: datetime
) -> None:
    """Pause, resume or remove; raises UnknownSubscription and ValueError."""
    wanted = Subscription.State(state)
    with transaction(actor=actor):
        row = _locked(number, enterprise_number)
        if row.state != wanted:
            row.state = wanted
            row.save(update_fields=["state"])
            _note(row, wanted.value, actor, now)


def is_listened_to(*, kind: str) -> bool:
    """Whether anybody's software is told of a kind: what nobody hears need not be looked up."""
    return Subscription.objects.filter(
        kinds__contains=[kind], state=Subscription.State.ACTIVE
    ).exists()


def listeners(*, kind: str, enterprises: Iterable[str]) -> frozenset[str]:
    """Which of these enterprises have software that is told of a kind."""
    found = Subscription.objects.filter(
        kinds__contains=[kind], state=Subscription.State.ACTIVE,
        enterprise_number__in=set(enterprises),
    )  # fmt: skip
    return frozenset(found.values_list("enterprise_number", flat=True))


def tell(*, events: Sequence[Event], now: datetime) -> int:
    """Prepare what happened for whoever subscribed, in the caller's transaction; how many.

    Events of one kind for one enterprise travel together, at most a hundred in a message.
    """
    wanted: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for event in events:
        wanted.setdefault((event.enterprise_number, event.kind), []).append(event.item)
    if not wanted:
        return 0
    active = Subscription.objects.filter(
        state=Subscription.State.ACTIVE, enterprise_number__in={number for number, _ in wanted}
    ).order_by("pk")
    made = [
        _delivery(row, kind, items[at : at + ITEMS], now)
        for row in active
        for (number, kind), items in wanted.items()
        if number == row.enterprise_number and kind in row.kinds
        for at in range(0, len(items), ITEMS)
    ]
    return _sent_later(made)


def test(*, number: UUID, enterprise_number: str, now: datetime) -> None:
    """Send a message that says only that it is a test; raises UnknownSubscription."""
    with transaction():
        row = _locked(number, enterprise_number)
        _sent_later([_delivery(row, TEST, [], now)])


def deliver(*, delivery: int, now: datetime) -> None:
    """One try; raises Undelivered when another one is worth while."""
    row = Delivery.objects.select_related("subscription").filter(pk=delivery).first()
    if row is None or row.state != Delivery.State.WAITING:
        return
    subscription = row.subscription
    if subscription.state != Subscription.State.ACTIVE:
        _settle(row, Delivery.State.GIVEN_UP, "paused", now)
        return
    answer = _posted(row, now)
    if answer.startswith("2"):
        _settle(row, Delivery.State.DELIVERED, answer, now)
        return
    is_last = row.tries + 1 >= TRIES or answer in {str(_GONE), "private", "scheme", "form"}
    if answer == str(_GONE):
        Subscription.objects.filter(pk=subscription.pk).update(state=Subscription.State.PAUSED)
    _settle(row, Delivery.State.GIVEN_UP if is_last else Delivery.State.WAITING, answer, now)
    if not is_last:
        raise Undelivered(answer)


def forget(*, now: datetime) -> int:
    """Delete deliveries of more than thirty days ago; how many."""
    with transaction():
        return Delivery.objects.filter(made_at__lt=now - KEPT).delete()[0]


def _posted(row: Delivery, now: datetime) -> str:
    """The status, or a word for why there is none."""
    body = row.body.encode()
    secret = secret_of(row.subscription)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Guichet webhooks",
        **signing.headers(number=row.number, body=body, secret=secret, now=now),
    }
    try:
        to = sending.target(row.subscription.address, is_simulation=settings.ENVIRONMENT.simulation)
        return str(sending.post(to=to, body=body, headers=headers))
    except sending.AddressRefused as refusal:
        return refusal.why
    except sending.Unreachable as reason:
        return str(reason)


def _settle(row: Delivery, state: str, answer: str, now: datetime) -> None:
    with transaction():
        Delivery.objects.filter(pk=row.pk).update(
            state=state, answer=answer, tries=row.tries + 1, tried_at=now
        )


def _delivery(
    row: Subscription, kind: str, items: Sequence[Mapping[str, Any]], now: datetime
) -> Delivery:
    body = {"type": kind, "timestamp": now.isoformat(), "data": {"items": list(items)}}
    return Delivery(
        number=uuid4(), subscription=row, kind=kind, body=msgspec.json.encode(body).decode(),
        made_at=now,
    )  # fmt: skip


def _sent_later(made: Sequence[Delivery]) -> int:
    for row in Delivery.objects.bulk_create(made):
        app.configure_task(name="access.deliver_webhook").defer(delivery=row.pk)
    return len(made)


def _of(enterprise_number: str) -> Any:
    return Subscription.objects.filter(enterprise_number=enterprise_number).exclude(
        state=Subscription.State.REMOVED
    )


def _locked(number: UUID, enterprise_number: str) -> Subscription:
    row: Subscription | None = (
        _of(enterprise_number).select_for_update().filter(number=number).first()
    )
    if row is None:
        raise UnknownSubscription
    return row


def _note(row: Subscription, what: str, actor: Actor, now: datetime) -> None:
    trail.record(
        action=f"access.webhook.{what}", actor=actor, target=str(row.number), now=now,
        detail={"kinds": list(row.kinds)},
    )  # fmt: skip
