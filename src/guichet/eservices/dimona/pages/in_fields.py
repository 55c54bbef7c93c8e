"""The fields of the second step of an IN: only those that matter for what the first one said."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.pages.addresses import address_fields, code_field
from guichet.eservices.dimona.pages.forms import day_field
from guichet.eservices.dimona.pages.kind_form import PERIOD
from guichet.platform import wording
from guichet.rules.dimona import form as rules
from guichet.rules.dimona import kinds
from guichet.rules.dimona.kinds import Group, WorkerType
from guichet.rules.dimona.matrix import MATRIX, Need
from guichet.rules.dimona.message import Times

CHOOSE: Final = {"invalid_choice": _("Choose one of the list.")}
_REFERENCES: Final = {
    "reference_7": _("Your own reference of this declaration"),
    "reference_8": _("Your own reference of the worker"),
    "reference_1": _("Reference of this form"),
    "reference_6": _("Number of a refused declaration that this one replaces"),
}
# Types for which a temp agency may add the cards of construction (glossary, block 90375).
_CARDS_IN_TEMP_WORK: Final = frozenset(
    {
        WorkerType.CONSTRUCTION, WorkerType.WITHOUT_DMFA, WorkerType.VOCATIONAL_TRAINING,
        WorkerType.TRANSITION_INTERNSHIP, WorkerType.STUDENT,
    }
)  # fmt: skip


def text_field(label: Any, *, most: int = 20, **given: Any) -> forms.CharField:
    """A short text that may stay empty."""
    return forms.CharField(label=label, required=False, max_length=most, **given)


def hour_field(label: Any) -> forms.CharField:
    """A time of a day."""
    widget = forms.TextInput(attrs={"class": "govuk-input--width-5"})
    return text_field(label, help_text=_("As 08:30"), most=5, widget=widget)


def whole_field(label: Any, **given: Any) -> forms.IntegerField:
    """A whole number that may stay empty."""
    errors = {"invalid": _("Write planned hours as a whole number.")}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
    return forms.IntegerField(
        label=label, required=False, error_messages=errors, widget=widget, **given
    )


def end_field() -> forms.DateField:
    """The last day."""
    return day_field(_("Last day"), required=False)


def choice_field(label: Any, choices: Mapping[str, Any], **given: Any) -> forms.ChoiceField:
    """One of a short list, or none."""
    field = forms.ChoiceField(label=label, required=False, error_messages=CHOOSE, **given)
    field.choices = [("", pgettext_lazy("choice", "Choose")), *choices.items()]
    return field


def sections(kind: Mapping[str, Any], *, is_public: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each heading with its fields, in order; ``kind``: what the first step said, cleaned."""
    group = group_of(kind)
    yield _("Worker"), _worker(kind["how"])
    yield _("Days and hours"), _times(kind, group)
    if kind.get("committee") == kinds.TEMP:
        yield _("User company"), _user(kind)
    if is_public:
        yield _("Public sector"), {"sub_entity": text_field(_("Sub-entity"), most=6)}
    if _has_cards(kind):
        yield (
            _("Control cards C3.2A"),
            {
                "card": text_field(_("Control card C3.2A of the first month")),
                "next_card": text_field(_("Control card C3.2A of the next month")),
            },
        )
    if MATRIX["01231", group] is not Need.NEVER:
        yield _("Small statutes"), _small_statutes()
    if MATRIX["00776", group] is not Need.NEVER:
        yield (
            _("Workplace, when it is not at your registered office"),
            {
                "place_name": text_field(_("Name of the workplace"), most=96),
                **address_fields("place"),
            },
        )
    yield (
        _("References, if you use them"),
        {name: text_field(label) for name, label in _REFERENCES.items()},
    )


def every_field() -> dict[str, forms.Field]:
    """Every field that a second step can have: what was typed for another type is not lost."""
    found: dict[str, forms.Field] = {}
    kind = {"how": "both", "committee": kinds.TEMP, "type": "STU", "start": rules.LAST_PLANNED_DAYS}
    for user in ("number", "address"):
        for _heading, fields in sections(kind | {"user_kind": user}, is_public=True):
            found |= fields
    return found | _hours() | _small_statutes()


def group_of(kind: Mapping[str, Any]) -> Group:
    """The column of the matrix for what the first step said."""
    if kind["type"] == PERIOD:
        return Group.FLEXI_PERIOD
    if kind["type"] == "FLX":
        return Group.FLEXI_DAY
    return kinds.group_of(kinds.worker_type(kind["type"]), Times())


def _worker(how: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if how != "described":
        found["ssin"] = forms.CharField(
            label=_("National number of the worker"), max_length=20,
            error_messages={"required": _("Write the national number of the worker.")},
        )  # fmt: skip
    return found if how == "number" else found | _identity()


def _identity() -> dict[str, Any]:
    return {
        "last_name": text_field(_("Family name"), most=48),
        "first_name": text_field(_("Given name"), most=24),
        "initial": text_field(_("First letter of the second given name"), most=1),
        "birth_date": text_field(
            _("Birth date"), most=10,
            help_text=_("As 24/11/1990; only 1990 when the rest is not known"),
        ),
        "birth_place": text_field(_("Place of birth"), most=40),
        "birth_country": code_field(_("Country of birth")),
        "nationality": code_field(_("Nationality")),
        "gender": choice_field(_("Sex"), words.SEXES),
        **address_fields("home"),
    }  # fmt: skip


def _times(kind: Mapping[str, Any], group: Group) -> dict[str, Any]:
    found: dict[str, Any] = {"end": end_field()}
    if MATRIX["00777", group] is not Need.NEVER:
        found |= _hours()
    if MATRIX["01135", group] is not Need.NEVER:
        found["planned"] = whole_field(_("Planned hours"))
    start: date = kind["start"]
    if group is Group.STUDENT and start <= rules.LAST_PLANNED_DAYS:
        found["planned_days"] = whole_field(_("Planned days"))
    if kind.get("committee") == kinds.TEMP and MATRIX["00777", group] is Need.NEVER:
        found["weekdays"] = forms.MultipleChoiceField(
            label=_("Days on which he or she works"), required=False, error_messages=CHOOSE,
            help_text=_("For a contract of two to seven days"),
            choices=[(str(at), name) for at, (_one, name) in enumerate(wording.weekdays())],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
    return found


def _hours() -> dict[str, Any]:
    return {"start_hour": hour_field(_("Start hour")), "end_hour": hour_field(_("End hour"))}


def _user(kind: Mapping[str, Any]) -> dict[str, Any]:
    committee = choice_field(
        _("Joint committee of the user company"), dict(words.committees(is_agency=False))
    )
    if kind["user_kind"] == "number":
        number = text_field(_("Enterprise number of the user company"))
        return {"user": number, "user_committee": committee}
    return {
        "user_name": text_field(_("Name of the user company"), most=96),
        **address_fields("user"),
        "user_committee": committee,
    }


def _small_statutes() -> dict[str, Any]:
    return {
        "nature": choice_field(_("Kind of work of a trainee"), words.NATURES),
        "statute": choice_field(_("Small statute of a trainee"), {"F1": "F1", "F2": "F2"}),
        "risk": text_field(_("Class of risk, if the insurance names one"), most=3),
    }


def _has_cards(kind: Mapping[str, Any]) -> bool:
    own = kind.get("committee")
    is_temp = own == kinds.TEMP and kinds.worker_type(kind["type"]) in _CARDS_IN_TEMP_WORK
    return own == kinds.CONSTRUCTION or is_temp
