"""What the letter of a decision says, in the language that the caller chose: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guichet.documents import bars
from guichet.eservices.temporary_unemployment import words as service
from guichet.eservices.temporary_unemployment.models import Communication, Line
from guichet.eservices.temporary_unemployment.office.content import share_of
from guichet.eservices.temporary_unemployment.office.models import Decision
from guichet.kernel.ticket import TicketNumber
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.decisions import (
    Code,
    Result,
    available_from,
    meaning,
    result_word,
)
from guichet.rules.temporary_unemployment.office_contacts import contact
from guichet.rules.temporary_unemployment.proposing import Share

TEMPLATE: Final = "temporary-unemployment-decision"
_SITES: Final = {"fr": "www.onem.be", "nl": "www.rva.be", "de": "www.lfa.be", "en": "www.onem.be"}


def title(number: str) -> str:
    """The title of the letter."""
    return _("Decision on temporary unemployment %(number)s") % {"number": number}


def decision(decided: Decision, lines: Sequence[Line]) -> dict[str, Any]:
    """The whole letter."""
    row, content = decided.communication, decided.content
    return {
        "title": title(decided.number),
        "office": _office(row),
        "window": _window(row, decided.language),
        "facts": _facts(decided),
        "object_title": pgettext("letter", "Object"),
        "object": _object(row, decided.language),
        "result_title": _("What we decided"),
        "result": [service.said(result_word(Result(decided.result))), content["sentence"]],
        "replaces": content["replaces"],
        "workers": _workers(decided, lines),
        "section": _("Section: %(name)s") % {"name": row.section} if row.section else "",
        "why_title": _("Why"),
        "why": content["why"],
        "days_title": _("The days that were compared"),
        "days": content["days"],
        "text": [line for line in content["text"].splitlines() if line.strip()],
        "wages_title": _("What it means for wages"),
        "wages": content["wages"],
        "now_title": _("What you can do now"),
        "now": content["now"],
        "appeal_title": _("If you do not agree"),
        "appeal": content["appeal"],
        "ticket_title": _("Ticket of the communication"),
        "ticket": TicketNumber(row.ticket).formatted(),
        "bars": bars.drawing(row.ticket),
        "bars_alt": _("Bar code of ticket %(ticket)s")
        % {"ticket": TicketNumber(row.ticket).formatted()},
    }


def message(decided: Decision) -> tuple[str, str]:
    """Subject and text of the message: no worker, no result."""
    number = TicketNumber(decided.communication.ticket).formatted()
    body = _("ONEM decided on communication %(ticket)s. The letter is attached.")
    return title(decided.number), body % {"ticket": number}


def file_name(decided: Decision) -> str:
    """``decision_05W00000017BZ_FR.pdf``; a revision carries its version too."""
    version = "" if decided.version == 1 else f"_{decided.version}"
    return f"decision_{decided.communication.ticket}_{decided.language.upper()}{version}.pdf"


def masked(niss: str) -> str:
    """``85.07.30-***-28``: enough to know one's own worker by."""
    return f"{niss[:2]}.{niss[2:4]}.{niss[4:6]}-***-{niss[9:]}"


def share_words(one: Share) -> str:
    """What was decided of one worker."""
    said = service.said(result_word(one.result))
    if one.result is Result.REFUSED or one.accepted_from is None:
        return said
    if one.accepted_until is None:
        return _("%(result)s from %(day)s") % {
            "result": said, "day": wording.day(one.accepted_from),
        }  # fmt: skip
    return _("%(result)s from %(first)s to %(last)s") % {
        "result": said,
        "first": wording.day(one.accepted_from),
        "last": wording.day(one.accepted_until),
    }


def code_words(code: Code) -> str:
    """``R02 The expected communication came late``."""
    return f"{code} {service.said(meaning(code).name)}"


def _office(row: Communication) -> str:
    name = service.office(row.office)
    if not name:
        return _("National Employment Office (ONEM)")
    return _("National Employment Office (ONEM), office of %(name)s") % {"name": name}


def _facts(decided: Decision) -> list[tuple[str, str]]:
    row = decided.communication
    names = enterprises.names(numbers=[row.employer.number], language=decided.language)
    told = [
        (_("Decision"), decided.number),
        (_("Date of the decision"), wording.day(decided.decided_on)),
        (_("Can be read from"), wording.day(available_from(decided.decided_on))),
        (_("Employer"), names.get(row.employer.number, "")),
        (_("Enterprise number"), _enterprise(row.employer.number)),
    ]
    if row.employer.onss_number:
        told.append((_("ONSS number"), row.employer.onss_number))
    return [*told, (_("Establishment unit"), row.establishment), *_reach(decided)]


def _reach(decided: Decision) -> list[tuple[str, str]]:
    """How the office is reached: a sealed letter never names an address that nobody verified."""
    code = decided.communication.office
    found = contact(code, on=decided.decided_on) if code else None
    if found is None or not found.is_verified:
        where = _("in the list of offices on %(site)s") % {"site": _SITES[decided.language]}
        return [(_("Address and phone of the office"), where)]
    return [
        (_("Address of the office"), f"{found.street}, {found.town}"),
        (_("Phone of the office"), found.phone),
    ]


def _object(row: Communication, language: str) -> list[tuple[str, str]]:
    told = [
        (_("Communication"), service.kind(row.kind)),
        (_("Reason"), service.reason(row.reason)),
        (_("Received on"), wording.moment(row.received_at)),
    ]
    if row.first_day is not None:
        told.append((_("Announced period"), _period(row.first_day, row.last_day)))
    if row.regime:
        told.append((_("Régime"), service.regime(row.regime)))
    if row.own_reference:
        told.append((_("Your reference"), row.own_reference))
    return told


def _workers(decided: Decision, lines: Sequence[Line]) -> dict[str, Any] | None:
    if not lines:
        return None
    apart = {one.line: one for one in map(share_of, decided.shares)}
    whole = Share(
        line=0, result=Result(decided.result), accepted_from=decided.accepted_from,
        accepted_until=decided.accepted_until,
    )  # fmt: skip
    rows = []
    for line in lines:
        share = apart.get(line.number, whole)
        code = f" ({share.code})" if share.code else ""
        rows.append(
            [
                f"{line.family_name} {line.given_name}".strip(),
                masked(line.niss),
                wording.day(line.first_day) if line.first_day else "",
                share_words(share) + code,
            ]
        )
    return {
        "caption": _("Workers"),
        "head": [_("Name"), _("National number"), _("First day"), pgettext("decision", "Result")],
        "rows": rows,
        "widths": [4, 3, 2, 5],
        "numeric": [],
    }


def _window(row: Communication, language: str) -> list[str]:
    firm = row.employer
    names = enterprises.names(numbers=[firm.number], language=language)
    lines = (
        names.get(firm.number, ""),
        f"{firm.street} {firm.house_number} {firm.box_number}",
        f"{firm.postcode} {firm.municipality}",
        firm.country if firm.country != "BE" else "",
    )
    return [" ".join(line.split()) for line in lines if line.strip()]


def _enterprise(number: str) -> str:
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def _period(first: date, last: date | None) -> str:
    if last is None:
        return _("from %(day)s") % {"day": wording.day(first)}
    return _("from %(first)s to %(last)s") % {
        "first": wording.day(first), "last": wording.day(last),
    }  # fmt: skip
