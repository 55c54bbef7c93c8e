"""What the search of the list looks through: numbers, names, places, subcontractors."""

from guichet.registers.sorting import sort_key
from guichet.rules.works.declared import Declaration


def search_key(number: str, declared: Declaration) -> str:
    """Every word of a declaration by which its declarant may look for it, casefolded."""
    places = [f"{one.street} {one.postcode} {one.municipality}" for one in declared.places]
    firms = [f"{link.party.identity} {link.party.name}" for link in declared.chain]
    words = (
        number,
        declared.site,
        declared.site_name,
        declared.principal.number,
        declared.principal.name,
        declared.own_reference,
        *places,
        *firms,
    )
    return sort_key(" ".join(word for word in words if word))
