"""The first step of an IN: what decides which fields matter."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.eservices.dimona import wire
from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.pages.coded import Coded
from guichet.eservices.dimona.pages.forms import day_field
from guichet.rules.dimona import form as rules
from guichet.rules.dimona import kinds
from guichet.rules.dimona.message import NO_END

_CHOOSE: Final = {"invalid_choice": gettext_lazy("Choose one of the list.")}
PERIOD: Final = "FLX-period"
_HOW: Final = (
    ("number", gettext_lazy("By the national number")),
    ("described", gettext_lazy("By a description: the worker has no number yet")),
    ("both", gettext_lazy("By both: we say whether they differ")),
)
_USERS: Final = (
    ("number", gettext_lazy("It has a Belgian enterprise number")),
    ("address", gettext_lazy("It has none: a firm abroad or a private person")),
)
_ZONES: Final = {
    "00024": ("how",), "00046": ("committee",), "00655": ("type",), "90374": ("committee",),
    "00910": ("start",), "90373-343": ("start",),
}  # fmt: skip


class KindForm(Coded):
    """Worker, type, committee, first day; for an agency also what is known of the user."""

    fields_of = _ZONES
    how = forms.ChoiceField(
        label=gettext_lazy("How do you name the worker?"), choices=_HOW, required=False,
        widget=forms.RadioSelect, initial="number", error_messages=_CHOOSE,
    )  # fmt: skip
    type = forms.ChoiceField(
        label=gettext_lazy("Worker type"),
        error_messages={**_CHOOSE, "required": gettext_lazy("Choose the worker type.")},
    )
    committee = forms.ChoiceField(
        label=gettext_lazy("Joint committee"), required=False, error_messages=_CHOOSE,
        help_text=gettext_lazy("Choose XXX when yours is not in the list"),
    )  # fmt: skip
    start = day_field(
        gettext_lazy("First day"), errors={"required": gettext_lazy("Write the first day.")}
    )
    user_kind = forms.ChoiceField(
        label=gettext_lazy("The user company, for a temporary worker"), choices=_USERS,
        required=False, widget=forms.RadioSelect, initial="number", error_messages=_CHOOSE,
    )  # fmt: skip

    def __init__(self, *args: Any, is_public: bool, is_agency: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_public = is_public
        choose = ("", pgettext_lazy("choice", "Choose"))
        kind: Any = self.fields["type"]
        kind.choices = [choose, *_types()]
        committee: Any = self.fields["committee"]
        committee.choices = [choose, *words.committees(is_agency=is_agency)]
        if is_public:
            del self.fields["committee"]
        if not is_agency:
            del self.fields["user_kind"]

    def clean(self) -> dict[str, Any]:
        """What was not chosen is what most people want."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["how"] = cleaned.get("how") or "number"
        cleaned["user_kind"] = cleaned.get("user_kind") or "number"
        if cleaned.get("start") == NO_END:
            self.add_error("start", _("Write the first day."))
        return cleaned

    @property
    def features(self) -> wire.Features:
        """The features without the user company."""
        data = self.cleaned_data
        return wire.Features(
            joint_commission_number=kinds.committee(data.get("committee", "")) or None,
            worker_type=data["type"].partition("-")[0],
        )

    @property
    def is_temp(self) -> bool:
        """Whether it is about a temporary worker of an agency."""
        return self.cleaned_data.get("committee") == kinds.TEMP

    def judge(self, today: Any) -> bool:
        """Whether type, committee and first day go together as far as this step can tell."""
        act = wire.DimonaIn(start_date=self.cleaned_data["start"], features=self.features)
        message = wire.message_of(wire.Body(dimona_in=act))
        mine = {"00655", "00652", *(() if self.is_temp else ("00046", "90374"))}
        found = rules.in_faults(message, is_public=self.is_public, today=today)
        codes = [
            code
            for code in dict.fromkeys(found)
            if code.partition("-")[0] in mine or code in ("00910-008", "00910-003")
        ]
        self.tell(codes)
        return not codes


def _types() -> list[tuple[str, str]]:
    found = []
    for code, word in words.TYPES.items():
        if code == "FLX":
            found.append((code, _("FLX Flexi-job, one day or shift with hours")))
            found.append((PERIOD, _("FLX Flexi-job, a period")))
        else:
            found.append((code, f"{code} {word}"))
    return found
