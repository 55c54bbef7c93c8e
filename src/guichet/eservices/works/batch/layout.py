"""How a form of a file is laid out. The names are those of the official message; the layout around
them is ours (contracts/works-batch-v1.xsd).

An element with a text is an empty mapping; ``REPEATED`` may stand several times in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

NAMESPACE: Final = "urn:guichet:works:batch:1"
ROOT: Final = "WorksFile"
FORM: Final = "Form"
REPEATED: Final = frozenset({"SiteAddress", "SubcontractorId"})
Layout = Mapping[str, Any]

_PARTY: Final[Layout] = {
    "CompanyID": {},
    "VATNbr": {},
    "IsNaturalPerson": {},
    "Denomination": {},
    "LanguagePreference": {},
}
LAYOUT: Final[Layout] = {
    "FormCreationDate": {},
    "AVWDDTId": {},
    "CancellationReason": {},
    "WorksGlobalProject": {
        "WorksPlaceId": {},
        "Denomination": {},
        "WorksGlobalProjectSector": {},
        "WorksGlobalProjectPurpose": {},
        "WorksGlobalProjectType": {},
        "WorksGlobalProjectMobilityNotion": {},
        "AddressDetails": {},
        "SiteAddress": {
            "Street": {},
            "HouseNbr": {},
            "PostBox": {},
            "ZIPCode": {},
            "City": {},
            "Country": {},
        },
    },
    "WorksGlobalProjectOwnerId": _PARTY,
    "WorksContractDeclarantId": {"CompanyID": {}},
    "WorksContract": {
        "WorksContractTotalCost": {},
        "CostPlusContractNotion": {},
        "ContractSignatureDate": {},
        "WorksContractStartDate": {},
        "WorksContractEndDate": {},
        "ReferenceNbr": {},
        "LateWorksContractDeclReason": {},
        "DangerousConstrWorkNature": {},
        "Comment": {},
    },
    "CoordinatesContactPerson": {
        "Name": {},
        "FirstName": {},
        "PhoneNbr": {},
        "EmailAddress": {},
    },
    "SubcontractorId": {
        **_PARTY,
        "SubcontractorActivityInfo": {
            "InterventionStartDate": {},
            "InterventionEndDate": {},
            "DangerousConstrWorkNature": {},
            "SubcontractorEmployerId": {"CompanyID": {}, "VATNbr": {}},
        },
    },
}
