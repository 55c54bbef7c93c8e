"""What the parties of a mandate fill in."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.access.mandates import domains, words
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.rules import mandates as rules
from guichet.rules.mandates import Domain, Quarter, Side

LANGUAGES = (("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English"))


class NumberField(forms.CharField):
    """An enterprise number in any of its written forms; its value is ten digits."""

    def clean(self, value: Any) -> str:
        """Ten digits with a right check."""
        text = re.sub(r"[\s.]|^BE", "", str(super().clean(value)))
        try:
            return EnterpriseNumber.parse(text).digits
        except InvalidEnterpriseNumber:
            raise forms.ValidationError(
                _("Enter the number of the enterprise: ten digits, for example 0123.456.749.")
            ) from None


class ProposalForm(forms.Form):
    """A mandate: with whom, for what, since when."""

    other = NumberField(
        label=_("Enterprise number of the mandatary"),
        help_text=_("The social secretariat or other provider: ten digits."),
        error_messages={"required": _("Enter the enterprise number.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    domains = forms.MultipleChoiceField(
        label=_("For what"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one domain.")},
    )
    first = forms.ChoiceField(
        label=_("From which quarter"),
        help_text=_("A mandate begins with a quarter and ends with one."),
        error_messages={
            "required": _("Choose the first quarter."),
            "invalid_choice": _("Choose the current quarter or one of the next four."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the document"),
        choices=LANGUAGES,
        error_messages={"required": _("Choose a language.")},
    )

    def __init__(self, *args: Any, side: Side, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if side is Side.MANDATARY:
            self.fields["other"].label = _("Enterprise number of the employer")
            self.fields["other"].help_text = _("Your client: ten digits.")
        self.fields["domains"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.value, domains.name(one)) for one in Domain
        ]
        self.fields["first"].choices = [  # type: ignore[attr-defined]
            (str(one), words.quarter(one)) for one in rules.first_quarters(today)
        ]

    def wanted_domains(self) -> tuple[Domain, ...]:
        """What was ticked, in the order of the list."""
        chosen = self.cleaned_data["domains"]
        return tuple(one for one in Domain if one.value in chosen)

    def first_quarter(self) -> Quarter:
        """The quarter that was chosen."""
        return Quarter.parse(self.cleaned_data["first"])


class EndForm(forms.Form):
    """With which quarter a mandate ends."""

    last = forms.ChoiceField(
        label=_("Last quarter"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the last quarter."),
            "invalid_choice": _("Choose one of the quarters in the list."),
        },
    )

    def __init__(self, *args: Any, quarters: tuple[Quarter, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(one), words.quarter(one)) for one in quarters
        ]


class DocumentForm(forms.Form):
    """The signed document."""

    document = forms.FileField(
        label=_("The signed PDF"),
        help_text=_("The file that you downloaded here and signed with your card; two megabytes."),
        error_messages={
            "required": _("Choose the signed PDF."),
            "empty": _("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
