"""What the desk fills in: an answer, an announcement."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.access.counter import words
from guichet.access.counter.announcing import Wording
from guichet.access.counter.forms import LongText
from guichet.kernel.label import Label
from guichet.platform.masking import holds_number

# Each language under its own name, as in the head of the pages.
_LANGUAGES: Final = (("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English"))
_MOMENTS: Final = ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"]


class AnswerForm(forms.Form):
    """The answer, which leaves as it stands here."""

    answer = LongText(
        label=_("Your answer"),
        help_text=_("At most 2000 signs, in the language of the question."),
        error_messages={
            "required": _("Write the answer."),
            "max_length": _("The answer has more than 2000 signs: make it shorter."),
        },
    )

    def clean_answer(self) -> str:
        """No number of a person leaves by mail."""
        text = str(self.cleaned_data["answer"])
        if holds_number(text):
            raise forms.ValidationError(_("Leave the number of the person out of the answer."))
        return text


class MomentInput(forms.DateTimeInput):
    """A day and an hour, with the picker of the browser."""

    input_type = "datetime-local"


class MomentField(forms.DateTimeField):
    """A day and an hour on the clock of Brussels, which is that of the pages."""

    def __init__(self, **given: Any) -> None:
        given["widget"] = MomentInput(format="%Y-%m-%dT%H:%M")
        super().__init__(input_formats=_MOMENTS, **given)


class AnnouncementForm(forms.Form):
    """What is announced, about which service, when, in four languages."""

    severity = forms.ChoiceField(
        label=_("Kind"),
        choices=words.SEVERITIES.items,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the kind of announcement."),
            "invalid_choice": _("Choose the kind of announcement."),
        },
    )
    service = forms.ChoiceField(
        label=_("Service"),
        required=False,
        error_messages={"invalid_choice": _("Choose a service of the list.")},
    )
    begins_at = MomentField(
        label=_("From"),
        help_text=_("A planned interruption is shown at once, everything else from this moment."),
        error_messages={
            "required": _("Enter from when it lasts."),
            "invalid": _("Enter the beginning as a day and an hour: 24/11/2026 18:00."),
        },
    )
    ends_at = MomentField(
        label=_("Until (may stay empty: not known yet)"),
        required=False,
        error_messages={"invalid": _("Enter the end as a day and an hour: 24/11/2026 20:00.")},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        choices = words.service_choices(_("Every service"))
        self.fields["service"].choices = choices  # type: ignore[attr-defined]  # a choice field
        for code, name in _LANGUAGES:
            self.fields[f"title_{code}"] = _line(
                _("Title, %(language)s") % {"language": name}, name
            )
        for code, name in _LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text, %(language)s (may stay empty)") % {"language": name},
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": "3", "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        """The end after the beginning; the texts in every language or in none."""
        data = super().clean() or {}
        begins, ends = data.get("begins_at"), data.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("The end is before the beginning."))
        if data.get("severity") == "planned" and not ends and "ends_at" not in self.errors:
            self.add_error("ends_at", _("Say until when a planned interruption lasts."))
        texts = {code: data.get(f"text_{code}") for code, _name in _LANGUAGES}
        for code, text in texts.items():
            if any(texts.values()) and not text:
                self.add_error(f"text_{code}", _("Write the text in every language, or in none."))
        return data

    def wording(self) -> Wording:
        """The cleaned data as the operations take it."""
        data = self.cleaned_data
        titles = {code: data[f"title_{code}"] for code, _name in _LANGUAGES}
        texts = {code: data[f"text_{code}"] for code, _name in _LANGUAGES}
        return Wording(
            severity=data["severity"],
            service=data["service"] or None,
            title=Label(**titles),
            text=Label(**texts) if all(texts.values()) else None,
            begins_at=data["begins_at"],
            ends_at=data["ends_at"],
        )


def _line(label: Any, language: str) -> forms.CharField:
    required = _("Write the title in %(language)s.") % {"language": language}
    return forms.CharField(label=label, max_length=120, error_messages={"required": required})
