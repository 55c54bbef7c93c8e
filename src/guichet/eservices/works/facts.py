"""What the rules ask the registers about a declaration."""

from datetime import datetime

from guichet.platform import clock
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.works import queries as works
from guichet.registers.works.municipalities import by_postcode, is_elsewhere, postcode_fits
from guichet.registers.works.queries import SiteRecord
from guichet.rules.works.anomalies import Facts
from guichet.rules.works.declared import Agreement, Declaration, Party, Place


def facts(*, declared: Declaration, now: datetime) -> Facts:
    """Everything that the register knows of the parties, the places and the site."""
    parties = [declared.principal, *(link.party for link in declared.chain)]
    numbers = {party.number for party in parties if party.number} | {declared.declarant}
    known = Enterprise.objects.filter(number__in=numbers).values_list("number", flat=True)
    return Facts(
        filed_on=clock.today(now),
        known=frozenset(known),
        agreements=tuple(agreement(place) for place in declared.places),
        site_fits=not declared.site or _fits(declared, works.site(reference=declared.site)),
    )


def agreement(place: Place) -> Agreement:
    """How the postcode and the town of a place fit, as far as the list of municipalities knows.

    Part-municipalities keep names of their own, which the list does not hold.
    """
    if place.country != "BE":
        return Agreement.FITS
    if postcode_fits(postcode=place.postcode, municipality=place.municipality):
        return Agreement.FITS
    if not by_postcode(postcode=place.postcode):
        return Agreement.ELSEWHERE
    if is_elsewhere(postcode=place.postcode, municipality=place.municipality):
        return Agreement.ELSEWHERE
    return Agreement.UNKNOWN


def same_principal(party: Party, site: SiteRecord) -> bool:
    """Whether a party is the principal of a site."""
    if party.number or site.principal:
        return party.number == (site.principal or "")
    return party.name.strip().casefold() == site.principal_name.strip().casefold()


def _fits(declared: Declaration, site: SiteRecord | None) -> bool:
    """Another's site and none are the same answer."""
    if site is None:
        return False
    return same_principal(declared.principal, site) and site.activity == declared.activity
