"""Sectors, kinds of works, reasons and anomalies in words.

Each anomaly says what is wrong and how to repair it, in one or two sentences.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.kernel.verdict import Finding
from guichet.platform import wording
from guichet.rules.works.declared import LENGTHS
from guichet.rules.works.finding import Anomaly

SECTORS: Final[dict[int, Promise]] = {
    1: gettext_lazy("Works on immovables, cleaning included"),
    2: gettext_lazy("Guarding and surveillance"),
    3: gettext_lazy("Meat"),
}
WORK_TYPES: Final[dict[int, Promise]] = {
    1: gettext_lazy("Building"),
    2: gettext_lazy("Fitting out"),
    3: gettext_lazy("Demolition"),
    4: gettext_lazy("Conversion"),
    5: gettext_lazy("Repair"),
    6: gettext_lazy("Finishing"),
    7: gettext_lazy("Upkeep"),
    8: gettext_lazy("Cleaning"),
    99: gettext_lazy("Other works"),
}
DANGEROUS: Final[dict[int, Promise]] = {
    0: gettext_lazy("No dangerous works"),
    1: gettext_lazy("Asbestos"),
    9: gettext_lazy("Other dangerous works"),
}
STATES: Final[dict[str, Promise]] = {
    "active": pgettext_lazy("declaration of works", "In force"),
    "cancelled": pgettext_lazy("declaration of works", "Cancelled"),
}
LOOKS: Final = {"active": "registered", "cancelled": "cancelled"}
EVENTS: Final[dict[str, Promise]] = {
    "filed": gettext_lazy("Declaration filed"),
    "changed": gettext_lazy("Declaration changed"),
    "cancelled": gettext_lazy("Declaration cancelled"),
    "taken_over": gettext_lazy("Taken over from the register"),
}
CHANNELS: Final[dict[str, Promise]] = {
    "portal": gettext_lazy("on the portal"),
    "file": gettext_lazy("in a file"),
    "register": gettext_lazy("by the register"),
}

_TOO_LONG: Final = gettext_lazy("At most %(most)s signs fit here: make it shorter.")
_UNREADABLE: Final = gettext_lazy("This text is no day, number or amount as messages write it.")
_ANOMALIES: Final[dict[str, Promise]] = {
    "WorksGlobalProjectSector-008": gettext_lazy("Choose one of the three sectors."),
    "WorksGlobalProjectSector-005": gettext_lazy(
        "The sector and the site of a declaration do not change. Cancel it and file another one."
    ),
    "WorksGlobalProjectType-001": gettext_lazy("Choose the kind of works."),
    "WorksGlobalProjectType-008": gettext_lazy("Choose a kind of works of the list."),
    "WorksGlobalProjectType-005": gettext_lazy(
        "Cleaning does not become another kind of works, nor the other way round: other rules for "
        "presences hold there. Cancel the declaration and file another one."
    ),
    "Form-003": gettext_lazy(
        "An element does not belong there, stands there twice, or is too long. Compare the form "
        "with the schema."
    ),
    "FormCreationDate-008": gettext_lazy("A form is of this year or the last one."),
    "WorksContractDeclarantId-005": gettext_lazy("You hold no mandate of this declarant."),
    "00941-008": gettext_lazy("No declaration in force of this declarant has this number."),
    "WorksPlaceId-008": gettext_lazy(
        "No site of this principal with this kind of works has this number. Leave the number "
        "empty to get a new site."
    ),
    "00925-001": gettext_lazy(
        "Describe where the works are: a street or a number is missing, or the works move."
    ),
    "SiteAddress-001": gettext_lazy("Give at least one address; for a route, its first point."),
    "SiteAddress-093": gettext_lazy(
        "At most %(most)s addresses fit in one declaration: file a second one."
    ),
    "ZIPCode-001": gettext_lazy("Enter the postcode."),
    "City-001": gettext_lazy("Enter the town."),
    "Country-008": gettext_lazy("Works abroad are not declared here. Only places in Belgium."),
    "90488-160": gettext_lazy(
        "The postcode %(postcode)s does not belong to %(town)s: compare them."
    ),
    "CompanyID-003": gettext_lazy(
        "This is no enterprise number: ten digits, the first one 0 or 1, for instance "
        "0712.345.630. Look for a typing slip."
    ),
    "CompanyID-008": gettext_lazy("The register of enterprises does not know this number."),
    "VATNbr-003": gettext_lazy(
        "A foreign VAT number begins with the two letters of its country, for instance "
        "PL0000000000. A Belgian firm has an enterprise number."
    ),
    "WorksGlobalProjectOwnerId-364": gettext_lazy(
        "Enter the enterprise number of the principal, or say that it is a natural person or a "
        "foreign firm."
    ),
    "SubcontractorId-364": gettext_lazy(
        "Enter the enterprise number of the subcontractor, or the VAT number of a foreign firm."
    ),
    "SubcontractorId-003": gettext_lazy(
        "This subcontractor already stands in the chain for the same employer on these days."
    ),
    "SubcontractorId-093": gettext_lazy("At most %(most)s subcontractors fit in one declaration."),
    "Denomination-001": gettext_lazy("Enter the name: there is no enterprise number that says it."),
    "Name-001": gettext_lazy("Enter the family name of the contact person."),
    "FirstName-001": gettext_lazy("Enter the first name of the contact person."),
    "PhoneNbr-001": gettext_lazy("Enter a telephone number of the contact person."),
    "WorksContractTotalCost-001": gettext_lazy("Enter the amount of the contract, without VAT."),
    "WorksContractTotalCost-008": gettext_lazy(
        "The amount is above zero, unless the works are paid by cost-plus."
    ),
    "WorksContractTotalCost-093": gettext_lazy(
        "An amount has at most %(most)s digits before the comma."
    ),
    "DangerousConstrWorkNature-008": gettext_lazy("Choose one of the three answers."),
    "WorksContractStartDate-001": gettext_lazy("Enter the day on which the works begin."),
    "00928-001": gettext_lazy("Enter the day on which the works end, as far as it is known."),
    "00928-014": gettext_lazy("The works end before they begin: correct one of the two days."),
    "00928-008": gettext_lazy(
        "Continuous works are declared for at most %(years)s years: end them earlier."
    ),
    "ContractSignatureDate-008": gettext_lazy("A contract is signed before the works begin."),
    "00931-001": gettext_lazy(
        "This declaration is late: works are declared before they begin, asbestos fourteen days "
        "before. Say whether there is a reason."
    ),
    "00931-008": gettext_lazy("Say yes or no."),
    "Comment-001": gettext_lazy(
        "Write the reason in the comment: the office asks for it otherwise."
    ),
    "90573-003": gettext_lazy(
        "The employer of a subcontractor is the declarant, or another subcontractor that stands "
        "earlier in the list. Choose him, or move him up."
    ),
    "SubcontractorActivityInfo-008": gettext_lazy("An amount is not below zero."),
    "InterventionStartDate-001": gettext_lazy("Enter the day on which the subcontractor begins."),
    "InterventionStartDate-008": gettext_lazy(
        "The subcontractor works outside the days of the contract: correct one of the two."
    ),
    "InterventionStartDate-053": gettext_lazy(
        "The subcontractor has begun already: he should have been declared before."
    ),
    "InterventionEndDate-014": gettext_lazy(
        "The subcontractor ends before he begins: correct one day."
    ),
    "InterventionEndDate-008": gettext_lazy(
        "The subcontractor goes on after the end of the contract."
    ),
}
# Where a sentence shows values that are not kept: of the same anomaly, without them.
_WITHOUT_VALUES: Final[dict[str, Promise]] = {
    "90488-160": gettext_lazy("The postcode does not belong to the town: compare them."),
    "00928-008": gettext_lazy("Continuous works are declared for a few years only: end earlier."),
    "SiteAddress-093": gettext_lazy("Too many addresses for one declaration: file a second one."),
    "SubcontractorId-093": gettext_lazy("Too many subcontractors for one declaration."),
    "WorksContractTotalCost-093": gettext_lazy("The amount has too many digits."),
}
_REASONS: Final[dict[str, Promise]] = {
    "works.needed.meat": gettext_lazy("Works in the meat sector are declared whatever the amount."),
    "works.needed.amount": gettext_lazy(
        "The contract amounts to %(cents)s, and works are declared from %(bound)s, even without "
        "a subcontractor."
    ),
    "works.exempt.amount": gettext_lazy(
        "There is no subcontractor, and the contract amounts to %(cents)s: less than %(bound)s."
    ),
    "works.needed.one": gettext_lazy(
        "There is one subcontractor, and the contract amounts to %(cents)s: with a subcontractor, "
        "works are declared from %(bound)s."
    ),
    "works.exempt.one": gettext_lazy(
        "There is only one subcontractor, and the contract amounts to %(cents)s: less than "
        "%(bound)s."
    ),
    "works.needed.several": gettext_lazy(
        "There are %(count)s subcontractors: with more than one, works are declared whatever the "
        "amount."
    ),
    "works.obliged.above": gettext_lazy(
        "All contracts of the site together amount to %(cents)s, which is more than %(bound)s."
    ),
    "works.free.notAbove": gettext_lazy(
        "All contracts of the site together amount to %(cents)s, which is not more than %(bound)s."
    ),
    "works.free.before": gettext_lazy("The works began before presences were registered on sites."),
    "works.obliged.meat": gettext_lazy(
        "In the meat sector presences are registered whatever the amount."
    ),
    "works.obliged.cleaning": gettext_lazy(
        "Who cleans for a third party registers when he begins and ends, breaks included."
    ),
    "works.free.small": gettext_lazy(
        "The works are below the amounts from which they are declared."
    ),
    "works.free.activity": gettext_lazy("Presences are not registered in guarding."),
}
_AMOUNTS: Final = ("cents", "bound")


def anomaly(one: Anomaly) -> str:
    """What is wrong and how to repair it."""
    return str(_sentence(one.code)) % dict(one.values)


def stored(code: str) -> str:
    """The same for an anomaly that was kept by its code, without its values."""
    if code in _WITHOUT_VALUES:
        return str(_WITHOUT_VALUES[code])
    most = next((str(most) for label, most in LENGTHS.values() if code == f"{label}-093"), "…")
    return str(_sentence(code)) % {"most": most}


def reason(finding: Finding) -> str:
    """Why the rules answered so."""
    values = {
        name: euros(value) if name in _AMOUNTS and isinstance(value, int) else value
        for name, value in finding.inputs.items()
    }
    return str(_REASONS[finding.key]) % values


def euros(cents: int) -> str:
    """``620 000,00 €`` as the language writes it."""
    whole, rest = divmod(cents, 100)
    mark = _("%(whole)s.%(cents)02d euro")
    return mark % {"whole": wording.number(whole), "cents": rest}


def known_codes() -> Mapping[str, Any]:
    """Every anomaly with its sentence."""
    lengths = {f"{label}-093": _TOO_LONG for label, _most in LENGTHS.values()}
    return {**lengths, **_ANOMALIES}


def _sentence(code: str) -> Promise:
    if code.endswith("-003") and code not in _ANOMALIES:
        return _UNREADABLE
    return _ANOMALIES.get(code, _TOO_LONG)
