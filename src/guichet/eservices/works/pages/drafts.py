"""What somebody typed so far: in his session, as he typed it, step by step.

Nothing is lost by going back or by a refusal. A draft of a new declaration has the key ``new``,
that of a change the number of its declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django import forms
from django.http import HttpRequest

from guichet.eservices.works.pages.fields import party_of, whole_number
from guichet.eservices.works.pages.forms import (
    LinkForm,
    PlaceForm,
    PlacesForm,
    WhoForm,
    WorksForm,
)
from guichet.rules.works.declared import Contact, Declaration, Link, Party, Place

NEW: Final = "new"
STEPS: Final = ("who", "works", "places", "chain", "check")
_PLACE: Final = "works.drafts"
_MOST_DRAFTS: Final = 5
_MOST_ROWS: Final = 500
_LONGEST: Final = 2_000
Typed = dict[str, str]


@dataclass(frozen=True)
class Draft:
    """``version``: of the declaration that is changed, 0 for a new one.

    ``rows``: of the steps ``places`` and ``chain``, in their order.
    """

    key: str
    version: int = 0
    declarant: str = ""
    typed: dict[str, Typed] = field(default_factory=dict)
    rows: dict[str, list[Typed]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether a declaration is filed by it, not changed."""
        return self.key == NEW

    def with_step(self, step: str, typed: Typed, rows: list[Typed] | None = None) -> "Draft":
        """The same with another step."""
        kept = self.rows if rows is None else self.rows | {step: rows}
        return replace(self, typed=self.typed | {step: typed}, rows=kept)

    def who(self) -> WhoForm:
        """The step of the parties, bound when something was typed."""
        return WhoForm(self._data("who"), initial={"principal_kind": "enterprise"})

    def works(self) -> WorksForm:
        """The step of the works."""
        return WorksForm(
            self._data("works"), initial={"sector": "1", "purpose": "1", "dangerous": "0"}
        )

    def places(self) -> PlacesForm:
        """The step of the places, without its rows."""
        return PlacesForm(self._data("places"), initial={"is_mobile": "0"})

    def place_rows(self) -> list[PlaceForm]:
        """At least one row to fill in."""
        rows = self.rows.get("places")
        if not rows:
            return [PlaceForm(prefix="r0")]
        return [PlaceForm(_prefixed(row, at), prefix=f"r{at}") for at, row in enumerate(rows)]

    def link_rows(self) -> list[LinkForm]:
        """The subcontractors, none at first; each may work for an earlier one."""
        rows = self.rows.get("chain", [])
        firms = [(at, row.get("firm", "") or "…") for at, row in enumerate(rows)]
        return [
            LinkForm(_prefixed(row, at), prefix=f"r{at}", earlier=firms[:at])
            for at, row in enumerate(rows)
        ]

    def declared(self) -> Declaration:
        """What the draft says so far; what cannot be read is not there."""
        who, works, places = _cleaned(self.who()), _cleaned(self.works()), _cleaned(self.places())
        return Declaration(
            declarant=self.declarant,
            site=_site(works.get("site", "")),
            site_name=works.get("site_name", ""),
            sector=whole_number("sector", works) or 0,
            work_type=whole_number("work_type", works),
            is_continuous=works.get("purpose") == "2",
            is_mobile=places.get("is_mobile") == "1",
            address_details=places.get("address_details", ""),
            places=tuple(_place(_cleaned(row)) for row in self.place_rows()),
            principal=_principal(who),
            contact=_contact(who),
            cents=works.get("cents"),
            is_cost_plus=bool(works.get("is_cost_plus")),
            signed_on=works.get("signed_on"),
            first_day=works.get("first_day"),
            last_day=works.get("last_day"),
            late_reason=whole_number("late_reason", works),
            dangerous=whole_number("dangerous", works) or 0,
            comment=works.get("comment", ""),
            own_reference=works.get("own_reference", ""),
            chain=tuple(_link(_cleaned(row)) for row in self.link_rows()),
        )

    def _data(self, step: str) -> Typed | None:
        return self.typed.get(step)


def read(request: HttpRequest, key: str) -> Draft | None:
    """The draft of this key in this session, for the enterprise of this session only."""
    found = request.session.get(_PLACE, {}).get(key)
    declarant = request.acting.enterprise_number  # type: ignore[attr-defined]  # guarded
    if found is None or found["declarant"] != declarant:
        return Draft(NEW, declarant=declarant) if key == NEW else None
    return Draft(**found)


def keep(request: HttpRequest, draft: Draft) -> None:
    """Keep it; the oldest of many goes."""
    known: dict[str, Any] = request.session.get(_PLACE, {})
    known.pop(draft.key, None)
    plain = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
    request.session[_PLACE] = dict([*known.items(), (draft.key, plain)][-_MOST_DRAFTS:])


def forget(request: HttpRequest, key: str) -> None:
    """It was sent, or is begun anew."""
    known: dict[str, Any] = request.session.get(_PLACE, {})
    if known.pop(key, None) is not None:
        request.session[_PLACE] = known


def typed_in(post: Mapping[str, str], form: type[forms.Form], prefix: str = "") -> Typed:
    """What was posted for a form, cut to what could ever be meant."""
    start = f"{prefix}-" if prefix else ""
    names = form.base_fields
    return {name: post[start + name][:_LONGEST] for name in names if start + name in post}


def rows_in(post: Mapping[str, str], form: type[forms.Form]) -> list[Typed]:
    """The rows that were posted, as many as the page said."""
    text = post.get("rows", "")
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return [typed_in(post, form, f"r{at}") for at in range(min(count, _MOST_ROWS))]


def without(rows: list[Typed], at: int) -> list[Typed]:
    """One row less; who worked for that one works for its employer."""
    above = rows[at].get("employer", "")
    kept = []
    for row in rows[:at] + rows[at + 1 :]:
        employer = row.get("employer", "")
        if employer.isascii() and employer.isdigit():
            number = int(employer)
            moved = above if number == at else str(number - (number > at))
            kept.append(row | {"employer": moved})
        else:
            kept.append(row)
    return kept


def compact(rows: list[Typed]) -> list[Typed]:
    """Without the rows in which nothing was typed."""
    silent = ("employer", "known_as")
    for at in range(len(rows) - 1, -1, -1):
        if not any(text.strip() for name, text in rows[at].items() if name not in silent):
            rows = without(rows, at)
    return rows


def _prefixed(row: Typed, at: int) -> Typed:
    return {f"r{at}-{name}": text for name, text in row.items()}


def _cleaned(form: forms.Form) -> dict[str, Any]:
    """What could be read of a form, also where another field could not."""
    if not form.is_bound:
        return {}
    form.is_valid()
    return form.cleaned_data


def _site(text: str) -> str:
    return text.translate(str.maketrans("", "", " -.")).upper()


def _principal(who: dict[str, Any]) -> Party:
    kind, language = who.get("principal_kind"), who.get("principal_language") or "nl"
    name = who.get("principal_name", "")
    if kind == "person":
        return Party(is_natural_person=True, name=name, language=language)
    if kind == "foreign":
        given = who.get("principal_vat", "")
        bare = given.translate(str.maketrans("", "", " .-/")).upper()
        return Party(vat_number=bare, name=name, language=language)
    typed = who.get("principal_number", "")
    party = party_of(typed, language=language)
    return Party(number=party.number or party.vat_number, language=language)


def _contact(who: dict[str, Any]) -> Contact:
    names = ("first_name", "name", "phone", "email")
    return Contact(**{name: who.get(f"contact_{name}", "") for name in names})


def _place(row: dict[str, Any]) -> Place:
    names = ("street", "house_number", "box_number", "postcode", "municipality")
    return Place(**{name: row.get(name, "") for name in names})


def _link(row: dict[str, Any]) -> Link:
    key = row.get("known_as", "")
    return Link(
        party=party_of(row.get("firm", ""), name=row.get("name", "")),
        employer=whole_number("employer", row),
        first_day=row.get("first_day"),
        last_day=row.get("last_day"),
        cents=row.get("cents"),
        known_as=int(key) if key.isascii() and key.isdigit() else None,
    )
