"""A request in one go, without a draft, as software files it: the same rules as the pages."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from guichet.eservices.career_break import checks, law, queries
from guichet.eservices.career_break.content import Asked, spanned
from guichet.eservices.career_break.models import Draft, Notice, Parameters, Request
from guichet.eservices.career_break.notices.stepping import following
from guichet.eservices.career_break.operations import (
    NoParameters,
    Refused,
    Sender,
    filed,
    no_overlap,
)
from guichet.eservices.career_break.queries import worker
from guichet.eservices.career_break.retries import keys
from guichet.eservices.career_break.steps import UnknownRequest
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.persons import queries as persons
from guichet.registers.persons.models import Person
from guichet.rules.career_break.entry import mail_fault, niss_fault
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.states import NoticeStep, Party


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of a wish; ``niss``: of whom, empty for nobody in service here.

    ``answers``: right and allowance, None while too little is known to ask.
    """

    niss: str
    faults: tuple[Fault, ...]
    answers: tuple[law.Answer, law.Answer] | None = None


def judged(*, niss: str, asked: Asked, employer: str, today: date) -> Judged:
    """What would become of a request, without storing anything; raises NoParameters."""
    parameters = _parameters(employer)
    person, found = _worker(niss, asked, employer, today)
    if person is None:
        return Judged("", found)
    asked = replace(spanned(asked), authority=parameters.authority)
    facts = checks.facts_of(
        employer=employer, sector=parameters.sector, person=person,
        authority=asked.authority, notified_on=asked.notified_on,
    )  # fmt: skip
    return Judged(
        person.niss,
        (*found, *checks.faults(asked=asked, facts=facts, today=today)),
        checks.answers(asked=asked, facts=facts, today=today),
    )


def submit(*, niss: str, asked: Asked, sender: Sender, now: datetime, notice: str = "") -> Request:
    """Make a request that waits for the worker; he is told, the employer's part is a document.

    ``niss``: as it was typed; ``notice``: the ticket of the worker's notice behind it, or empty.
    Raises Refused, NoParameters, UnknownRequest for a notice of somebody else, states.StepRefused
    for one that is not agreed, keys.Repeated, keys.KeyReused.
    """
    with no_overlap(), transaction(actor=sender.actor):
        keys.claim(sender.retry, now=now)
        parameters = _parameters(sender.employer)
        person, found = _worker(niss, asked, sender.employer, clock.today(now))
        if person is None:
            raise Refused(found)
        draft = Draft(
            employer=parameters.employer,
            person=person,
            notice=_notice(notice, person, sender, now) if notice else None,
        )
        row = filed(draft, parameters, asked, sender, now, besides=found)
        if row.notice is not None:  # what a page began of the same notice leads nowhere now
            Draft.objects.filter(notice=row.notice).delete()
        keys.keep(sender.retry, ticket=row.ticket, now=now)
    return row


def _notice(ticket: str, person: Person, sender: Sender, now: datetime) -> Notice:
    """A notice of the worker to the employer that is agreed, by an answer or by silence."""
    found = queries.notice(ticket=ticket, employer=sender.employer)
    if found is None or found.person_id != person.pk:
        raise UnknownRequest(ticket)
    following(found, NoticeStep.LINK, Party.EMPLOYER, now)
    return found


def _parameters(employer: str) -> Parameters:
    rows = Parameters.objects.select_related("employer")
    found = rows.filter(employer__number=employer).first()
    if found is None or queries.lacks_authority(found):
        raise NoParameters(employer)
    return found


def _worker(
    niss: str, asked: Asked, employer: str, today: date
) -> tuple[Person | None, tuple[Fault, ...]]:
    """Somebody in service, and what is wrong with how he was named.

    A wrong number and somebody else's worker get the same answer.
    """
    digits = "".join(sign for sign in niss if sign.isdigit())
    known = persons.person(niss=digits)
    is_here = known is not None and worker(niss=known.niss, employer=employer, on=today) is not None
    found = (
        niss_fault(niss, in_register=known is not None, in_service=is_here),
        mail_fault(asked.worker_email, field="worker_email", is_needed=False),
    )
    faults = tuple(one for one in found if one is not None)
    if known is None or any(one.field == "niss" for one in faults):
        return None, faults
    return Person.objects.get(niss=known.niss), faults
