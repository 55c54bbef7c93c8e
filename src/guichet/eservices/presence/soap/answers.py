"""Writing the four answers, in the order of the schema."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from guichet.eservices.presence.days.consulting import Presence
from guichet.eservices.presence.days.operations import Wanted
from guichet.eservices.presence.days.queries import Round
from guichet.eservices.presence.soap.contract import MESSAGES, TYPES
from guichet.eservices.presence.soap.requests import SECTORS, STATUSES
from guichet.kernel.moments import BRUSSELS
from guichet.rules.remarks import REMARKS

Element = etree._Element

_NAMESPACES: Final = {"m": MESSAGES, "t": TYPES}
_MOST_REMARKS: Final = 10
_REFERENCE: Final = 24


@dataclass(frozen=True, slots=True)
class ItemRefusal:
    """Why one item of a list is refused: a code of the service and its sentence."""

    code: int
    text: str


def message(name: str) -> Element:
    """The root of an answer."""
    return etree.Element(f"{{{MESSAGES}}}{name}", nsmap=_NAMESPACES)


def part(parent: Element, name: str, text: object = None, *, of: str = TYPES) -> Element:
    """A child with this text; ``of``: its namespace."""
    made = etree.SubElement(parent, f"{{{of}}}{name}")
    if text is not None:
        made.text = str(text)
    return made


def echo(parent: Element, name: str, asked: Element) -> None:
    """What was asked, under another name."""
    made = part(parent, name)
    for child in asked:
        copied = deepcopy(child)
        copied.tail = None
        made.append(copied)


def submitted(parent: Element, wanted: Wanted, name: str = "PresenceRegistrationSubmitted") -> None:
    """What somebody wanted to register, with its day."""
    made = part(parent, name)
    part(made, "RegistrationDate", wanted.day.isoformat())
    _given(made, "INSS", wanted.ssin)
    if wanted.enterprise_number is not None:
        part(made, "CompanyID", int(wanted.enterprise_number))
    _given(made, "LimosaId", wanted.limosa_number)
    _given(made, "VatNumber", wanted.foreign_vat_number)
    part(made, "WorkPlaceId", wanted.works_reference)
    # On a page and by REST a reference may be longer than the schema has it.
    reference = wanted.custom_reference
    _given(made, "ClientPresenceRegistrationReference", reference and reference[:_REFERENCE])


def refusals(parent: Element, found: Iterable[ItemRefusal]) -> None:
    """The list of what is wrong with one item."""
    made = part(parent, "ErrorList")
    for one in found:
        error = part(made, "Error")
        part(error, "ErrorCode", one.code)
        part(error, "ErrorDescription", one.text)


def registration(
    parent: Element,
    presence: Presence,
    *,
    numbers: Mapping[str, str],
    name: str = "PresenceRegistration",
    is_consulted: bool = True,
    history: Sequence[Round] | None = None,
) -> None:
    """One presence; ``numbers``: the present number of each person.

    ``is_consulted``: read rather than just registered; ``history``: its rounds of checks, when
    everything that happened to it is shown.
    """
    made = part(parent, name)
    kind = "PresenceRegistrationConsultSubmitted" if is_consulted else None
    submitted(made, _wanted(presence), kind or "PresenceRegistrationSubmitted")
    if presence.activity in SECTORS:
        part(made, "Sector", SECTORS[presence.activity])
    if presence.ssin is not None:
        part(made, "INSS", numbers.get(presence.ssin, presence.ssin))
    part(made, "PresenceRegistrationId", presence.receipt)
    part(made, "CreationDate", local(presence.created_at))
    part(made, "Channel", presence.channel.upper())
    _last(made, presence)
    if history is not None:
        _history(part(made, "ValidationHistory"), presence, history)
    if is_consulted and presence.sender_enterprise is not None:
        part(part(made, "Sender"), "SenderCompanyId", int(presence.sender_enterprise))


def local(moment: datetime) -> str:
    """A moment by the clock of Brussels, without an offset."""
    return moment.astimezone(BRUSSELS).replace(tzinfo=None).isoformat(timespec="milliseconds")


def _last(parent: Element, presence: Presence) -> None:
    if presence.cancelled_at is not None:
        _validation(parent, "LastValidation", "cancelled", presence.cancelled_at)
    else:
        _validation(
            parent, "LastValidation", presence.validity, presence.decided_at, presence.remarks
        )


def _history(parent: Element, presence: Presence, rounds: Sequence[Round]) -> None:
    _validation(parent, "Validation", "pending", presence.created_at)
    for one in rounds:
        _validation(parent, "Validation", one.validity, one.decided_at, one.remarks)
    if presence.cancelled_at is not None:
        _validation(parent, "Validation", "cancelled", presence.cancelled_at)


def _validation(
    parent: Element, name: str, state: str, at: datetime | None, remarks: Iterable[str] = ()
) -> None:
    made = part(parent, name)
    part(made, "Status", STATUSES[state])
    if at is not None:
        part(made, "ValidationDate", local(at))
    # A remark of ours that the service never had says nothing to its clients.
    texts = [text for code in remarks if (text := REMARKS[code].soap)]
    if texts:
        listed = part(made, "RemarkList")
        for text in texts[:_MOST_REMARKS]:
            part(listed, "Remark", text)


def _wanted(presence: Presence) -> Wanted:
    return Wanted(
        day=presence.day,
        works_reference=presence.works_reference,
        ssin=presence.ssin,
        limosa_number=presence.limosa_number,
        enterprise_number=presence.enterprise_number,
        foreign_vat_number=presence.foreign_vat_number,
        custom_reference=presence.custom_reference,
    )


def _given(parent: Element, name: str, text: str | None) -> None:
    if text is not None:
        part(parent, name, text)
