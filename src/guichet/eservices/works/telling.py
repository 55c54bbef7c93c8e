"""What the parties of a declaration are told: a job each, in the transaction of what happened.

Enterprises get a message in their e-Box, the contact person a mail when he left an address. A
message names firms, places and days, and no worker.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.ebox import senders
from guichet.eservices.works.content import declared_of
from guichet.eservices.works.models import Declaration
from guichet.platform import post, wording
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.works import queries as works
from guichet.rules.works import declared as rules

_TYPE: Final = "works.declaration"
_APPLICATION: Final = "works"
# Subject and body of a message, made in the language of who reads it.
Said = Callable[[], tuple[str, str]]


def sender_number() -> str:
    """The organisation that sends the messages; empty where none is connected to the e-Box."""
    return senders.number_of(_APPLICATION)


def filed(row: Declaration, *, is_obliged: bool, now: datetime) -> None:
    """A declaration was filed: numbers, days, and whether people register."""
    declared = declared_of(row.content)

    def said() -> tuple[str, str]:
        subject = _("Works declared: %(name)s") % {"name": row.name}
        return subject, _body(row, _obligation(is_obliged=is_obliged))

    _tell(row, parties(declared), said, now=now)


def changed(
    row: Declaration, *, former: rules.Declaration, is_obliged: bool, now: datetime
) -> None:
    """A declaration changed; who left the chain is told as well."""
    everybody = [*parties(declared_of(row.content)), *parties(former)]

    def said() -> tuple[str, str]:
        subject = _("Declaration of works changed: %(name)s") % {"name": row.name}
        return subject, _body(row, _obligation(is_obliged=is_obliged))

    _tell(row, everybody, said, now=now)


def cancelled(row: Declaration, *, now: datetime) -> None:
    """A declaration was cancelled."""

    def said() -> tuple[str, str]:
        subject = _("Declaration of works cancelled: %(name)s") % {"name": row.name}
        return subject, _body(row, _("These works are not declared any more."))

    _tell(row, parties(declared_of(row.content)), said, now=now)


def obligation(reference: str, *, is_obliged: bool, but: str, now: datetime) -> None:
    """A site became obliged, or no longer is, by what was declared of it.

    All parties of all its declarations are told; those of ``but`` heard it already.
    """
    rows = Declaration.objects.filter(site_reference=reference, state="active")
    for row in rows.exclude(number=but):

        def said(row: Declaration = row) -> tuple[str, str]:
            if is_obliged:
                subject = _("Presences are registered from now on: %(name)s") % {"name": row.name}
            else:
                subject = _("Presences need not be registered: %(name)s") % {"name": row.name}
            return subject, _body(row, _obligation(is_obliged=is_obliged))

        everybody = parties(declared_of(row.content))
        _tell(row, everybody, said, now=now, mark=f"obligation-{now:%Y%m%d%H%M%S%f}")


def parties(declared: rules.Declaration) -> list[str]:
    """The enterprise numbers of declarant, principal and subcontractors, each once."""
    links = (link.party.number for link in declared.chain)
    found = (declared.declarant, declared.principal.number, *links)
    return [number for number in dict.fromkeys(found) if number]


def _tell(
    row: Declaration, numbers: Iterable[str], said: Said, *, now: datetime, mark: str = ""
) -> None:
    sender = sender_number()
    languages = _languages([*numbers])
    for number, language in languages.items() if sender else ():
        with override(language):
            subject, body = said()
        app.configure_task(name="ebox.publish").defer(
            sender_number=sender,
            reference=f"works-{row.number}-{mark or row.version}-{number}",
            message_type=_TYPE,
            language=language,
            subject=subject[:200],
            body=body,
            application=_APPLICATION,
            enterprise_number=number,
        )
    contact = declared_of(row.content).contact
    if contact.email:
        language = languages.get(row.declarant.number, "nl")
        with override(language):
            subject, body = said()
        post.mail(to=contact.email, subject=subject, body=body, now=now, language=language)


def _languages(numbers: list[str]) -> dict[str, str]:
    known = {number: enterprises.enterprise(number=number) for number in dict.fromkeys(numbers)}
    return {number: one.language for number, one in known.items() if one is not None}


def _body(row: Declaration, last: str) -> str:
    declared = declared_of(row.content)
    site = works.site(reference=row.site_reference)
    addresses = [one.address.in_one_line() for one in site.addresses] if site else []
    until = wording.day(row.last_day) if row.last_day else _("no end declared")
    lines = [
        _("Declaration: %(number)s") % {"number": row.number},
        _("Site number for presences: %(number)s") % {"number": row.site_reference},
        _("Place: %(place)s") % {"place": "; ".join(addresses) or declared.address_details},
        _("Days: %(first)s to %(last)s") % {"first": wording.day(row.first_day), "last": until},
    ]
    here = f"{settings.ENVIRONMENT.url}{reverse('poster:site', args=[row.site_reference])}"
    where = _("Address that stands on the poster: %(place)s") % {"place": here}
    return "\n\n".join(("\n".join(lines), last, where))


def _obligation(*, is_obliged: bool) -> str:
    if is_obliged:
        return _(
            "Everybody who works there registers his presence before he begins, under this site "
            "number."
        )
    return _("Presences need not be registered on this site.")
