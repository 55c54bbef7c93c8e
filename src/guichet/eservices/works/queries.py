"""Reading declarations of works: a declarant his own, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from guichet.eservices.works.content import declared_of
from guichet.eservices.works.models import Declaration, Version
from guichet.kernel.base34 import is_well_formed
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.sorting import sort_key
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord
from guichet.rules.works import declared as rules
from guichet.rules.works.declared import Party
from guichet.rules.works.needed import Amounts

SIZES: Final = (25, 50, 100)
_PUNCTUATION: Final = str.maketrans("", "", " .-")
_NUMBER_SIGNS: Final = 13


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; ``running_on``: works that go on that day."""

    text: str = ""
    state: str = ""
    running_on: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A declaration with its site as it stands now."""

    row: Declaration
    declared: rules.Declaration
    site: SiteRecord | None
    names: dict[str, str]

    @property
    def is_obliged(self) -> bool:
        """Whether people register on the site now."""
        return self.site is not None and self.site.is_obliged

    def name(self, party: Party) -> str:
        """What a party is called."""
        return party.name or self.names.get(party.number, "")


def own(*, declarant: str, wanted: Wanted) -> QuerySet[Declaration]:
    """The declarations of a declarant, the last change first."""
    rows = Declaration.objects.filter(declarant__number=declarant).defer("content")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.running_on:
        rows = rows.filter(state="active", first_day__lte=wanted.running_on)
        rows = rows.filter(last_day__gte=wanted.running_on) | rows.filter(last_day=None)
    for word in _words(wanted.text):
        rows = rows.filter(search_key__contains=word)
    return rows.order_by("-changed_at", "-id")


def obliged_among(*, references: Sequence[str]) -> frozenset[str]:
    """Which of these sites are subject to registration now."""
    return frozenset(
        number for number, one in works.sites(references=references).items() if one.is_obliged
    )


def one(*, number: str, declarant: str, language: str) -> Seen | None:
    """A declaration of this declarant; another's and none are the same None."""
    if not is_well_formed(number):
        return None
    rows = Declaration.objects.filter(number=number, declarant__number=declarant)
    row = rows.select_related("declarant").first()
    return None if row is None else seen(row, declared_of(row.content), language)


def seen(row: Declaration, declared: rules.Declaration, language: str) -> Seen:
    """With the names of its parties and the site as it stands."""
    numbers = [declared.declarant, declared.principal.number]
    numbers += [link.party.number for link in declared.chain]
    names = enterprises.names(numbers=[one for one in numbers if one], language=language)
    return Seen(row, declared, works.site(reference=row.site_reference), names)


def versions(row: Declaration) -> list[Version]:
    """Every version, the last first."""
    return list(row.versions.defer("content").order_by("-number"))


def version(row: Declaration, number: int) -> Version | None:
    """One version with what it said."""
    return row.versions.filter(number=number).first()


def others_at(*, reference: str, but: str) -> list[Amounts]:
    """The other contracts of a site: what counts for its obligation."""
    return [
        Amounts(one.total_cost_cents, len(one.interventions))
        for one in works.contracts(reference=reference)
        if one.declaration_number != but
    ]


def _words(text: str) -> list[str]:
    """Words to look for; a number that was typed in groups is one word."""
    bare = text.translate(_PUNCTUATION)
    if len(bare) == _NUMBER_SIGNS and bare[:3].upper() in {"9B0", "310", "1Y1"}:
        return [bare.casefold()]
    return [_word(word) for word in sort_key(text).split()]


def _word(word: str) -> str:
    """An enterprise number without its dots; anything else as it is."""
    digits = word.translate(_PUNCTUATION)
    return digits if digits.isdigit() else word
