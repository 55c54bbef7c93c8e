"""What two codes say before anything is registered: the person, his employer, the site."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guichet.eservices.presence import postings
from guichet.eservices.presence.days.forms import EnterForm
from guichet.eservices.presence.postings import Looked
from guichet.kernel.limosa import LimosaNumber
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.postings.codes import number_shown
from guichet.registers.postings.queries import PostingRecord
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord


@dataclass(frozen=True, slots=True)
class Scanned:
    """``form``: as it goes on, with what could not be read at its field.

    ``looked``: the L1, named to who was shown its code or is concerned by it; ``site``: None where
    nobody declared it.
    """

    form: EnterForm
    looked: Looked | None = field(default=None, repr=False)
    employer: str = ""
    site: SiteRecord | None = None


def scanned(*, typed: dict[str, Any], enterprise: str, language: str, today: date) -> Scanned:
    """Read what was scanned or typed so far; what is still empty is no fault yet."""
    form = EnterForm(typed)
    form.full_clean()
    for name in form.fields:
        if not str(typed.get(name, "")).strip():
            form.errors.pop(name, None)
    read = form.cleaned_data
    reference = read.get("site", "")
    looked = _looked(typed.get("person", ""), read, enterprise, today)
    posting = looked.posting if looked else None
    form.data = typed | {"site": reference or typed.get("site", "")}
    if looked is not None:
        form.data["person"] = looked.number.text
        form.data["employer"] = _employer(posting) or typed.get("employer", "")
    return Scanned(form, looked, _name(posting, language), _site(reference))


def _looked(text: str, read: dict[str, Any], enterprise: str, today: date) -> Looked | None:
    _ssin, number = read.get("person") or ("", "")
    if not number:
        return None
    day = read.get("day") or today
    if number_shown(text) == number:
        found = postings.holders(number=number, on=day)
        if found is not None:
            return found
    return postings.looked_at(number=LimosaNumber(number), on=day, enterprise=enterprise)


def _employer(posting: PostingRecord | None) -> str:
    return "" if posting is None else posting.employer or posting.foreign_vat_number


def _name(posting: PostingRecord | None, language: str) -> str:
    if posting is None:
        return ""
    number = posting.employer
    name = enterprises.names(numbers=[number], language=language).get(number) if number else None
    return name or _employer(posting)


def _site(reference: str) -> SiteRecord | None:
    return works.sites(references={reference}).get(reference) if reference else None
