"""Is there a works council, is there a union delegation."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment.forms.steps import YES_NO
from guichet.eservices.temporary_unemployment.models import Representation

NAMES: Final = ("has_works_council", "has_union_delegation")


def _asked(label: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=YES_NO, widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )  # fmt: skip


class RepresentationForm(forms.Form):
    """Both are asked: there may be one, both or neither."""

    has_works_council = _asked(
        _("Is there a works council?"), _("Say whether there is a works council.")
    )
    has_union_delegation = _asked(
        _("Is there a union delegation?"), _("Say whether there is a union delegation.")
    )

    @property
    def told(self) -> dict[str, bool]:
        """The answers of a valid form."""
        return {name: self.cleaned_data[name] == "yes" for name in NAMES}


def initial_of(row: Representation | None) -> dict[str, str]:
    """What was told before, nothing chosen while nothing was."""
    if row is None:
        return {}
    return {name: "yes" if getattr(row, name) else "no" for name in NAMES}
