"""Changing the register of works, inside the caller's transaction.

Every change is noted for the presences of the days it touches: they are judged again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.works import is_well_formed
from guichet.platform.changes import record_change
from guichet.platform.models import ChangeKind
from guichet.registers.changing import (
    ORDER,
    OVERLAP,
    Outcome,
    RegisterRefused,
    bring_rows_up_to_date,
    bring_up_to_date,
    changing,
    joined_days,
)
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.works.models import Address, Contract, Intervention, Site
from guichet.registers.works.queries import ContractRecord, SiteAddress, SiteRecord

REFUSALS: Final[Mapping[str, str | Promise]] = {
    "reference_invalid": _("A works reference has thirteen signs, without I and O."),
    "site_unknown": _("No site has this works reference."),
    "contract_unknown": _("No contract has this declaration number."),
    "contract_of_another_site": _("This declaration number belongs to another site."),
    "intervention_unknown": _("There is no such intervention in the chain."),
    "intervention_employs": _("Others work for this subcontractor: take them out first."),
    "enterprise_unknown": _("The register of enterprises does not know this number."),
    "works_site_activity_known": _("This activity does not exist."),
    "works_site_language_known": _("The language is nl, fr, de or en."),
    "works_site_sector_known": _("The sector is 1, 2 or 3."),
    "works_site_tolerance_positive": _("The tolerance is a number of metres above zero."),
    "works_address_country_well_formed": _("The country is two capital letters."),
    "works_address_nis_code_well_formed": _("A NIS code has five digits."),
    "works_address_point_on_earth": _("A point needs a longitude and a latitude in degrees."),
    "works_contract_declaration_number_well_formed": _(
        "A declaration number has thirteen signs and begins with 9B0 or 310."
    ),
    "works_contract_days_in_order": ORDER,
    "works_contract_cost_not_negative": _("An amount is not below zero."),
    "works_contract_work_type_known": _("The type of works is 1 to 8, or 99."),
    "works_intervention_days_in_order": ORDER,
    "works_intervention_no_overlap": OVERLAP,
    "works_intervention_one_contractor": _(
        "A subcontractor has an enterprise number or a foreign VAT number, not both."
    ),
    "works_intervention_employer_of_same_contract": _("The employer stands in another contract."),
    "works_intervention_employer_stands_earlier": _("The employer stands later in the chain."),
}


def declare_site(*, site: SiteRecord, actor: Actor, now: datetime) -> Outcome:
    """Add a site with its addresses, or bring what the register holds up to date.

    Raises RegisterRefused (``reference_invalid``, ``enterprise_unknown``, a constraint's name).
    """
    if not is_well_formed(site.reference):
        raise _refused("reference_invalid")
    with changing(actor=actor, now=now, refusals=REFUSALS):
        columns = _site_columns(site)
        row = Site.objects.select_for_update(of=("self",)).filter(reference=site.reference).first()
        if row is None:
            row = Site.objects.create(reference=site.reference, **columns)
            outcome = Outcome.ADDED
        else:
            outcome = bring_up_to_date(row, columns)
        if _put_addresses(row, site.addresses) and outcome is Outcome.UNCHANGED:
            outcome = Outcome.CHANGED
        if outcome is not Outcome.UNCHANGED:
            _note(f"registers.site.{outcome}", site.reference, None, actor, now)
    return outcome


def set_obligation(*, reference: str, is_obliged: bool, actor: Actor, now: datetime) -> None:
    """The site becomes subject to registration, or no longer is; raises ``site_unknown``."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = _site(reference)
        if bring_up_to_date(row, {"is_obliged": is_obliged}) is Outcome.CHANGED:
            _note("registers.site.changed", reference, None, actor, now)


def declare_contract(
    *, reference: str, contract: ContractRecord, actor: Actor, now: datetime
) -> Outcome:
    """Add a contract to a site, or bring it up to date; its ``interventions`` are not read.

    Raises RegisterRefused (``site_unknown``, ``enterprise_unknown``,
    ``contract_of_another_site``, a constraint's name).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        site = _site(reference)
        number = contract.declaration_number
        columns = {
            "contract_number": contract.contract_number,
            "declarant": _enterprise(contract.declarant),
            "total_cost_cents": contract.total_cost_cents,
            "signed_on": contract.signed_on,
            "first_day": contract.first_day,
            "last_day": contract.last_day,
            "work_type": contract.work_type,
        }
        days = (contract.first_day, contract.last_day)
        row = Contract.objects.select_for_update().filter(declaration_number=number).first()
        if row is None:
            Contract.objects.create(site=site, declaration_number=number, **columns)
            outcome = Outcome.ADDED
        elif row.site_id != site.id:
            raise _refused("contract_of_another_site")
        else:
            days = joined_days(days, (row.first_day, row.last_day))
            outcome = bring_up_to_date(row, columns)
        if outcome is not Outcome.UNCHANGED:
            _note(f"registers.contract.{outcome}", reference, days, actor, now)
    return outcome


def change_contract_days(
    *,
    declaration_number: str,
    first_day: date,
    last_day: date | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a contract other days; raises RegisterRefused (``contract_unknown``, …)."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = _contract(declaration_number)
        days = joined_days((row.first_day, row.last_day), (first_day, last_day))
        changed = bring_up_to_date(row, {"first_day": first_day, "last_day": last_day})
        if changed is Outcome.CHANGED:
            _note("registers.contract.changed", row.site.reference, days, actor, now)


def add_intervention(
    *,
    declaration_number: str,
    first_day: date,
    last_day: date | None = None,
    enterprise: str | None = None,
    foreign_vat_number: str | None = None,
    employed_by: int | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Add a subcontractor to a chain; the id of the intervention.

    Exactly one of ``enterprise`` and ``foreign_vat_number``. ``employed_by``: the intervention
    for which he works, absent: the declarant. Raises RegisterRefused (``contract_unknown``,
    ``enterprise_unknown``, ``intervention_unknown``, a constraint's name).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        contract = _contract(declaration_number)
        if employed_by is not None:
            _intervention(employed_by)
        row = Intervention.objects.create(
            contract=contract,
            enterprise=None if enterprise is None else _enterprise(enterprise),
            foreign_vat_number=foreign_vat_number,
            employed_by_id=employed_by,
            first_day=first_day,
            last_day=last_day,
        )
        days = (first_day, last_day)
        _note("registers.intervention.added", contract.site.reference, days, actor, now)
    return row.id


def change_intervention(
    *,
    intervention: int,
    first_day: date,
    last_day: date | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Give an intervention other days, so that it ends earlier or later; raises
    RegisterRefused (``intervention_unknown``, a constraint's name)."""
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = _intervention(intervention)
        days = joined_days((row.first_day, row.last_day), (first_day, last_day))
        changed = bring_up_to_date(row, {"first_day": first_day, "last_day": last_day})
        if changed is Outcome.CHANGED:
            reference = row.contract.site.reference
            _note("registers.intervention.changed", reference, days, actor, now)


def hold_site(*, reference: str) -> None:
    """Nobody else changes this site or its contracts until the caller's transaction ends.

    Raises RegisterRefused (``site_unknown``).
    """
    _site(reference)


def remove_intervention(*, intervention: int, actor: Actor, now: datetime) -> None:
    """Take a subcontractor out of a chain; history keeps him. Who works for him goes first.

    Raises RegisterRefused (``intervention_unknown``, ``intervention_employs``).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = _intervention(intervention)
        if Intervention.objects.filter(employed_by=row).exists():
            raise _refused("intervention_employs")
        reference, days = row.contract.site.reference, (row.first_day, row.last_day)
        row.delete()
        _note("registers.intervention.removed", reference, days, actor, now)


def remove_contract(*, declaration_number: str, actor: Actor, now: datetime) -> None:
    """Take a contract with its whole chain out of the register: its declaration was cancelled.

    The site stays, presences stand on it. Raises RegisterRefused (``contract_unknown``).
    """
    with changing(actor=actor, now=now, refusals=REFUSALS):
        row = _contract(declaration_number)
        reference, days = row.site.reference, (row.first_day, row.last_day)
        # The employer stands earlier, so the last one goes first.
        for link in row.interventions.order_by("-id"):
            link.delete()
        row.delete()
        _note("registers.contract.removed", reference, days, actor, now)


def _site_columns(site: SiteRecord) -> dict[str, Any]:
    return {
        "name": site.name,
        "activity": site.activity,
        "sector": site.sector,
        "is_obliged": site.is_obliged,
        "tolerance_metres": site.tolerance_metres,
        "is_mobile": site.is_mobile,
        "principal": None if site.principal is None else _enterprise(site.principal),
        "principal_name": site.principal_name,
        "language": site.language,
    }


def _put_addresses(site: Site, addresses: tuple[SiteAddress, ...]) -> bool:
    wanted: list[dict[str, Any]] = [
        {
            "nis_code": place.nis_code,
            "longitude": place.longitude,
            "latitude": place.latitude,
            **place.address.as_columns(),
        }
        for place in addresses
    ]
    return bring_rows_up_to_date(Address.objects.all(), wanted, site=site)


def _note(
    action: str,
    reference: str,
    days: tuple[date, date | None] | None,
    actor: Actor,
    now: datetime,
) -> None:
    first_day, last_day = days or (None, None)
    trail.record(action=action, actor=actor, target=reference, now=now)
    record_change(
        kind=ChangeKind.WORKS,
        works_reference=reference,
        first_day=first_day,
        last_day=last_day,
        now=now,
    )


def _site(reference: str) -> Site:
    row = Site.objects.select_for_update().filter(reference=reference).first()
    if row is None:
        raise _refused("site_unknown")
    return row


def _contract(declaration_number: str) -> Contract:
    rows = Contract.objects.select_for_update(of=("self",)).select_related("site")
    row = rows.filter(declaration_number=declaration_number).first()
    if row is None:
        raise _refused("contract_unknown")
    return row


def _intervention(intervention: int) -> Intervention:
    rows = Intervention.objects.select_for_update(of=("self",)).select_related("contract__site")
    row = rows.filter(id=intervention).first()
    if row is None:
        raise _refused("intervention_unknown")
    return row


def _enterprise(number: str) -> Enterprise:
    row = Enterprise.objects.filter(number=number).first()
    if row is None:
        raise _refused("enterprise_unknown")
    return row


def _refused(code: str) -> RegisterRefused:
    return RegisterRefused(code, REFUSALS[code])
