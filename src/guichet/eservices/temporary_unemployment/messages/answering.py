"""Files that go back: written, signed with our seal, laid down for the sender.

Each is a file (FO) with its signature (FS) and its trigger (GO) under one sequence of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import translation

from guichet.access.chaman.signers import SendingParty
from guichet.documents.seal_key import seal_key
from guichet.eservices.temporary_unemployment.messages import (
    contents,
    kept,
    signature,
    words,
    writing,
)
from guichet.eservices.temporary_unemployment.messages.models import Answer, Delivery, Form
from guichet.eservices.temporary_unemployment.messages.naming import (
    FileName,
    Prefix,
    Surrounding,
)
from guichet.eservices.temporary_unemployment.messages.writing import Answered, Refusal
from guichet.kernel.moments import brussels_day

_ANY: Final = 2**40
_SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_READ_AT_ONCE: Final = 2_000


def receipt(*, delivery: Delivery, now: datetime) -> None:
    """Lay down the receipt (ACRF) of a set that was checked, in the caller's transaction."""
    data = receipt_of(delivery)
    lay_down(
        kind="ACRF", source=[data], party=_party(delivery), now=now, delivery=delivery,
        surrounding=Surrounding(delivery.surrounding),
    )  # fmt: skip


def receipt_of(delivery: Delivery) -> bytes:
    """The receipt of a set, in XML."""
    refusal = None
    if delivery.code:
        with translation.override(delivery.language):
            text = words.refusal(delivery.code, delivery.reason)
        refusal = Refusal(delivery.code, text, delivery.line, delivery.path)
    at = delivery.checked_at
    assert at is not None  # a receipt is about a set that was checked
    return writing.receipt(name=delivery.name, ticket=delivery.ticket, made_at=at, refusal=refusal)


def notifications(*, delivery: Delivery, now: datetime) -> None:
    """Lay down the notifications (NOTI) of a set that is done, in the caller's transaction."""
    lay_down(
        kind="NOTI",
        source=notification_pieces(delivery, made_at=now),
        party=_party(delivery),
        now=now,
        delivery=delivery,
        surrounding=Surrounding(delivery.surrounding),
    )


def notification_pieces(delivery: Delivery, *, made_at: datetime) -> Iterator[bytes]:
    """The notification of the forms that are answered, in XML."""
    return writing.notification(
        answered(delivery.pk),
        ticket=delivery.ticket,
        made_at=made_at,
        language=delivery.language,
    )


def answered(delivery: int, *, after: int = 0) -> Iterator[Answered]:
    """The forms of a set with what became of them, in order."""
    while True:
        found = Form.objects.filter(delivery=delivery, number__gt=after).order_by("number")
        rows = list(found.values_list("number", "head", "ticket", "faults")[:_READ_AT_ONCE])
        for number, head, ticket, faults in rows:
            yield Answered(
                position=number,
                head=kept.head_of(head),
                ticket=ticket or None,
                faults=kept.placed(faults),
            )
        if len(rows) < _READ_AT_ONCE:
            return
        after = rows[-1][0]


def lay_down(
    *,
    kind: str,
    source: Iterable[bytes],
    party: SendingParty,
    surrounding: Surrounding,
    now: datetime,
    delivery: Delivery | None = None,
    communication: str = "",
    decision: dict[str, Any] | None = None,
) -> Answer:
    """Keep a file for a sender, signed, under the next sequence; in the caller's transaction."""
    content = contents.store(source, limit=_ANY)
    environment = settings.ENVIRONMENT
    seal = seal_key(folder=environment.seal, provider=environment.seal_provider)
    day = brussels_day(now)
    return Answer.objects.create(
        delivery=delivery,
        kind=kind,
        sender=party.number,
        enterprise=party.enterprise,
        surrounding=surrounding.value,
        day=day,
        sequence=_next_sequence(party.number, surrounding, day),
        content=content,
        signature=signature.made(digest=bytes.fromhex(content.digest), seal=seal, at=now),
        made_at=now,
        communication=communication,
        decision=decision,
    )


def name_of(answer: Answer) -> FileName:
    """The name of the file itself; its signature and its trigger are siblings of it."""
    return FileName(
        prefix=Prefix.ANSWER,
        type=answer.kind,
        sender=answer.sender,
        day=answer.day,
        sequence=_shown(answer.sequence),
        surrounding=Surrounding(answer.surrounding),
        parts=1,
        part=1,
    )


def _shown(sequence: int) -> str:
    signs = ""
    for _ in range(5):
        sequence, rest = divmod(sequence, len(_SIGNS))
        signs = _SIGNS[rest] + signs
    return signs


def _next_sequence(sender: str, surrounding: Surrounding, day: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 706))",
            [f"{sender} {surrounding} {day}"],
        )
    found = Answer.objects.filter(sender=sender, surrounding=surrounding.value, day=day)
    return int(found.aggregate(last=Max("sequence"))["last"] or 0) + 1


def _party(delivery: Delivery) -> SendingParty:
    return SendingParty(delivery.sender, delivery.enterprise, delivery.language)
