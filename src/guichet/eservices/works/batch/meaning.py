"""What the texts of a form mean: a declaration, and what could not be read. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.money import InvalidAmount, Money
from guichet.rules.works.declared import Contact, Declaration, Link, Party, Place
from guichet.rules.works.finding import Anomaly

_LANGUAGES = {"1": "nl", "2": "fr", "3": "de", "4": "en"}


def declarant_of(found: dict[str, Any]) -> str:
    """The enterprise number of the declarant, ten digits where it can be read."""
    return _number(found.get("WorksContractDeclarantId", {}).get("CompanyID", ""))


def declared(found: dict[str, Any]) -> tuple[Declaration, list[Anomaly]]:
    """The declaration of a form, and an anomaly for each text that is no day, number or amount."""
    reader = _Texts()
    project = found.get("WorksGlobalProject", {})
    contract = found.get("WorksContract", {})
    person = found.get("CoordinatesContactPerson", {})
    declarant = declarant_of(found)
    made = Declaration(
        declarant=declarant,
        site=project.get("WorksPlaceId", "").upper(),
        site_name=project.get("Denomination", ""),
        sector=reader.whole(project, "WorksGlobalProjectSector", "sector") or 0,
        work_type=reader.whole(project, "WorksGlobalProjectType", "work_type"),
        is_continuous=project.get("WorksGlobalProjectPurpose") == "2",
        is_mobile=project.get("WorksGlobalProjectMobilityNotion") == "1",
        address_details=project.get("AddressDetails", ""),
        places=tuple(_place(one) for one in project.get("SiteAddress", [])),
        principal=_party(found.get("WorksGlobalProjectOwnerId", {})),
        contact=Contact(
            first_name=person.get("FirstName", ""),
            name=person.get("Name", ""),
            phone=person.get("PhoneNbr", ""),
            email=person.get("EmailAddress", ""),
        ),
        cents=reader.cents(contract, "WorksContractTotalCost", "cents"),
        is_cost_plus=contract.get("CostPlusContractNotion") == "1",
        signed_on=reader.day(contract, "ContractSignatureDate", "signed_on"),
        first_day=reader.day(contract, "WorksContractStartDate", "first_day"),
        last_day=reader.day(contract, "WorksContractEndDate", "last_day"),
        late_reason=reader.whole(contract, "LateWorksContractDeclReason", "late_reason"),
        dangerous=reader.whole(contract, "DangerousConstrWorkNature", "dangerous") or 0,
        comment=contract.get("Comment", ""),
        own_reference=contract.get("ReferenceNbr", ""),
        chain=_chain(found.get("SubcontractorId", []), declarant, reader),
    )
    return made, reader.faults


def created_on(found: dict[str, Any], *, today: date) -> list[Anomaly]:
    """A form is of this year or the last one, and not of the future; it may leave the day out."""
    reader = _Texts()
    day = reader.day(found, "FormCreationDate", "form")
    if day is not None and (day > today or day.year < today.year - 1):
        return [Anomaly("FormCreationDate-008", "form")]
    return reader.faults


class _Texts:
    """Reads texts, and keeps an anomaly for each that it could not read."""

    def __init__(self) -> None:
        self.faults: list[Anomaly] = []

    def day(self, holder: dict[str, Any], name: str, field: str) -> date | None:
        text = holder.get(name, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.faults.append(Anomaly(f"{name}-003", field))
            return None

    def whole(self, holder: dict[str, Any], name: str, field: str) -> int | None:
        text = holder.get(name, "")
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 4:  # codes are short
            return int(text)
        self.faults.append(Anomaly(f"{name}-003", field))
        return None

    def cents(self, holder: dict[str, Any], name: str, field: str) -> int | None:
        text = holder.get(name, "")
        try:
            return Money.parse(text).cents if text else None
        except InvalidAmount:
            self.faults.append(Anomaly(f"{name}-003", field))
            return None


def _chain(every: list[Any], declarant: str, reader: _Texts) -> tuple[Link, ...]:
    """An employer is looked for among those who stand earlier; one who does not is no employer."""
    places: dict[str, int] = {}
    links = []
    for at, one in enumerate(every):
        info = one.get("SubcontractorActivityInfo", {})
        above = _party(info.get("SubcontractorEmployerId", {})).identity
        links.append(
            Link(
                party=_party(one),
                employer=None if above == declarant else places.get(above, at),
                first_day=reader.day(info, "InterventionStartDate", f"chain.{at}.first_day"),
                last_day=reader.day(info, "InterventionEndDate", f"chain.{at}.last_day"),
                dangerous=reader.whole(info, "DangerousConstrWorkNature", f"chain.{at}.dangerous")
                or 0,
            )
        )
        if links[-1].party.identity:
            places[links[-1].party.identity] = at
    return tuple(links)


def _party(found: dict[str, Any]) -> Party:
    return Party(
        number=_number(found.get("CompanyID", "")),
        vat_number=found.get("VATNbr", "").upper(),
        is_natural_person=found.get("IsNaturalPerson") == "1",
        name=found.get("Denomination", ""),
        language=_LANGUAGES.get(found.get("LanguagePreference", ""), "nl"),
    )


def _place(found: dict[str, Any]) -> Place:
    return Place(
        street=found.get("Street", ""),
        house_number=found.get("HouseNbr", ""),
        box_number=found.get("PostBox", ""),
        postcode=found.get("ZIPCode", ""),
        municipality=found.get("City", ""),
        country=found.get("Country", "") or "BE",
    )


def _number(text: str) -> str:
    try:
        return EnterpriseNumber.parse(text).digits
    except InvalidEnterpriseNumber:
        return text
