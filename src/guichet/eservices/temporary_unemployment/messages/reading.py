"""What a form says: an element of the file becomes a communication, or faults with their places.

Each form is held to the schema by itself, so that a wrong one does not stop its neighbours. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lxml import etree

from guichet.eservices.temporary_unemployment.messages import frames, meaning
from guichet.eservices.temporary_unemployment.messages.frames import Element, Limits
from guichet.eservices.temporary_unemployment.messages.layout import (
    BODY,
    FORM,
    HEAD,
    INSIDE,
    OF_PERSON,
    PERSON,
    ROOT,
    Status,
    path_of,
)
from guichet.eservices.temporary_unemployment.messages.meaning import Head, Meant, Parts
from guichet.kernel.moments import brussels_day
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import found
from guichet.rules.temporary_unemployment.kinds import Channel

MOST_FAULTS: Final = 50
_STEP: Final = re.compile(r"([A-Za-z]+)(?:\[([0-9]+)\])?")
_ELEMENTS: Final = {**HEAD, **BODY, **OF_PERSON, **INSIDE}


@dataclass(frozen=True, slots=True)
class Placed:
    """A fault, and the path of the element that it is about."""

    fault: Fault
    path: str


@dataclass(frozen=True, slots=True)
class ReadForm:
    """The ``position``-th form. ``meant``: what it says, None when ``faults`` say why it cannot."""

    position: int
    head: Head
    meant: Meant | None
    faults: tuple[Placed, ...] = ()

    def placed(self, faults: Iterable[Fault]) -> tuple[Placed, ...]:
        """Faults that were found later, each with its path in this form."""
        return tuple(Placed(one, path_of(one.field, position=self.position)) for one in faults)


def read(
    pieces: Iterable[bytes],
    *,
    schema: etree.XMLSchema,
    channel: Channel,
    received_at: datetime,
    limits: Limits,
    after: int = 0,
) -> Iterator[ReadForm]:
    """The forms of a file in order, those up to number ``after`` left out; raises FrameRefused.

    ``schema``: of contracts/temporary-unemployment-v1.xsd, used by one thread at a time.
    """
    reader = FormReader(schema, channel=channel, received_at=received_at)
    for position, form in frames.forms(pieces, limits=limits):
        if position > after:
            yield reader.read(form, position=position)


class FormReader:
    """Reads forms that were received at one moment by one channel."""

    def __init__(self, schema: etree.XMLSchema, *, channel: Channel, received_at: datetime) -> None:
        self._schema = schema
        self._channel = channel
        self._at = received_at

    def read(self, form: Element, *, position: int) -> ReadForm:
        """What an element ``Form`` says."""
        parts = Parts(form)
        head = meaning.head(parts)
        faults = () if self._schema.validate(form) else self._schema_faults(position)
        faults = faults or tuple(_layout_faults(parts, head, position))
        if faults:
            return ReadForm(position, head, None, faults[:MOST_FAULTS])
        meant = meaning.meant(parts, head, channel=self._channel, received_at=self._at)
        return ReadForm(position, head, meant)

    def _schema_faults(self, position: int) -> tuple[Placed, ...]:
        """The messages of the parser show values: only the place is kept."""
        placed: dict[str, Placed] = {}
        entries: Any = self._schema.error_log
        for entry in entries:
            path = entry.path or f"/{FORM}"
            if path not in placed:
                placed[path] = self._at_path(path, position)
        return tuple(placed.values())

    def _at_path(self, path: str, position: int) -> Placed:
        steps = [_STEP.fullmatch(step) for step in path.strip("/").split("/")[1:]]
        if any(step is None for step in steps):  # an element of another namespace: ``*``
            return Placed(found("CTW-094", ""), f"/{ROOT}/{FORM}[{position}]")
        named = [(step[1], int(step[2] or 0)) for step in steps if step is not None]
        line = next((number or 1 for name, number in named if name == PERSON), 0)
        whole = f"/{ROOT}/{FORM}[{position}]"
        for name, number in named:
            shown = number or (1 if name == PERSON else 0)
            whole += f"/{name}[{shown}]" if shown else f"/{name}"
        return Placed(self._fault(named[-1][0] if named else "", line), whole)

    def _fault(self, name: str, line: int) -> Fault:
        # Two elements have the name of the days of work: that of a worker, and that of a cycle.
        element = (OF_PERSON.get(name) if line else None) or _ELEMENTS.get(name)
        if element is None:
            return found("CTW-094", "")
        field = f"lines.{line}.{element.field}" if line else element.field
        match element.code:
            case "CTW-003":
                return found("CTW-003", field, line=line)
            case "CTW-010":
                return found("CTW-010", field, "message")
            case "CTW-006" | "CTW-008":
                return found(element.code, field, day=brussels_day(self._at))
            case code:
                return found(code, field)


def _layout_faults(form: Parts, head: Head, position: int) -> Iterator[Placed]:
    """What no schema of this kind can say: which elements belong to which communication."""
    whole = f"/{ROOT}/{FORM}[{position}]"
    kind = head.identification or ""
    persons = 0
    for name, child in form.children:
        here = BODY.get(name)
        if name == PERSON:
            persons += 1
            yield from _person_faults(child, kind, f"{whole}/{PERSON}[{persons}]")
        if here is not None and kind not in here.forms:
            yield Placed(found("CTW-094", here.field), f"{whole}/{name}")
    yield from _needed(form, head, whole)


def _person_faults(person: Element, kind: str, path: str) -> Iterator[Placed]:
    for child in person:
        here = OF_PERSON[str(child.tag)]
        if kind not in here.forms:
            yield Placed(found("CTW-094", here.field), f"{path}/{child.tag}")


def _needed(form: Parts, head: Head, whole: str) -> Iterator[Placed]:
    """What must be there; what the law asks for, the rules miss by themselves."""
    is_original = head.status is Status.ORIGINAL
    references = 1 if is_original else 2
    if len(form.every("Reference")) != references or is_original is not (head.ticket is None):
        yield Placed(found("CTW-094", "changes"), f"{whole}/Reference")
    elif head.own_reference is None:
        yield Placed(found("CTW-094", "own_reference"), f"{whole}/Reference")
    yield from _inside(form, whole)
    if head.status is Status.CANCELLATION:
        return
    names = ["TemporaryUnemploymentReason"]
    if head.identification == "TWCT001":
        names += ["NotificationMode", "SuspensionScheme"]
    for name in names:
        if name not in form.first:
            yield Placed(found("CTW-094", BODY[name].field), f"{whole}/{name}")


def _inside(form: Parts, whole: str) -> Iterator[Placed]:
    for number, (first, last) in enumerate(meaning.excluded_days(form), start=1):
        if first and last and last < first:
            path = f"{whole}/ExcludedPeriod[{number}]/EndingDate"
            yield Placed(found("CTW-011", "excluded"), path)
    weeks = [week.findtext("CycleWeek") for week in form.every("WorkPattern")]
    if sorted(weeks, key=str) != ["1", "2"][: len(weeks)]:
        yield Placed(found("CTW-094", "cycle"), f"{whole}/WorkPattern")
