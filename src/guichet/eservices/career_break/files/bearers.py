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


def bearer_of(request: ActingRequest) -> Bearer:
    """Who is signed in: for the enterprise he acts for, or as the worker himself."""
    acting = request.acting
    number = acting.enterprise_number or ""
    party = Party.EMPLOYER if number else Party.WORKER
    return Bearer(party, Owner(acting.person_id, acting.niss, number), acting.actor)
