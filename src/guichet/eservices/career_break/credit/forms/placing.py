"""For whom an earlier period was taken."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.career_break import words
from guichet.eservices.career_break.credit.forms.fields import birthday
from guichet.eservices.career_break.credit.forms.simulator import choices
from guichet.eservices.career_break.credit.placing import NEW, Placed
from guichet.eservices.career_break.dossier import Taken
from guichet.eservices.career_break.said import Cared
from guichet.platform import wording

_CHOOSE = _("Choose one of the answers.")
_MOST_SIGNS = 100


class PlaceForm(forms.Form):
    """One period at a time: for somebody who is known by name, or for somebody new."""

    period = forms.ChoiceField(
        label=_("Which period?"), error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE}
    )
    whom = forms.ChoiceField(
        label=_("For whom was it?"),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    name = forms.CharField(
        label=_("Somebody new: the name, or a word by which you know whom you mean"),
        help_text=_("For palliative care, a letter is enough: the patient stays unnamed."),
        max_length=_MOST_SIGNS,
        required=False,
    )
    born_on = birthday(_("Somebody new: born on"))

    def __init__(
        self,
        *args: Any,
        people: Mapping[str, Cared],
        untold: Sequence[Taken],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        choices(self, "period", [(one.ticket, _named(one)) for one in untold])
        known = [(key, one.name or _("somebody without a name")) for key, one in people.items()]
        choices(self, "whom", [*known, (NEW, _("Somebody new"))])

    def clean(self) -> dict[str, Any]:
        """Somebody new has a name."""
        given = self.cleaned_data
        if given.get("whom") == NEW and not given.get("name"):
            self.add_error("name", _("Write a name, or a word by which you know whom you mean."))
        return given

    def placed(self) -> Placed:
        """What was said, of a form that is valid."""
        given = self.cleaned_data
        is_new = given["whom"] == NEW
        return Placed(
            ticket=given["period"],
            whom=given["whom"],
            name=given["name"] if is_new else "",
            born_on=given["born_on"] if is_new else None,
        )


def _named(one: Taken) -> str:
    rules = one.rules
    first, last = wording.day(rules.period.first_day), wording.day(rules.period.last_day)
    return f"{words.LEAVES[rules.leave]}, {words.REGIMES[rules.regime]}, {first} - {last}"
