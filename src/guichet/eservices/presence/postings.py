"""The L1 that a posted worker shows, as a client or a contractor of his site may look at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from guichet.kernel.limosa import LimosaNumber
from guichet.kernel.verdict import Verdict
from guichet.registers.persons import queries as persons
from guichet.registers.postings import queries as postings
from guichet.registers.postings.queries import PostingPlace, PostingRecord
from guichet.registers.works import queries as works
from guichet.rules.limosa import SHOWN, Declared, Standing, standing


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at an L1 finds; ``posting`` and ``worker`` only for who is concerned."""

    number: LimosaNumber
    on: date
    verdict: Verdict[Standing]
    posting: PostingRecord | None = field(default=None, repr=False)
    worker: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Least:
    """What an enterprise needs to compare a form with the register, and nothing beyond.

    ``worker``: the name, as on the form, which carries no national number; ``employer``: the
    number, of an enterprise or foreign; ``places``: of the client all, of a contractor of a site
    that site alone. The last three are empty for a form that is worth nothing on the day.
    """

    first_day: date
    last_day: date
    worker: str = ""
    employer: str = ""
    places: tuple[PostingPlace, ...] = ()


def least(*, looked: Looked, enterprise: str) -> Least | None:
    """The declaration as this enterprise is shown it; None for one that it is not shown.

    Source: what a client checks before the work starts, Programme Act (I) of 27 December 2006,
    art. 141; no more than is needed, GDPR art. 5(1)(c).
    """
    posting = looked.posting
    if posting is None:
        return None
    days = (posting.first_day, posting.last_day)
    if looked.verdict.outcome not in SHOWN:
        return Least(*days)
    employer = posting.employer or posting.foreign_vat_number
    return Least(*days, looked.worker, employer, _places(posting, enterprise))


def _places(posting: PostingRecord, enterprise: str) -> tuple[PostingPlace, ...]:
    if enterprise in (posting.employer, posting.client):
        return posting.places
    own = works.references_of(enterprise=enterprise)
    return tuple(place for place in posting.places if place.works_reference in own)


def looked_at(*, number: LimosaNumber, on: date, enterprise: str) -> Looked:
    """A declaration on a day, for an enterprise.

    It is shown to its employer, to its client, and to whoever is principal, declarant or in the
    chain of one of its sites; anybody else's is as unknown as none.
    """
    posting = postings.posting(number=number.text)
    if posting is not None and not _concerns(posting, enterprise):
        posting = None
    return _looked(number, posting, on)


def holders(*, number: str, on: date) -> Looked | None:
    """The declaration of an L1, for whoever holds its code; None when the register has none."""
    posting = postings.posting(number=number)
    return None if posting is None else _looked(LimosaNumber(number), posting, on)


def _looked(number: LimosaNumber, posting: PostingRecord | None, on: date) -> Looked:
    declared = None
    if posting is not None:
        cancelled = posting.state == "cancelled"
        declared = Declared(posting.first_day, posting.last_day, is_cancelled=cancelled)
    verdict = standing(declared=declared, check_holds=number.check_holds, on=on)
    if posting is None:
        return Looked(number, on, verdict)
    name = persons.names(numbers=[posting.niss]).get(posting.niss)
    worker = "" if name is None else f"{name.family_name} {name.given_name}"
    return Looked(number, on, verdict, posting, worker)


def _concerns(posting: PostingRecord, enterprise: str) -> bool:
    if enterprise in (posting.employer, posting.client):
        return True
    sites = {place.works_reference for place in posting.places if place.works_reference}
    return bool(sites) and not sites.isdisjoint(works.references_of(enterprise=enterprise))
