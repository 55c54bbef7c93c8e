"""Deciding what was declared: in set-based batches, a moment after it was taken in.

A batch takes pending declarations that nobody else holds, locks their workers, decides one after
the other in the order of their numbers, and writes everything with a handful of statements. What
one declaration breaks costs the others nothing: the batch is then done one by one.
"""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.db import DataError, IntegrityError, connection

from guichet.audit.actors import system
from guichet.audit.history import acting
from guichet.eservices.dimona import facts as reading
from guichet.eservices.dimona import places, wire
from guichet.eservices.dimona.facts import Facts, Said
from guichet.eservices.dimona.outcome import Ledger
from guichet.eservices.dimona.writing import mark_stuck, write
from guichet.kernel.niss import Niss, Sex
from guichet.platform.db import transaction
from guichet.registers.changing import RegisterRefused
from guichet.registers.employments.operations import take_numbers
from guichet.registers.sorting import sort_key
from guichet.rules.dimona import decision, identity
from guichet.rules.dimona.known import FeatureKey, Known, PeriodKnown, PersonKnown
from guichet.rules.dimona.message import Identity, Kind, Worker

ACTOR: Final = system("dimona")
BATCH: Final = 500
_log = logging.getLogger(__name__)
_DECODE: Final = msgspec.json.Decoder(wire.Body)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one batch did: declarations decided, and whether there may be more."""

    decided: int = 0
    more: bool = False


def process(*, now: datetime, limit: int = BATCH) -> Outcome:
    """Decide the pending declarations, at most ``limit`` of them, the oldest first."""
    try:
        count = _process(now=now, limit=limit)
    except (RegisterRefused, IntegrityError, DataError):
        return _one_by_one(now=now, limit=limit)
    return Outcome(count, count >= limit)


def decide_one(*, number: int, now: datetime) -> None:
    """Decide one pending declaration and no other; one that nobody can decide becomes stuck."""
    try:
        _process(now=now, limit=1, only=number)
    except (RegisterRefused, IntegrityError, DataError) as fault:
        _refuse(number, fault, now=now)


def _process(*, now: datetime, limit: int, only: int | None = None) -> int:
    with transaction(), acting(ACTOR, now=now):
        batch = _taken(limit, only)
        if batch:
            found = reading.facts(batch, now=now)
            numbers = take_numbers(sum(said.message.kind is Kind.IN for said in batch))
            ledger = Ledger(found, numbers, now=now)
            for said in batch:
                _decide(said, found, ledger)
            write(ledger, actor=ACTOR, now=now)
    return len(batch)


def _one_by_one(*, now: datetime, limit: int) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(_PENDING_IDS, [limit])
        ids = [row[0] for row in cursor.fetchall()]
    for number in ids:
        decide_one(number=number, now=now)
    return Outcome(len(ids), len(ids) >= limit)


def _refuse(number: int, fault: Exception, *, now: datetime) -> None:
    """The register keeps a promise that the rules did not see, or something is wrong inside."""
    code = getattr(fault, "code", "")
    with transaction(), acting(ACTOR, now=now):
        if code == "employments_period_no_overlap":
            write(Ledger.of_refusal(number, "90373-334", now=now), actor=ACTOR, now=now)
        else:
            _log.error("declaration %s is stuck: %s %s", number, type(fault).__name__, code)
            mark_stuck(number, now=now)


def _taken(limit: int, only: int | None) -> list[Said]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [only, only, limit])
        rows = cursor.fetchall()
    return [_said(row) for row in rows]


def _said(row: tuple[Any, ...]) -> Said:
    number, received_at, is_secured, sender, niss, text = row
    body = _DECODE.decode(text)
    message = wire.message_of(body)
    if niss:  # found by those who identify people
        message = replace(message, worker=Worker(niss, message.worker.identity))
    return Said(number, received_at, is_secured, sender, message, msgspec.json.decode(text))


def _decide(said: Said, found: Facts, ledger: Ledger) -> None:
    try:
        answer = decision.decide(said.message, known_about(said, found)).outcome
    except Exception as fault:  # a mistake of ours must not hold up the others
        where = "".join(traceback.format_tb(fault.__traceback__))
        _log.error("declaration %s is stuck: %s\n%s", said.id, type(fault).__name__, where)
        ledger.stick(said)
        return
    ledger.settle(said, answer)


def known_about(said: Said, found: Facts) -> Known:
    """What the registers say beside one message of a batch."""
    message = said.message
    firm = found.firms.get(said.employer)
    employer = None if firm is None else firm.known
    if employer is not None and said.sender and said.sender != said.employer:
        may_act = (said.employer, said.sender) in found.lent
        employer = replace(employer, may_act=may_act)
    registration = found.registrations.get(message.registration_id or 0)
    number = message.period_id if registration is None else registration.period_id
    period = found.periods.get(number or 0)
    person = _person(said, found)
    owner = said.niss or ("" if period is None else period.niss)
    return Known(
        received_at=said.received_at,
        is_secured=said.is_secured,
        employer=employer,
        is_user_known=_is_user_known(said, found),
        person=person,
        periods=tuple(found.of_worker.get(owner, {}).values()),
        period=period,
        registration=registration,
        registrations=tuple(
            each
            for each in found.registrations.values()
            if period is not None and each.period_id == period.id
        ),
        horeca_days=_horeca_days(said, found, period),
        misplaced=places.misplaced(message),
    )


def _person(said: Said, found: Facts) -> PersonKnown | None:
    human = found.humans.get(identity.number_of(said.message.worker))
    if human is None:
        return None
    said.niss = human.niss
    given = said.message.worker.identity
    differs = () if given is None else _differences(given, human)
    return PersonKnown(human.niss, human.birth_date, differs)


def _differences(given: Identity, human: reading.Human) -> tuple[str, ...]:
    """Which zones contradict the register; accents and capitals are no difference."""
    family, names = sort_key(given.family_name), sort_key(given.given_name)
    found = []
    if family and not f"{human.sort_key} ".startswith(f"{family} "):
        found.append("00025")
    elif names and names not in human.sort_key:
        found.append("00026")
    born = given.birth_date
    if born and human.birth_date is not None and not _agrees(born, human.birth_date):
        found.append("00028")
    sex = Niss.parse(human.niss).sex()
    if given.sex in ("1", "2") and sex is not None and (given.sex == "1") is not (sex is Sex.MALE):
        found.append("00029")
    return tuple(found)


def _agrees(text: str, day: date) -> bool:
    """Zeros stand for what is not known."""
    parts = zip(text.split("-"), day.isoformat().split("-"), strict=False)
    return all(one == other or not one.strip("0") for one, other in parts)


def _is_user_known(said: Said, found: Facts) -> bool:
    user = said.message.features.user
    if user is None or not user.enterprise_number:
        return True
    return reading.digits(user.enterprise_number) in found.firms


def _horeca_days(said: Said, found: Facts, period: PeriodKnown | None) -> int:
    """Days that the firm has used in the year of the work: of an IN, or of a period in hand."""
    start = said.message.times.start_date
    firm = reading.horeca_firm(said.employer, FeatureKey.of(said.message.features))
    if period is not None:
        start = start or period.times.start_date
        firm = reading.horeca_firm(period.employer, period.features)
    return 0 if start is None else found.horeca.get((firm, start.year), 0)


_TAKE: Final = """
SELECT id, received_at, is_secured, sender, niss, body::text
  FROM dimona_declaration
 WHERE state = 'pending' AND (%s::bigint IS NULL OR id = %s)
 ORDER BY id LIMIT %s
   FOR UPDATE SKIP LOCKED
"""

_PENDING_IDS: Final = """
SELECT id FROM dimona_declaration WHERE state = 'pending' ORDER BY id LIMIT %s
"""
