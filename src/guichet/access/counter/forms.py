"""What somebody fills in to ask a question."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guichet.access.counter import words
from guichet.access.counter.asking import Asked
from guichet.rules.questions import LONGEST


class LongText(forms.CharField):
    """A text of several lines, in which a line break counts as one sign; counted as one types."""

    def __init__(self, **given: Any) -> None:
        given["widget"] = forms.Textarea(attrs={"rows": "8", "data-count": str(LONGEST)})
        given["max_length"] = LONGEST
        super().__init__(**given)

    def to_python(self, value: Any) -> str:
        """The text with the line breaks of this house."""
        text = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return str(super().to_python(text))


class QuestionForm(forms.Form):
    """A question; a visitor says where the answer goes."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={
            "required": _("Choose what your question is about."),
            "invalid_choice": _("Choose what your question is about."),
        },
    )
    service = forms.ChoiceField(
        label=_("Which service?"),
        required=False,
        error_messages={"invalid_choice": _("Choose a service of the list.")},
    )
    message = LongText(
        label=_("Your question"),
        help_text=_(
            "At most 2000 signs. Leave out numbers of persons and passwords; a receipt number or "
            "the number of a dossier helps us."
        ),
        error_messages={
            "required": _("Write your question."),
            "max_length": _("Your question has more than 2000 signs: make it shorter."),
        },
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For the answer only."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your e-mail address: the answer goes there."),
            "invalid": _("Enter an e-mail address like name@example.org."),
            "max_length": _("Enter an e-mail address like name@example.org."),
        },
    )

    def __init__(self, *args: Any, is_visitor: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        topics = [("", _("Choose")), *words.TOPICS.items()]
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]  # a choice field
        services = words.service_choices(_("No service in particular"))
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        if not is_visitor:
            del self.fields["email"]

    def asked(self) -> Asked:
        """The cleaned data as the operation takes it."""
        data = self.cleaned_data
        return Asked(
            topic=data["topic"],
            message=data["message"],
            language=(get_language() or "en").partition("-")[0],
            service=data["service"] or None,
            email=data.get("email", ""),
        )
