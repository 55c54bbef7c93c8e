"""The four operations of the web service: from a request to its answer, by one operation each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from guichet.access.message_senders import MessageSender
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.audit.lookups import looked_up
from guichet.eservices.presence.days import consulting, operations, queries
from guichet.eservices.presence.days.consulting import Presence
from guichet.eservices.presence.days.operations import Cancelled, Sender, Taken, Withdrawal
from guichet.eservices.presence.soap import answers, requests
from guichet.eservices.presence.soap.answers import ItemRefusal
from guichet.eservices.presence.soap.contract import MESSAGES, TYPES
from guichet.eservices.presence.visibility import View, view_of
from guichet.platform import clock
from guichet.presence_log.receipts import NotAReceipt, day_of
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons
from guichet.rules.presence_days import CancelRefusal, Reason, Refusal

Element = etree._Element

# Counted exactly as far as the schema has digits for.
_MOST: Final = 999_999_999

# 2 to 6 and 7 to 11 are the service's codes; 1 on registering and 12 are ours.
_INVALID_EMPLOYER: Final = "CompanyID is not a valid enterprise number"
_REFUSALS: Final[Mapping[Refusal, ItemRefusal]] = {
    Refusal.NOT_AUTHORIZED: ItemRefusal(1, "No authority to register for this employer"),
    Refusal.EMPLOYER: ItemRefusal(2, _INVALID_EMPLOYER),
    Refusal.SITE: ItemRefusal(4, "WorkPlaceId is not valid"),
    Refusal.PERSON: ItemRefusal(5, "INSS is not valid"),
    Refusal.LIMOSA: ItemRefusal(5, "LimosaId is not valid"),
    Refusal.PAST: ItemRefusal(6, "Registration date must be today or tomorrow"),
    Refusal.TOO_FAR: ItemRefusal(6, "Registration date must be today or tomorrow"),
    Refusal.REFERENCE: ItemRefusal(12, "ClientPresenceRegistrationReference is not printable"),
}
_OWN_NUMBER: Final = ItemRefusal(3, _INVALID_EMPLOYER)
_IMPOSSIBLE: Final = ItemRefusal(7, "PresenceRegistrationId is unknown")
_REASON: Final = ItemRefusal(11, "CancellationReason is not valid")
_CANCEL_REFUSALS: Final[Mapping[CancelRefusal, ItemRefusal]] = {
    CancelRefusal.NOT_AUTHORIZED: ItemRefusal(1, "No authority to cancel this registration"),
    CancelRefusal.CANCELLED: ItemRefusal(8, "The registration is already cancelled"),
    CancelRefusal.LATE: ItemRefusal(9, "It is too late to cancel this registration"),
    CancelRefusal.UNKNOWN: ItemRefusal(10, "The registration is not found"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls, and when the message was received."""

    sender: MessageSender
    now: datetime

    @property
    def actor(self) -> Actor:
        """For the trail."""
        return Actor("client", self.sender.client_id, self.sender.enterprise_number)

    @property
    def view(self) -> View:
        """What the enterprise sees."""
        sender = self.sender
        return view_of(enterprise_number=sender.enterprise_number, channel=sender.channel)

    @property
    def days_sender(self) -> Sender:
        """For announcing and withdrawing."""
        sender = self.sender
        return Sender("ws", sender.enterprise_number, is_portal=False, technical=sender.channel)


def register(request: Element, call: Call) -> Element:
    """registerPresences: each is taken or refused by itself, in order."""
    today = clock.today(call.now)
    taken = operations.register(
        wanted=[requests.wanted(item, today=today) for item in request],
        sender=call.days_sender,
        actor=call.actor,
        now=call.now,
    )
    stored = consulting.of_receipts(
        receipts=[one.receipt for one in taken if one.receipt is not None], view=None
    )
    numbers = _present_numbers(stored.values())
    answer = answers.message("RegisterPresencesResponse")
    for one in taken:
        item = answers.part(answer, "PresenceRegistrationResponse", of=MESSAGES)
        if one.receipt is not None:
            answers.registration(item, stored[one.receipt], numbers=numbers, is_consulted=False)
            continue
        refused = answers.part(item, "PresenceRegistrationError")
        answers.submitted(refused, one.wanted)
        answers.refusals(refused, _register_refusals(one))
    return answer


def cancel(request: Element, call: Call) -> Element:
    """cancelPresences: each is withdrawn or refused by itself, in order."""
    items = list(request)
    wrong = [_wrong_before(item) for item in items]
    wanted = [
        Withdrawal(requests.receipt(item), Reason(_reason(item)))
        for item, refusals in zip(items, wrong, strict=True)
        if not refusals
    ]
    done = iter(_withdrawn(wanted, call))
    stored = consulting.of_receipts(receipts=[one.receipt for one in wanted], view=None)
    numbers = _present_numbers(stored.values())
    answer = answers.message("CancelPresencesResponse")
    for item, refusals in zip(items, wrong, strict=True):
        entry = answers.part(answer, "CancelPresenceResponse", of=MESSAGES)
        found = refusals or _cancel_refusals(outcome := next(done))
        if not found:
            _show(entry, stored[outcome.receipt], numbers)
            continue
        refused = answers.part(entry, "PresenceRegistrationError")
        answers.echo(refused, "CancelPresenceRequest", item)
        answers.refusals(refused, found)
    return answer


def search(request: Element, call: Call) -> Element:
    """searchPresences: a page of what fits, and how many fit."""
    asked = request[0]
    criteria = asked.find(f"{{{TYPES}}}SearchPresenceRegistrationCriteria")
    assert criteria is not None
    wanted, page = requests.search(criteria, view=call.view), requests.paging(asked)
    found = consulting.search(
        wanted=wanted,
        order=page.order,
        is_descending=page.is_descending,
        offset=page.first_row,
        limit=page.fetch_size,
    )
    _note(call, found, "presence.search")
    answer = answers.message("SearchPresencesResponse")
    inner = answers.part(answer, "SearchPresencesResponseType", of=MESSAGES)
    answers.echo(inner, "SearchPresencesRequest", asked)
    listed = answers.part(inner, "PresenceRegistrationList")
    total = consulting.total(wanted=wanted, most=_MOST)
    answers.part(listed, "PresenceRegistrationResultCount", total)
    numbers = _present_numbers(found)
    for one in found:
        answers.registration(listed, one, numbers=numbers)
    return answer


def read(request: Element, call: Call) -> Element:
    """getPresenceRegistration: one with its whole history; empty for another's and for none."""
    asked = request[0]
    receipt = requests.receipt(asked)
    found = consulting.of_receipts(receipts=[receipt], view=call.view).get(receipt)
    answer = answers.message("GetPresenceRegistrationResponse")
    inner = answers.part(answer, "GetPresenceRegistrationResponseType", of=MESSAGES)
    answers.echo(inner, "GetPresenceRegistrationRequest", asked)
    shown = answers.part(inner, "GetPresenceRegistrationType")
    if found is not None:
        _note(call, [found], "presence.read")
        numbers = _present_numbers([found])
        _show(shown, found, numbers, name="PresenceRegistrationType")
    elif consulting.of_receipts(receipts=[receipt], view=None):
        trail.record_refusal(
            action="presence.day.refused",
            actor=call.actor,
            target=str(receipt),
            now=call.now,
            reason="not visible to this caller",
        )
    return answer


OPERATIONS: Final[Mapping[str, tuple[str, Callable[[Element, Call], Element]]]] = {
    f"{{{MESSAGES}}}RegisterPresencesRequest": ("registerPresences", register),
    f"{{{MESSAGES}}}CancelPresencesRequest": ("cancelPresences", cancel),
    f"{{{MESSAGES}}}SearchPresencesRequest": ("searchPresences", search),
    f"{{{MESSAGES}}}GetPresenceRegistrationRequest": ("getPresenceRegistration", read),
}


def _register_refusals(one: Taken) -> list[ItemRefusal]:
    ssin, day = one.wanted.ssin, one.wanted.day
    found = []
    for refusal in one.refusals:
        is_own = refusal is Refusal.EMPLOYER and ssin is not None
        if is_own and enterprises.functions_of(niss=ssin or "", on=day):
            found.append(_OWN_NUMBER)
        else:
            found.append(_REFUSALS[refusal])
    return found


def _wrong_before(item: Element) -> list[ItemRefusal]:
    """What is wrong with a withdrawal before anything is looked up."""
    found = []
    try:
        day_of(requests.receipt(item))
    except NotAReceipt:
        found.append(_IMPOSSIBLE)
    if _reason(item) not in {*Reason}:
        found.append(_REASON)
    return found


def _cancel_refusals(outcome: Cancelled) -> list[ItemRefusal]:
    return [] if outcome.refusal is None else [_CANCEL_REFUSALS[outcome.refusal]]


def _reason(item: Element) -> str:
    return requests.text_of(item, "CancellationReason") or ""


def _withdrawn(wanted: list[Withdrawal], call: Call) -> list[Cancelled]:
    if not wanted:
        return []
    return operations.withdraw(
        wanted=wanted, sender=call.days_sender, actor=call.actor, now=call.now
    )


def _show(
    parent: Element,
    presence: Presence,
    numbers: Mapping[str, str],
    name: str = "PresenceRegistration",
) -> None:
    rounds = queries.rounds(receipt=presence.receipt, day=presence.day)
    answers.registration(parent, presence, numbers=numbers, name=name, history=rounds)


def _present_numbers(presences: Iterable[Presence]) -> dict[str, str]:
    found = {one.ssin for one in presences if one.ssin is not None}
    return persons.current_numbers(numbers=found) if found else {}


def _note(call: Call, found: list[Presence], purpose: str) -> None:
    looked_up(
        viewer=call.actor,
        subjects=[one.ssin for one in found if one.ssin is not None],
        purpose=purpose,
        channel="soap",
        now=call.now,
    )
