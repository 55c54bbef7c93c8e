"""How a form of a file is laid out: names of the XML beside the members of REST v2.

The names of the XML are those of the official messages where there is one (``CompanyID``, ``INSS``,
``JointCommissionNbr``); the layout around them is ours (contracts/dimona-batch-v1.xsd).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

NAMESPACE: Final = "urn:guichet:dimona:batch:1"
ROOT: Final = "DimonaFile"
FORM: Final = "Form"


@dataclass(frozen=True, slots=True)
class Group:
    """An element with elements inside. ``member``: its name in JSON; ``is_list``: may repeat."""

    member: str
    inside: Mapping[str, Group | Leaf] = field(default_factory=dict)
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element with a text. ``kind``: ``text``, ``whole`` (digits only) or ``number``."""

    member: str
    kind: str = "text"


_MUNICIPALITY: Final = Group("municipality", {"Code": Leaf("code", "whole"), "Name": Leaf("name")})


def _address(member: str = "address") -> Group:
    return Group(
        member,
        {
            "Street": Leaf("street"),
            "HouseNbr": Leaf("houseNumber"),
            "BoxNbr": Leaf("boxNumber"),
            "ZIPCode": Leaf("postCode"),
            "Municipality": _MUNICIPALITY,
            "Country": Leaf("country", "whole"),
        },
    )


_HOURS: Final = {
    "StartingDate": Leaf("startDate"),
    "EndingDate": Leaf("endDate"),
    "StartingHour": Leaf("startHour"),
    "EndingHour": Leaf("endHour"),
    "PlannedHoursNbr": Leaf("plannedHoursNumber", "number"),
    "PlannedDaysNbr": Leaf("plannedDaysNumber", "number"),
}
_PERIOD: Final = {"DimonaPeriodId": Leaf("periodId", "whole")}
_FEATURES: Final = Group(
    "features",
    {
        "JointCommissionNbr": Leaf("jointCommissionNumber"),
        "WorkerType": Leaf("workerType"),
        "SubEntityNbr": Leaf("subEntityNumber"),
        "UsingEmployer": Group(
            "usingEmployer",
            {
                "CompanyID": Leaf("enterpriseNumber"),
                "Name": Leaf("name"),
                "Address": _address(),
                "JointCommissionNbr": Leaf("jointCommissionNumber"),
            },
        ),
    },
)

LAYOUT: Final[Mapping[str, Group]] = {
    "Employer": Group(
        "employer",
        {"CompanyID": Leaf("enterpriseNumber"), "NOSSRegistrationNbr": Leaf("employerId")},
    ),
    "Worker": Group(
        "worker",
        {
            "INSS": Leaf("ssin"),
            "LastName": Leaf("lastName"),
            "FirstName": Leaf("firstName"),
            "Initial": Leaf("initial"),
            "BirthDate": Leaf("birthDate"),
            "BirthPlace": Leaf("placeOfBirth"),
            "BirthCountry": Leaf("countryOfBirth", "whole"),
            "Nationality": Leaf("nationality", "whole"),
            "Gender": Leaf("gender"),
            "Address": _address(),
        },
    ),
    "DimonaIn": Group(
        "dimonaIn",
        {
            **_HOURS,
            "Features": _FEATURES,
            "StudentPlaceOfWork": Group(
                "studentPlaceOfWork", {"Denomination": Leaf("name"), "Address": _address()}
            ),
            "ControlCards": Group(
                "constructionControlCards",
                {
                    "FirstMonthNbr": Leaf("firstMonthNumber"),
                    "NextMonthNbr": Leaf("nextMonthNumber"),
                },
            ),
            "SmallStatutes": Group(
                "smallStatutesInformation",
                {
                    "EmploymentNature": Leaf("employmentNature"),
                    "WorkerStatus": Leaf("workerStatus"),
                    "ActivityWithRisk": Leaf("activityWithRisk"),
                },
            ),
        },
    ),
    "DimonaOut": Group("dimonaOut", {**_PERIOD, "EndingDate": Leaf("endDate")}),
    "DimonaUpdate": Group("dimonaUpdate", {**_PERIOD, **_HOURS}),
    "DimonaCancel": Group("dimonaCancel", _PERIOD),
    "DailyRegistration": Group(
        "dailyRegistration",
        {
            "Status": Leaf("status"),
            **_PERIOD,
            "RegistrationId": Leaf("registrationId", "whole"),
            **{name: leaf for name, leaf in _HOURS.items() if "Planned" not in name},
        },
    ),
    "Reference": Group("references", {"Type": Leaf("type"), "Nbr": Leaf("number")}, is_list=True),
}
