"""The receipt of a card, a sealed document with every day as it was sent; its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from guichet.audit.actors import Actor, system
from guichet.documents.operations import Recipient, issue
from guichet.documents.queries import sealed_pdf
from guichet.eservices.temporary_unemployment.cards import telling, words
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.models import Sending
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.kernel.niss import Niss
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.platform.db import transaction
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.card_days import CardDay, counts
from guichet.rules.temporary_unemployment.card_sending import Early, exclusion

KIND: Final = "temporary_unemployment.card"
ACTOR: Final[Actor] = system("temporaryUnemployment.cards")
_TEMPLATE: Final = "temporary-unemployment-card"


def issue_receipt(*, made: Sending, days: Sequence[CardDay], actor: Actor, now: datetime) -> str:
    """Ask for the document in the caller's transaction; its reference."""
    with override(made.language):
        return issue(
            template=_TEMPLATE,
            data=_content(made, days),
            language=made.language,
            title=title(made),
            recipient=Recipient(niss=made.card.person.niss),
            kind=KIND,
            actor=actor,
            now=now,
            then="temporary_unemployment_cards.deliver",
        )


def deliver(*, document: str, now: datetime) -> None:
    """Put a sealed receipt in the worker's e-Box, which keeps one however often it comes."""
    rows = Sending.objects.select_related("card__person", "card__employer")
    made, pdf = rows.filter(document=document).first(), sealed_pdf(reference=document)
    if made is None or pdf is None:
        return
    with transaction(), override(made.language):
        telling.sent(made, pdf, title=title(made))


def title(made: Sending) -> str:
    """What the document is called, in the language of the moment."""
    month = f"{wording.month_name(made.card.month)} {made.card.month.year}"
    return _("Control card eC3.2, %(month)s") % {"month": month}


def _content(made: Sending, days: Sequence[CardDay]) -> dict[str, Any]:
    number = TicketNumber(made.ticket).formatted()
    late = [one["day"] for one in made.content["days"] if one["late"]]
    least, most = exclusion(made.card.month)
    rows = [[wording.long_day(one.day, year=False), _sign(one), _said(one, late)] for one in days]
    return {
        "title": title(made),
        "number": number,
        "number_label": _("Ticket number"),
        "sections": [
            {"title": _("The card"), "facts": _facts(made)},
            {"title": _("Days by kind"), "facts": _counted(days)},
        ],
        "days": {
            "caption": _("Every day"),
            "head": [
                pgettext("control card", "Day"), pgettext("control card", "Sign"),
                _("What was marked"),
            ],
            "widths": [3, 1, 6],
            "numeric": [],
            "rows": rows,
        },
        "text": _(
            "Keep this receipt. Whoever fills in his card wrongly can lose his allowances for "
            "%(least)d to %(most)d weeks (Royal Decree of 25 November 1991, art. 154)."
        ) % {"least": least, "most": most},
    }  # fmt: skip


def _facts(made: Sending) -> list[list[str]]:
    card = made.card
    names = enterprises.names(numbers=[card.employer.number], language=made.language)
    firm = EnterpriseNumber.parse(card.employer.number).formatted()
    facts = [
        (_("Sent"), wording.moment(made.sent_at)),
        (_("Name"), f"{card.person.given_name} {card.person.family_name}"),
        (_("National number"), Niss(card.person.niss).formatted()),
        (_("Employer"), f"{names.get(card.employer.number, '')} {firm}".strip()),
        (_("Joint committee"), made.content["committee"]),
        (_("Payment body"), str(words.BODIES[Body(made.body)])),
        (_("Version"), str(made.version)),
        (_("Reason of the correction"), made.reason),
        (_("Sent early"), str(words.EARLY.get(Early(made.early), ""))),
        (_("Letter of ONEM"), made.permission),
    ]
    return [[label, text] for label, text in facts if text]


def _counted(days: Sequence[CardDay]) -> list[list[str]]:
    found = counts(days)
    return [
        [str(words.STATES[state]), str(found[state])] for state in words.STATES if state in found
    ]


def _said(one: CardDay, late: Sequence[str]) -> str:
    parts = [_("no mark, day off") if _is_rest(one) else str(words.STATES[one.state])]
    if one.is_first:
        parts.append(_("first effective day"))
    if one.day.isoformat() in late:
        parts.append(_("marked after the work began"))
    return ", ".join(parts)


def _sign(one: CardDay) -> str:
    return "" if _is_rest(one) else words.SIGNS[one.state]


def _is_rest(one: CardDay) -> bool:
    """A Saturday, a Sunday or a holiday that nobody marked: it counts for nothing."""
    return one.is_applicable and not one.is_working and not one.is_marked
