"""The receipt of a worker's part: everything that he said, as a sealed document in his e-Box."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import Actor
from guichet.documents.operations import Recipient, issue
from guichet.documents.queries import sealed_pdf
from guichet.eservices.career_break import words as of_requests
from guichet.eservices.career_break.files.words import DOCUMENTS
from guichet.eservices.career_break.models import Request, WorkerPart
from guichet.eservices.career_break.said import Said, said_of
from guichet.eservices.career_break.worker import papers, telling, words
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.platform.db import transaction
from guichet.registers.addresses import Address
from guichet.registers.enterprises import queries as enterprises

KIND: Final = "career_break.worker_part"
_TEMPLATE: Final = "career-break-worker"
Fact = tuple[str, str]
Section = tuple[str, list[Fact]]


def issue_receipt(*, row: Request, said: Said, actor: Actor, now: datetime) -> str:
    """Ask for the document in the caller's transaction; its reference.

    It is in the language that the worker chose.
    """
    language = said.language or row.person.language
    number = TicketNumber(row.ticket).formatted()
    with override(language):
        return issue(
            template=_TEMPLATE,
            data=_content(row, said, language, now),
            language=language,
            title=_("Request %(number)s: part of the worker") % {"number": number},
            recipient=Recipient(niss=row.person.niss),
            kind=KIND,
            actor=actor,
            now=now,
            then="career_break.deliver_receipt",
        )


def deliver(*, reference: str, now: datetime) -> None:
    """Put a sealed receipt in the worker's e-Box; the e-Box keeps one however often it comes."""
    parts = WorkerPart.objects.select_related("request__person", "request__employer")
    part = parts.filter(document=reference).first()
    pdf = sealed_pdf(reference=reference)
    if part is None or part.content is None or pdf is None:
        return
    said = said_of(part.content)
    language = said.language or part.request.person.language
    with transaction():
        telling.receipt(part.request, said, pdf, language=language, now=now)


def told(row: Request, said: Said) -> list[Section]:
    """Everything that the worker said, by step, in the language of the moment; empty ones out."""
    every = (
        (str(words.STEPS["identity"]), _identity(row, said)),
        (str(words.STEPS["person"]), _person(said)),
        (str(words.STEPS["earlier"]), _earlier(said)),
        (str(words.STEPS["household"]), _household(said)),
        (str(words.STEPS["activities"]), _activities(said)),
        (str(words.STEPS["pension"]), _pension(said)),
        (str(words.STEPS["payment"]), _payment(said)),
    )
    kept = ((title, [fact for fact in facts if fact[1]]) for title, facts in every)
    return [(title, facts) for title, facts in kept if facts]


def _content(row: Request, said: Said, language: str, now: datetime) -> dict[str, Any]:
    names = enterprises.names(numbers=[row.employer.number], language=language)
    request = [
        (_("Sent"), wording.moment(now)),
        (_("Employer"), f"{names.get(row.employer.number, '')} {row.employer.number}".strip()),
        (_("Type of interruption"), str(of_requests.LEAVES[row.leave])),
        (_("Régime"), str(of_requests.REGIMES[row.regime])),
        (_("Period"), _period(row.first_day, row.last_day)),
        (_("Office of ONEM"), of_requests.office(row.office)),
    ]
    there = [(f"{DOCUMENTS[one.document]}: {one.name}", one.digest) for one in papers.received(row)]
    consents = [
        (_("Everything by e-Box"), _yes(said.ebox_for_all)),
        (_("Certified as exact and complete"), _yes(True)),
        (_("Reason given by the worker"), said.reason),
    ]
    sections: list[Section] = [
        (_("The request"), request),
        *told(row, said),
        (_("Documents, with their SHA-256 digest"), there or [(_("Documents"), _("none"))]),
        (_("Consents"), consents),
    ]
    return {
        "title": _("Career break and time credit: part of the worker"),
        "number": TicketNumber(row.ticket).formatted(),
        "number_label": _("Ticket number"),
        "sections": [
            {"title": title, "facts": [[label, text] for label, text in facts if text]}
            for title, facts in sections
        ],
        "text": _(
            "Keep the originals of your documents during the break and five years after the last "
            "payment. ONEM decides now; the decision comes to your e-Box."
        ),
    }


def _identity(row: Request, said: Said) -> list[Fact]:
    person = row.person
    return [
        (_("Name"), f"{person.given_name} {person.family_name}"),
        (_("National number"), Niss(person.niss).formatted()),
        (_("Address"), Address.of(person).in_one_line()),
        (_("E-mail address"), said.email),
        (_("Mobile number"), said.mobile),
        (_("Language of the letters"), str(words.LANGUAGES.get(said.language, ""))),
    ]


def _person(said: Said) -> list[Fact]:
    one = said.person
    return [
        (_("Name"), one.name),
        (_("Date of birth"), _day(one.born_on)),
        (_("To the worker"), str(words.PARENTAGES.get(one.parentage, ""))),
        (_("To the worker"), str(words.RELATIONS.get(one.relation, ""))),
        (_("To the worker"), str(words.BONDS.get(one.bond, ""))),
        (_("Nobody who comes before can take the leave"), _yes(one.nobody_before)),
        (_("Adopted"), _yes(one.is_adopted or None)),
        (_("Registered in the household on"), _day(one.registered_on)),
        (_("Placed for, in months"), _figure(one.placed_months)),
        (_("Recognised disability"), _yes(one.is_disabled)),
        (_("Recognition as carer"), _span(one.recognised_from, one.recognised_until)),
        (_("It opens social rights"), _yes(one.has_social_rights)),
        (_("Lives in Belgium"), _yes(one.lives_in_belgium)),
        (_("Single parent of a child of 16 or younger"), _yes(said.is_single_parent)),
        *_training(said),
    ]


def _training(said: Said) -> Iterator[Fact]:
    yield _("Training recognised by a Community"), _yes(said.training_recognised)
    yield _("Basic or secondary education"), _yes(said.training_basic or None)
    yield _("Hours a year"), _figure(said.training_hours)
    yield _("Credits a year"), _figure(said.training_credits)
    yield _("Figures of a quarter"), _yes(said.training_quarter or None)
    yield _("Years as an employee"), _figure(said.career_years)
    yield _("Years of heavy work in the last ten years"), _figure(said.heavy_years_of_ten)
    yield _("Years of heavy work in the last fifteen years"), _figure(said.heavy_years_of_fifteen)
    yield _("Years of night or shift work"), _figure(said.night_years)
    yield _("Certificate of incapacity"), _yes(said.has_incapacity_certificate)


def _earlier(said: Said) -> list[Fact]:
    key = said.person.key
    found = [(_("All parental leave used up"), _yes(said.all_parental_used))]
    for one in said.earlier:
        who = _("For the same person as this break") if one.person == key else ""
        told = who or _("For somebody else")
        if one.ticket:
            found.append((TicketNumber(one.ticket).formatted(), told))
        else:
            name = str(of_requests.LEAVES.get(one.leave, ""))
            found.append((name, f"{_span(one.first_day, one.last_day)}, {told}"))
    return found


def _household(said: Said) -> list[Fact]:
    names = [f"{one.name} {_day(one.born_on)}".strip() for one in said.children]
    return [
        (_("Household"), str(words.HOUSEHOLDS.get(said.household, ""))),
        (_("Parent of the children, or in charge of them"), _yes(said.is_in_charge or None)),
        (_("Children"), ", ".join(names)),
    ]


def _activities(said: Said) -> list[Fact]:
    return [
        (_("Other activity"), str(words.ACTIVITIES.get(said.activity, ""))),
        (_("Since"), _day(said.activity_since)),
        (_("Reduces with the other employers too"), _yes(said.others_reduce)),
    ]


def _pension(said: Said) -> list[Fact]:
    return [
        (_("Pension"), str(words.PENSIONS.get(said.pension, ""))),
        (_("Wants to receive both"), _yes(said.cumulates_survivor)),
    ]


def _payment(said: Said) -> list[Fact]:
    return [
        (_("Account number (IBAN)"), grouped(said.iban)),
        (_("Holder"), said.holder),
        (_("Circular cheque"), _yes(said.by_cheque or None)),
    ]


def grouped(iban: str) -> str:
    """An account as it is printed, four signs at a time."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def _yes(value: bool | None) -> str:
    return "" if value is None else _("Yes") if value else _("No")


def _day(value: date | None) -> str:
    return wording.day(value) if value else ""


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)


def _span(first: date | None, last: date | None) -> str:
    return f"{_day(first)} - {_day(last)}" if first and last else ""


def _period(first: date, last: date | None) -> str:
    return f"{_day(first)} - {_day(last)}" if last else f"{_day(first)} - {_('until the pension')}"
