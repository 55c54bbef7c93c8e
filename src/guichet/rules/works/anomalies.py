"""What is wrong in a declaration of works, in the anomalies of the message.

``<zone>-<nnn>``: a zone that the office published keeps its number; elsewhere the label of the
message stands for the zone. 001 absent, 003 invalid, 005 forbidden, 008 outside the domain, 014
end before start, 053 not applicable, 093 wrong length, 160 postcode and town, 364 a number is
needed. Source: official glossary 2023/3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain as joined
from typing import Final

from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.verdict import Severity
from guichet.rules.dated import whole
from guichet.rules.works.chains import chain_anomalies
from guichet.rules.works.declared import (
    IMMOVABLE,
    LENGTHS,
    SECTORS,
    WORK_TYPES,
    Agreement,
    Dangerous,
    Declaration,
    Party,
    Place,
)
from guichet.rules.works.finding import Anomaly

DETAILS: Final = "00925"
END: Final = "00928"
LATE: Final = "00931"
TOWN: Final = "90488"
_LARGEST: Final = 10**12 - 1
_SHORTEST_VAT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a rule cannot know by itself.

    ``known``: the enterprise numbers of the declaration that the register has; ``agreements``:
    of each place in order; ``site_fits``: the site number exists and has the same principal.
    """

    filed_on: date
    known: frozenset[str] = frozenset()
    agreements: tuple[Agreement, ...] = ()
    site_fits: bool = True


def anomalies(*, declared: Declaration, facts: Facts) -> tuple[Anomaly, ...]:
    """Everything that is wrong, in the order of the message; empty for a sound declaration."""
    found = joined(
        _global(declared, facts),
        _places(declared, facts),
        _party(declared.principal, "principal", "WorksGlobalProjectOwnerId", facts),
        _contact(declared),
        _contract(declared),
        _days(declared, facts),
        chain_anomalies(declared=declared, filed_on=facts.filed_on),
        joined.from_iterable(
            _party(link.party, f"chain.{at}", "SubcontractorId", facts)
            for at, link in enumerate(declared.chain)
        ),
    )
    return tuple(found)


def is_late(*, declared: Declaration, filed_on: date) -> bool:
    """Whether a declaration comes after the day on which it was due; asbestos is due earlier."""
    if declared.first_day is None:
        return False
    due = declared.first_day
    if declared.dangerous == Dangerous.ASBESTOS:
        due -= timedelta(days=whole("works.asbestos.lead", on=filed_on))
    return filed_on > due


def _global(declared: Declaration, facts: Facts) -> Iterator[Anomaly]:
    if declared.sector not in SECTORS:
        yield Anomaly("WorksGlobalProjectSector-008", "sector")
    if declared.work_type is None and declared.sector == IMMOVABLE:
        yield Anomaly("WorksGlobalProjectType-001", "work_type")
    elif declared.work_type is not None and declared.work_type not in WORK_TYPES:
        yield Anomaly("WorksGlobalProjectType-008", "work_type")
    if not facts.site_fits:
        yield Anomaly("WorksPlaceId-008", "site")
    yield from _too_long(declared, "", "comment", "own_reference")


def _places(declared: Declaration, facts: Facts) -> Iterator[Anomaly]:
    yield from _too_long(declared, "", "address_details")
    is_vague = any(not (place.street and place.house_number) for place in declared.places)
    if (declared.is_mobile or is_vague) and not declared.address_details.strip():
        yield Anomaly(f"{DETAILS}-001", "address_details")
    most = whole("works.places.longest", on=facts.filed_on)
    if not declared.places:
        yield Anomaly("SiteAddress-001", "places")
    elif len(declared.places) > most:
        yield Anomaly("SiteAddress-093", "places", values={"most": most})
    for at, place in enumerate(declared.places):
        agreement = facts.agreements[at] if at < len(facts.agreements) else Agreement.FITS
        yield from _place(place, f"places.{at}", agreement)


def _place(place: Place, path: str, agreement: Agreement) -> Iterator[Anomaly]:
    if not place.postcode:
        yield Anomaly("ZIPCode-001", f"{path}.postcode")
    if not place.municipality:
        yield Anomaly("City-001", f"{path}.municipality")
    if place.country != "BE":
        yield Anomaly("Country-008", f"{path}.country")
    elif place.postcode and place.municipality and agreement is not Agreement.FITS:
        # Parts of a municipality have names that our list does not hold: those only warn.
        severity = Severity.BLOCK if agreement is Agreement.ELSEWHERE else Severity.WARN
        values = {"postcode": place.postcode, "town": place.municipality}
        yield Anomaly(f"{TOWN}-160", f"{path}.postcode", severity, values)
    yield from _too_long(
        place, path, "street", "house_number", "box_number", "postcode", "municipality"
    )


def _party(party: Party, path: str, block: str, facts: Facts) -> Iterator[Anomaly]:
    if party.number:
        if not _is_number(party.number):
            yield Anomaly("CompanyID-003", f"{path}.number")
        elif party.number not in facts.known:
            yield Anomaly("CompanyID-008", f"{path}.number")
        return
    if party.vat_number:
        if not _is_vat(party.vat_number):
            yield Anomaly("VATNbr-003", f"{path}.vat_number")
    elif not party.is_natural_person:
        yield Anomaly(f"{block}-364", f"{path}.number")
        return
    yield from _name(party, path)


def _name(party: Party, path: str) -> Iterator[Anomaly]:
    if not party.name.strip():
        yield Anomaly("Denomination-001", f"{path}.name")
    label, most = LENGTHS["party.name"]
    if len(party.name) > most:
        yield Anomaly(f"{label}-093", f"{path}.name", values={"most": most})


def _contact(declared: Declaration) -> Iterator[Anomaly]:
    for name, label in (("name", "Name"), ("first_name", "FirstName"), ("phone", "PhoneNbr")):
        if not getattr(declared.contact, name).strip():
            yield Anomaly(f"{label}-001", f"contact.{name}")
    for name in ("name", "first_name", "phone", "email"):
        label, most = LENGTHS[f"contact.{name}"]
        if len(getattr(declared.contact, name)) > most:
            yield Anomaly(f"{label}-093", f"contact.{name}", values={"most": most})


def _contract(declared: Declaration) -> Iterator[Anomaly]:
    cents = declared.cents
    if cents is None:
        yield Anomaly("WorksContractTotalCost-001", "cents")
    elif cents < 0 or (cents == 0 and not declared.is_cost_plus):
        yield Anomaly("WorksContractTotalCost-008", "cents")
    elif cents > _LARGEST:
        yield Anomaly("WorksContractTotalCost-093", "cents", values={"most": 10})
    if declared.dangerous not in tuple(Dangerous):
        yield Anomaly("DangerousConstrWorkNature-008", "dangerous")


def _days(declared: Declaration, facts: Facts) -> Iterator[Anomaly]:
    first, last = declared.first_day, declared.last_day
    if first is None:
        yield Anomaly("WorksContractStartDate-001", "first_day")
    if last is None:
        yield Anomaly(f"{END}-001", "last_day")
    if first is not None and last is not None:
        yield from _order(declared, first, last, facts)
    signed = declared.signed_on
    if signed is not None and first is not None and signed > first:
        yield Anomaly("ContractSignatureDate-008", "signed_on")
    if is_late(declared=declared, filed_on=facts.filed_on):
        yield from _reason(declared)


def _order(declared: Declaration, first: date, last: date, facts: Facts) -> Iterator[Anomaly]:
    if last < first:
        yield Anomaly(f"{END}-014", "last_day")
    elif declared.is_continuous:
        years = whole("works.continuous.longest", on=facts.filed_on)
        if last > _years_after(first, years):
            yield Anomaly(f"{END}-008", "last_day", values={"years": years})


def _reason(declared: Declaration) -> Iterator[Anomaly]:
    if declared.late_reason is None:
        yield Anomaly(f"{LATE}-001", "late_reason")
    elif declared.late_reason not in (0, 1):
        yield Anomaly(f"{LATE}-008", "late_reason")
    elif declared.late_reason == 1 and not declared.comment.strip():
        yield Anomaly("Comment-001", "comment", Severity.WARN)


def _too_long(holder: object, path: str, *names: str) -> Iterator[Anomaly]:
    for name in names:
        label, most = LENGTHS[name]
        if len(getattr(holder, name)) > most:
            where = f"{path}.{name}" if path else name
            yield Anomaly(f"{label}-093", where, values={"most": most})


def _is_number(text: str) -> bool:
    try:
        EnterpriseNumber.parse(text)
    except InvalidEnterpriseNumber:
        return False
    return True


def _is_vat(text: str) -> bool:
    most = LENGTHS["party.vat_number"][1]
    is_plain = text.isascii() and text.isalnum() and text == text.upper()
    has_country = text[:2].isalpha() and text[:2] != "BE"
    return is_plain and has_country and _SHORTEST_VAT <= len(text) <= most


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
