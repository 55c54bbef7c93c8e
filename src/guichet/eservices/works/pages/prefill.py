"""A draft that says what a declaration says, to change it."""

from datetime import date

from guichet.eservices.works.pages.drafts import Draft, Typed
from guichet.kernel.money import Money
from guichet.rules.works.declared import Declaration, Link, Party, Place


def draft_of(*, number: str, version: int, declared: Declaration, is_joined: bool) -> Draft:
    """The draft of a change. ``is_joined``: the site was made by another declaration."""
    return Draft(
        key=number,
        version=version,
        declarant=declared.declarant,
        typed={
            "who": _who(declared),
            "works": _works(declared, is_joined=is_joined),
            "places": {
                "is_mobile": "1" if declared.is_mobile else "0",
                "address_details": declared.address_details,
            },
            "chain": {},
        },
        rows={
            "places": [_place(place) for place in declared.places],
            "chain": [_link(link) for link in declared.chain],
        },
    )


def _who(declared: Declaration) -> Typed:
    principal, contact = declared.principal, declared.contact
    return {
        "principal_kind": _kind(principal),
        "principal_number": principal.number,
        "principal_vat": principal.vat_number,
        "principal_name": principal.name,
        "principal_language": principal.language,
        "contact_first_name": contact.first_name,
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "contact_email": contact.email,
    }


def _kind(party: Party) -> str:
    if party.number or not (party.vat_number or party.is_natural_person):
        return "enterprise"
    return "foreign" if party.vat_number else "person"


def _works(declared: Declaration, *, is_joined: bool) -> Typed:
    typed = {
        "sector": str(declared.sector),
        "work_type": _text(declared.work_type),
        "purpose": "2" if declared.is_continuous else "1",
        "site_name": declared.site_name,
        "site": declared.site if is_joined else "",
        "cents": _euros(declared.cents),
        "signed_on": _day(declared.signed_on),
        "first_day": _day(declared.first_day),
        "last_day": _day(declared.last_day),
        "dangerous": str(declared.dangerous),
        "late_reason": _text(declared.late_reason),
        "own_reference": declared.own_reference,
        "comment": declared.comment,
    }
    return typed | ({"is_cost_plus": "on"} if declared.is_cost_plus else {})


def _place(place: Place) -> Typed:
    names = ("street", "house_number", "box_number", "postcode", "municipality")
    return {name: getattr(place, name) for name in names}


def _link(link: Link) -> Typed:
    return {
        "firm": link.party.identity,
        "name": link.party.name,
        "employer": _text(link.employer),
        "first_day": _day(link.first_day),
        "last_day": _day(link.last_day),
        "cents": _euros(link.cents),
        "known_as": _text(link.known_as),
    }


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _euros(cents: int | None) -> str:
    return "" if cents is None else str(Money(cents))
