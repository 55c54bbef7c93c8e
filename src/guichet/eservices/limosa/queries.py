"""Reading declarations and drafts: an owner his own, and nothing else."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from guichet.eservices.limosa.models import Declaration, Draft, Version
from guichet.registers.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Owner:
    """For whom somebody declares: ten digits of an enterprise, or himself."""

    enterprise: str = ""
    niss: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if bool(self.enterprise) == bool(self.niss):
            raise ValueError("an owner is an enterprise or a person")

    @property
    def where(self) -> dict[str, str]:
        """As a filter."""
        if self.enterprise:
            return {"enterprise__number": self.enterprise}
        return {"person__niss": self.niss}


def own(*, owner: Owner, text: str = "") -> QuerySet[Declaration]:
    """The declarations of an owner, the last change first."""
    rows = Declaration.objects.filter(**owner.where).defer("content")
    for word in sort_key(text).split():
        rows = rows.filter(search_key__contains=word)
    return rows.order_by("-changed_at", "-id")


def one(*, number: str, owner: Owner) -> Declaration | None:
    """One of the owner's; another's and none are the same None."""
    return Declaration.objects.filter(number=number, **owner.where).first()


def versions(row: Declaration) -> list[Version]:
    """What happened, the last first."""
    return list(row.versions.order_by("-number"))


def drafts(*, owner: Owner) -> list[Draft]:
    """What was begun and not sent, the last change first."""
    return list(Draft.objects.filter(**owner.where).order_by("-changed_at")[:10])


def draft(*, key: UUID, owner: Owner) -> Draft | None:
    """One of the owner's drafts."""
    return Draft.objects.filter(pk=key, **owner.where).first()


def sent(*, key: UUID, owner: Owner) -> Declaration | None:
    """The declaration that a draft became, for who sends it a second time."""
    return Declaration.objects.filter(draft=key, **owner.where).first()
