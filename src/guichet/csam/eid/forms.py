"""The test card that a visitor of the simulation asks for."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.csam.eid import fictitious
from guichet.csam.eid.authority import CardKind

_NOT_CHOSEN: Final = ("required", "invalid_choice")


class TestCardForm(forms.Form):
    """For whom, and what shall be wrong with it."""

    __test__ = False  # not a test, whatever its name begins with

    person = forms.ChoiceField(
        label=_("Card of"),
        error_messages=dict.fromkeys(_NOT_CHOSEN, _("Choose whose card you want.")),
    )
    kind = forms.ChoiceField(
        label=_("Which certificate"),
        choices=[
            (CardKind.AUTHENTICATION, _("To identify oneself (Authentication)")),
            (CardKind.SIGNATURE, _("To sign documents (Signature), which is refused")),
        ],
        initial=CardKind.AUTHENTICATION,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(_NOT_CHOSEN, _("Choose which certificate the card has.")),
    )
    expired = forms.BooleanField(label=_("Expired since yesterday"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.name) for one in fictitious.people()]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
