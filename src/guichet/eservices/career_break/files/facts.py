"""Which documents a request or a notice asks for, from what each side said of it."""

from typing import Final

from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.models import Notice, Request
from guichet.eservices.career_break.said import Said
from guichet.rules.career_break import attachments as rules
from guichet.rules.career_break.attachments import Bringer, Document, Facts, Needed
from guichet.rules.career_break.kinds import Leave, Motive, Parentage
from guichet.rules.career_break.states import Party

Subject = Request | Notice
_HOSPITAL: Final = "hospital"


def document_facts(row: Request, said: Said | None = None) -> Facts:
    """What decides over the documents of a request.

    ``said``: what the worker said, None for an employer: the child's disability, a foster care
    are no business of his, so that his list does not tell them.
    """
    asked = asked_of(row.content)
    motive = asked.details.get("motive")
    person = said.person if said else None
    return Facts(
        leave=Leave(row.leave),
        motive=Motive(motive) if motive and row.leave == Leave.TIME_CREDIT else None,
        is_disabled_child=bool(person and person.is_disabled),
        is_foster_parent=bool(person and person.parentage == Parentage.LONG_TERM_FOSTER),
        for_hospitalised_minor=asked.details.get("relation") == _HOSPITAL,
        is_exception=bool(asked.details.get("exception")),
        several_employers=asked.has_other_employers,
    )


def notice_facts(row: Notice) -> Facts:
    """The same for a notice, whose worker says of what he asks for at most the motive."""
    details = row.asked.get("details") or {}
    motive = details.get("motive")
    return Facts(
        leave=Leave(row.leave),
        motive=Motive(motive) if motive in tuple(Motive) else None,
        for_hospitalised_minor=details.get("relation") == _HOSPITAL,
        is_exception=bool(details.get("exception")),
    )


def needed(subject: Subject, said: Said | None = None) -> tuple[Needed, ...]:
    """The documents of a request or a notice, the mandatory ones first."""
    if isinstance(subject, Notice):
        return rules.of_notice(notice_facts(subject))
    return rules.needed(document_facts(subject, said))


def offered(subject: Subject, *, party: Party, said: Said | None = None) -> tuple[Document, ...]:
    """The kinds that a side may attach, in the order of the list, *other* last.

    An employer may send what the worker handed him; a worker nothing that is the employer's own.
    """
    kinds = [
        each.document
        for each in needed(subject, said)
        if party is Party.EMPLOYER or each.by is not Bringer.EMPLOYER
    ]
    return (*dict.fromkeys(kinds), Document.OTHER)
