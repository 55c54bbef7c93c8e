"""What each domain of a mandate opens, and what it is called: the services of the catalogue."""

from typing import Final

from django.utils.translation import get_language

from guichet.access.roles.offered import CAPABILITIES
from guichet.access.services import SERVICES, Service
from guichet.rules.mandates import Domain

# A domain has the services whose permissions carry its word; presence has two of them.
SERVICES_OF: Final[dict[Domain, tuple[Service, ...]]] = {
    domain: tuple(
        one
        for one in SERVICES
        if one.can_be_mandated and any(word.startswith(domain.value) for word in one.permissions)
    )
    for domain in Domain
}


def permissions(domain: Domain) -> tuple[str, ...]:
    """The words of the rights that a mandate in this domain lends."""
    found = [str(word) for one in SERVICES_OF[domain] for word in one.permissions]
    return tuple(dict.fromkeys(found))


def name(domain: str) -> str:
    """The official names of the services of a domain."""
    language = get_language() or "en"
    return ", ".join(one.name.in_language(language) for one in SERVICES_OF[Domain(domain)])


def capabilities(domain: str) -> list[str]:
    """What somebody can do by a mandate in this domain, line by line."""
    return [str(line) for word in permissions(Domain(domain)) for line in CAPABILITIES[word]]
