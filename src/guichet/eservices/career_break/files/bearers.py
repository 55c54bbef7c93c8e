"""Who brings files, and to whom the pending ones belong until they are applied."""

from dataclasses import dataclass

from guichet.access.sessions import ActingRequest
from guichet.audit.actors import Actor
from guichet.documents.attachments.operations import Owner
from guichet.rules.career_break.states import Party


@dataclass(frozen=True, slots=True, repr=False)
class Bearer:
    """``party``: employer or worker; ``owner``: of the pending files; ``actor``: for the trail."""

    party: Party
    owner: Owner
    actor: Actor


def employer_of(request: ActingRequest) -> Bearer:
    """Whoever acts for the enterprise of the session."""
    acting = request.acting
    owner = Owner(acting.person_id, acting.niss, acting.enterprise_number or "")
    return Bearer(Party.EMPLOYER, owner, acting.actor)


def worker_of(request: ActingRequest) -> Bearer:
    """The worker himself, for whomever he acts otherwise."""
    acting = request.acting
    owner = Owner(acting.person_id, acting.niss)
    return Bearer(Party.WORKER, owner, Actor("person", acting.niss))


def bearer_of(request: ActingRequest) -> Bearer:
    """For the enterprise of the session where there is one, else the worker himself."""
    return employer_of(request) if request.acting.enterprise_number else worker_of(request)
