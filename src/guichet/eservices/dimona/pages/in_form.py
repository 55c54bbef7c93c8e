"""The second step of an IN: the rest of the message, and what the rules say of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.eservices.dimona import wire
from guichet.eservices.dimona.pages import addresses, in_fields
from guichet.eservices.dimona.pages.coded import Coded
from guichet.eservices.dimona.pages.kind_form import KindForm
from guichet.kernel.niss import Niss
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.dimona import form as rules
from guichet.rules.dimona import identity, kinds
from guichet.rules.dimona.kinds import Group
from guichet.rules.dimona.week_contracts import is_week_contract

_ADDRESSES: Final = ("user", "place", "home")
_ZONES: Final[dict[str, tuple[str, ...]]] = {
    "00024": ("ssin",), "00025": ("last_name",), "00026": ("first_name",), "00027": ("initial",),
    "00028": ("birth_date",), "00029": ("gender",), "00168": ("birth_place",),
    "00169": ("birth_country",), "00119": ("nationality",),
    "00911": ("end",), "00777": ("start_hour",), "00778": ("end_hour",), "01135": ("planned",),
    "01017": ("planned_days",), "00046": ("user_committee",), "00131": ("user",),
    "90107": ("user", "user_name"), "00153": ("user_name",), "00652": ("sub_entity",),
    "00663": ("card",), "00664": ("next_card",), "01231": ("nature",), "00053": ("statute",),
    "00041": ("risk",), "00776": ("place_name",), "90374": ("user_committee",),
    "90373-421": ("end",), "90373-341": ("end_hour",), "90017-363": ("last_name", "ssin"),
    "00222": ("reference_7", "reference_8", "reference_1", "reference_6"),
}  # fmt: skip

_ADDRESS_ZONES: Final[dict[str, tuple[str, ...]]] = {
    **{
        firm: tuple(f"{prefix}_{part}" for prefix in ("user", "place"))
        for part, (firm, _person) in addresses.PARTS.items()
    },
    **{person: (f"home_{part}",) for part, (_firm, person) in addresses.PARTS.items()},
}


class InForm(Coded):
    """What matters for this type and committee, and whatever else was typed before."""

    fields_of = _ZONES | _ADDRESS_ZONES

    def __init__(self, data: Any = None, *, kind: KindForm, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        self.group = in_fields.group_of(kind.cleaned_data)
        self._sections: list[tuple[Any, list[str]]] = []
        for heading, fields in in_fields.sections(kind.cleaned_data, is_public=kind.is_public):
            self.fields.update(fields)
            self._sections.append((heading, [*fields]))
        more = self._left_over(data) if data is not None else {}
        if more:
            self.fields.update(more)
            self._sections.insert(1, (_("Not asked for this worker type: empty it"), [*more]))

    def _left_over(self, data: Any) -> dict[str, forms.Field]:
        """What was typed in fields that are not asked: the rules say so, nothing gets lost."""
        known = in_fields.every_field()
        return {
            name: field
            for name, field in known.items()
            if name not in self.fields and data.get(name) and not name.endswith("_country")
        }

    def headed(self) -> list[tuple[Any, list[BoundField]]]:
        """Each heading with its fields, as the page shows them."""
        return [(heading, [self[name] for name in names]) for heading, names in self._sections]

    def clean_ssin(self) -> str:
        """Eleven digits of a number that can exist."""
        try:
            return Niss.parse(self.cleaned_data["ssin"]).digits
        except ValueError:
            raise forms.ValidationError(
                _("This is no national number: look at the card of the worker.")
            ) from None

    def clean(self) -> dict[str, Any]:
        """What no rule of Dimona asks and this page does."""
        cleaned = super().clean() or self.cleaned_data
        for prefix in _ADDRESSES:
            if addresses.is_unknown_postcode(cleaned, prefix):
                self.add_error(f"{prefix}_postcode", _("No town in Belgium has this postcode."))
            self._judge_town(addresses.wrong_town(cleaned, prefix, get_language() or "fr"))
        if self.group is Group.FLEXI_DAY and not self.errors:
            for name in ("start_hour", "end_hour"):
                if not cleaned.get(name):
                    self.tell(["00777-001" if name == "start_hour" else "00778-001"])
        end = cleaned.get("end")
        is_week = isinstance(end, date) and is_week_contract(self.start, end)
        if is_week and "weekdays" in self.fields and not cleaned.get("weekdays"):
            self.add_error("weekdays", _("Tick the days on which he or she works."))
        return cleaned

    def _judge_town(self, wrong: addresses.WrongTown | None) -> None:
        if wrong is not None and wrong.is_certain:
            text = _(
                "The postcode %(postcode)s belongs to %(towns)s: correct the postcode or the town."
            )
            towns = ", ".join(wrong.names)
            self.add_error(wrong.field, text % {"postcode": wrong.postcode, "towns": towns})

    @property
    def start(self) -> date:
        """The first day, of the first step."""
        day: date = self.kind.cleaned_data["start"]
        return day

    def body(self, *, employer: str) -> wire.Body:
        """The message."""
        return wire.Body(
            employer=wire.Employer(enterprise_number=employer),
            worker=self._worker(),
            dimona_in=self._act(),
            references=self._references() or None,
        )

    def _act(self) -> wire.DimonaIn:
        given = self.cleaned_data.get
        cards = [given("card") or None, given("next_card") or None]
        small = [given("nature") or None, given("statute") or None, given("risk") or None]
        place = addresses.address_of(self.cleaned_data, "place")
        is_elsewhere = given("place_name") or place
        features = self.kind.features
        features.sub_entity_number = given("sub_entity") or None
        features.using_employer = self._user()
        return wire.DimonaIn(
            start_date=self.start,
            end_date=given("end"),
            start_hour=self.hour("start_hour"),
            end_hour=self.hour("end_hour"),
            planned_hours_number=given("planned"),
            planned_days_number=given("planned_days"),
            features=features,
            student_place_of_work=wire.StudentPlaceOfWork(given("place_name") or None, place)
            if is_elsewhere
            else None,
            construction_control_cards=wire.ControlCards(*cards) if any(cards) else None,
            small_statutes_information=wire.SmallStatutes(*small) if any(small) else None,
        )

    def _worker(self) -> wire.Worker:
        given = self.cleaned_data.get
        return wire.Worker(
            ssin=given("ssin") or None,
            last_name=given("last_name") or None,
            first_name=given("first_name") or None,
            initial=given("initial") or None,
            birth_date=birth_date(given("birth_date") or "") or None,
            place_of_birth=given("birth_place") or None,
            country_of_birth=given("birth_country"),
            nationality=given("nationality"),
            gender=given("gender") or None,
            address=addresses.address_of(self.cleaned_data, "home"),
        )

    def user_named(self) -> str:
        """The name behind the number of the user company; empty for none and an unknown one."""
        number = self._user_number()
        language = (get_language() or "en").partition("-")[0]
        found = enterprises.names(numbers={number}, language=language) if number else {}
        return found.get(number, "")

    def _user_number(self) -> str:
        return (self.cleaned_data.get("user") or "").replace(".", "").replace(" ", "")

    def _user(self) -> wire.UsingEmployer | None:
        given = self.cleaned_data.get
        number = self._user_number()
        committee = kinds.committee(given("user_committee") or "")
        where = addresses.address_of(self.cleaned_data, "user")
        if not (number or committee or given("user_name") or where):
            return None
        return wire.UsingEmployer(
            enterprise_number=number or None,
            name=given("user_name") or None,
            address=where,
            joint_commission_number=committee or None,
        )

    def _references(self) -> list[wire.Reference]:
        given = self.cleaned_data.get
        types = ("7", "8", "1", "6")
        found = {one: given(f"reference_{one}") for one in types}
        return [wire.Reference(one, text) for one, text in found.items() if text]

    def judge(self, body: wire.Body, *, today: date) -> bool:
        """Whether the rules find nothing wrong with the message; what they find is said."""
        message = wire.message_of(body)
        codes = rules.in_faults(message, is_public=self.kind.is_public, today=today)
        codes += identity.worker_faults(message.worker, today=today)
        codes += identity.reference_faults(message)
        self.say(dict.fromkeys(codes))
        return not codes

    def say(self, codes: Iterable[str]) -> None:
        """Each code on a field of this step, else of the first one, else above."""
        for code in codes:
            is_elsewhere = not self.may_tell(code) and self.kind.may_tell(code)
            (self.kind if is_elsewhere else self).tell([code])


def birth_date(text: str) -> str:
    """``24/11/1990`` and ``1990`` as messages write them; zeros stand for what is not known."""
    parts = text.strip().replace(".", "/").replace("-", "/").split("/")
    if parts == [""]:
        return ""
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    parts += ["00"] * (3 - len(parts))
    return "-".join(part.zfill(2) for part in parts)


def kept_values(data: Any) -> Mapping[str, Any]:
    """What was typed in any field of the second step, to carry it through the first one."""
    found: dict[str, Any] = {}
    for name in in_fields.every_field():
        given = data.getlist(name)
        if name == "weekdays":
            found[name] = given
        elif given:
            found[name] = given[-1]
    return found
