"""A new subscription as a manager of channels fills it in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from guichet.access.webhooks import sending, words
from guichet.access.webhooks.kinds import kinds


class SubscriptionForm(forms.Form):
    """Where to, and what about."""

    address = forms.CharField(
        label=gettext_lazy("Address of your software"),
        help_text=gettext_lazy("It begins with https:// and can be reached from the Internet."),
        max_length=500,
        error_messages={"required": gettext_lazy("Enter the address of your software.")},
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What is it told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one kind of event."),
            "invalid_choice": gettext_lazy("This kind of event does not exist. Choose another."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(kinds().items())

    def clean_address(self) -> str:
        """Refused in words that say what to change."""
        address = str(self.cleaned_data["address"]).strip()
        try:
            sending.checked(address, is_simulation=settings.ENVIRONMENT.simulation)
        except sending.AddressRefused as refusal:
            raise forms.ValidationError(words.ADDRESSES[refusal.why]) from None
        return address
