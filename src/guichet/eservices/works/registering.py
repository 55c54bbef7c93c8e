"""From a declaration to the register of works, by the register's own operations."""

import secrets
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from guichet.audit.actors import Actor
from guichet.kernel.base34 import Base34Number
from guichet.kernel.works import SITE_PREFIX, WorksReference
from guichet.registers.addresses import Address
from guichet.registers.works import operations, queries
from guichet.registers.works.municipalities import by_postcode
from guichet.registers.works.queries import ContractRecord, SiteAddress, SiteRecord
from guichet.rules.works.declared import OTHER_WORK, Declaration, Link, Party, Place
from guichet.rules.works.needed import Amounts, obliged

_COUNTER: Final = 34**8
_DECLARATION: Final = "9B0"


def new_reference() -> str:
    """A site number that no site has; what comes next cannot be guessed from it."""
    while True:
        made = WorksReference.generate(prefix=SITE_PREFIX, sequence=secrets.randbelow(_COUNTER))
        if queries.site(reference=made.signs) is None:
            return made.signs


def new_number() -> str:
    """A declaration number that no contract has."""
    while True:
        made = Base34Number.generate(prefix=_DECLARATION, sequence=secrets.randbelow(_COUNTER))
        if queries.contract(declaration_number=made.signs) is None:
            return made.signs


def put_site(*, reference: str, declared: Declaration, actor: Actor, now: datetime) -> None:
    """Make the site, or bring its name, principal and addresses up to date."""
    known = queries.site(reference=reference)
    record = SiteRecord(
        reference=reference,
        name=name_of(declared),
        activity=declared.activity,
        sector=declared.sector,
        is_obliged=known.is_obliged if known else is_obliged_alone(declared),
        is_mobile=declared.is_mobile,
        tolerance_metres=known.tolerance_metres if known else 500,
        principal=declared.principal.number or None,
        principal_name=declared.principal.name,
        language=declared.principal.language,
        addresses=tuple(_address(place, known) for place in declared.places),
    )
    operations.declare_site(site=record, actor=actor, now=now)


def put_contract(
    *, reference: str, number: str, declared: Declaration, actor: Actor, now: datetime
) -> None:
    """Make the contract, or bring it up to date. Its first and last day are there."""
    record = ContractRecord(
        declaration_number=number,
        declarant=declared.declarant,
        total_cost_cents=declared.cents or 0,
        first_day=given(declared.first_day),
        last_day=declared.last_day,
        signed_on=declared.signed_on,
        contract_number=f"{number}1",
        work_type=declared.work_type or OTHER_WORK,
    )
    operations.declare_contract(reference=reference, contract=record, actor=actor, now=now)


def put_chain(
    *, number: str, former: tuple[Link, ...], chain: tuple[Link, ...], actor: Actor, now: datetime
) -> tuple[Link, ...]:
    """Make the chain of a contract the wanted one; the links with their keys in the register.

    A link that stays keeps its key; one that goes to another employer or is another firm is a new
    intervention, and so is whatever stands below it.
    """
    staying = _staying(former, chain)
    for link in reversed(former):
        if link.known_as is not None and link.known_as not in staying.values():
            operations.remove_intervention(intervention=link.known_as, actor=actor, now=now)
    keys: list[int] = []
    for at, link in enumerate(chain):
        first, last = given(link.first_day), link.last_day
        if at in staying:
            keys.append(staying[at])
            operations.change_intervention(
                intervention=staying[at], first_day=first, last_day=last, actor=actor, now=now
            )
            continue
        made = operations.add_intervention(
            declaration_number=number,
            enterprise=link.party.number or None,
            foreign_vat_number=None if link.party.number else link.party.vat_number,
            employed_by=None if link.employer is None else keys[link.employer],
            first_day=first,
            last_day=last,
            actor=actor,
            now=now,
        )
        keys.append(made)
    return tuple(replace(link, known_as=key) for link, key in zip(chain, keys, strict=True))


def obligation(*, reference: str) -> bool | None:
    """Whether a site is obliged with all its contracts; None for a site without a contract."""
    site = queries.site(reference=reference)
    every = queries.contracts(reference=reference)
    if site is None or not every:
        return None
    amounts = [Amounts(one.total_cost_cents, len(one.interventions)) for one in every]
    begun_on = min(one.first_day for one in every)
    verdict = obliged(
        activity=site.activity, sector=site.sector, contracts=amounts, begun_on=begun_on
    )
    return verdict.outcome


def is_obliged_alone(declared: Declaration) -> bool:
    """Whether a site with this contract only is obliged."""
    amounts = [Amounts(declared.cents or 0, len(declared.chain))]
    return obliged(
        activity=declared.activity,
        sector=declared.sector,
        contracts=amounts,
        begun_on=given(declared.first_day),
    ).outcome


def taken_over(*, site: SiteRecord, contract: ContractRecord) -> Declaration:
    """What the register holds, as a declaration: it was filed before this counter stood."""
    positions = {link.id: at for at, link in enumerate(contract.interventions)}
    chain = tuple(
        Link(
            party=Party(number=one.enterprise or "", vat_number=one.foreign_vat_number or ""),
            employer=None if one.employed_by is None else positions[one.employed_by],
            first_day=one.first_day,
            last_day=one.last_day,
            known_as=one.id,
        )
        for one in contract.interventions
    )
    return Declaration(
        declarant=contract.declarant,
        site=site.reference,
        site_name=site.name,
        sector=site.sector,
        work_type=contract.work_type,
        is_mobile=site.is_mobile,
        places=tuple(_place(one.address) for one in site.addresses),
        principal=Party(
            number=site.principal or "",
            name=site.principal_name,
            is_natural_person=False,
            language=site.language,
        ),
        cents=contract.total_cost_cents,
        signed_on=contract.signed_on,
        first_day=contract.first_day,
        last_day=contract.last_day,
        chain=chain,
    )


def name_of(declared: Declaration) -> str:
    """What the site is called: its own name, else its first address."""
    if declared.site_name.strip():
        return declared.site_name.strip()
    lines = [_as_address(place).in_one_line() for place in declared.places]
    return next((line for line in lines if line), declared.address_details[:80])


def given(day: date | None) -> date:
    """A day that the rules saw to be there."""
    if day is None:
        raise ValueError("a declaration that was checked has its days")
    return day


def _staying(former: tuple[Link, ...], chain: tuple[Link, ...]) -> dict[int, int]:
    """The key of each wanted link that stands in the register already, by its place."""
    stored = {link.known_as: link for link in former if link.known_as is not None}
    found: dict[int, int] = {}
    for at, link in enumerate(chain):
        key = link.known_as
        if key is None or key not in stored or key in found.values():
            continue
        same_firm = stored[key].party.identity == link.party.identity
        above = None if link.employer is None else found.get(link.employer, -1)
        if same_firm and above == _employer_key(stored[key], former):
            found[at] = key
    return found


def _employer_key(link: Link, former: tuple[Link, ...]) -> int | None:
    return None if link.employer is None else former[link.employer].known_as


def _address(place: Place, known: SiteRecord | None) -> SiteAddress:
    """With the point that stood there for the same address.

    The centre of a municipality is no place to judge a distance by: a point that nobody measured
    is left out.
    """
    address = _as_address(place)
    for one in known.addresses if known else ():
        if one.address == address:
            return one
    towns = by_postcode(postcode=place.postcode)
    return SiteAddress(address, towns[0].nis_code if len(towns) == 1 else "")


def _as_address(place: Place) -> Address:
    return Address(
        place.street,
        place.house_number,
        place.box_number,
        place.postcode,
        place.municipality,
        place.country,
    )


def _place(address: Address) -> Place:
    return Place(**address.as_columns())
