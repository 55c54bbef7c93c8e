"""What a code proves: plain lines of the credits that the worker chose, and the sealed document."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.audit.actors import Actor
from guichet.documents import attestation
from guichet.documents.attestation import Section, Table
from guichet.documents.operations import Recipient, issue
from guichet.eservices.career_break import words as terms
from guichet.eservices.career_break.credit import words
from guichet.eservices.career_break.credit.remaining import Pot
from guichet.kernel.credit_code import CreditCode
from guichet.platform import wording
from guichet.registers.persons.models import Person
from guichet.rules.career_break.credits import Amount

KIND: Final = "career_break.attestation"
JOB: Final = "career_break_credit.deliver"
Line = Mapping[str, Any]


def lines(pots: Iterable[Pot]) -> list[dict[str, Any]]:
    """Plain JSON: leave, sort, and what is left in each régime; no person, and no period."""
    return [
        {
            "leave": pot.leave.value,
            "sort": pot.sort,
            "left": [
                {
                    "regime": left.regime.value,
                    "months": left.amount.months,
                    "weeks": left.amount.weeks,
                    "days": left.amount.days,
                }
                for left in pot.lefts
            ],
            "is_cautious": bool(pot.untold),
        }
        for pot in pots
    ]


def shown(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines in words, as the employer reads them."""
    return [
        {
            "title": words.pot(line["leave"], sort=line["sort"]),
            "left": [(terms.REGIMES[one["regime"]], words.amount(_amount(one)))
                     for one in line["left"]],
            "is_cautious": line["is_cautious"],
        }
        for line in content["lines"]
    ]  # fmt: skip


def issue_document(
    *,
    person: Person,
    code: str,
    content: Mapping[str, Any],
    shown_until: date,
    actor: Actor,
    now: datetime,
) -> str:
    """Ask for the sealed attestation in the caller's transaction; its reference."""
    with override(person.language):
        return issue(
            template=attestation.TEMPLATE,
            data=_content(person, code, content, shown_until, now),
            language=person.language,
            title=_("Attestation of your remaining credit"),
            recipient=Recipient(niss=person.niss),
            kind=KIND,
            actor=actor,
            now=now,
            then=JOB,
        )


def _content(
    person: Person, code: str, content: Mapping[str, Any], shown_until: date, now: datetime
) -> dict[str, Any]:
    rows = [
        [line["title"], str(regime), left]
        for line in shown(content)
        for regime, left in line["left"]
    ]
    table = Table(
        caption=_("What was left on that day"),
        head=[_("Credit"), _("Régime"), _("Left")],
        rows=rows,
        widths=(3, 2, 2),
    )
    return attestation.content(
        lead=[_("This is what was left of the credits that you chose, as far as it was known.")],
        person_title=_("Person"),
        person=[(_("Name"), f"{person.given_name} {person.family_name}")],
        sections=[
            Section(
                title=_("Remaining credit"),
                facts=[
                    (_("Computed on"), wording.moment(now)),
                    (_("Code for your employer"), CreditCode(code).formatted()),
                    (_("The code opens until"), wording.day(shown_until)),
                ],
                table=table,
            )
        ],
        legal_title=_("What this document is not"),
        legal=[
            _("The figures are valid for the day on which they were computed, and for the data "
              "that were known then."),
            _("It is no decision: the National Employment Office decides on each request."),
        ],
    )  # fmt: skip


def _amount(one: Mapping[str, Any]) -> Amount:
    return Amount(one["months"], weeks=one["weeks"], days=one["days"])
