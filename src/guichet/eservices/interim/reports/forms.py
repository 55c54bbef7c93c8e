"""What is filled in: a report, an answer, why somebody does not agree."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.access.counter.forms import LongText
from guichet.documents.attachments.models import Attachment
from guichet.eservices.interim.reports import words
from guichet.rules.relation_reports import Kind, State, Step, may


class ReportForm(forms.Form):
    """What is wrong; ``attached``: the pending attachments that the page showed."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=words.KINDS.items,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is wrong."),
            "invalid_choice": _("Choose what is wrong."),
        },
    )
    text = LongText(
        label=_("What should the agency know?"),
        help_text=_(
            "At most 2000 signs. Name the days and the company where you really work. The agency "
            "sees your name and your number with it: leave out numbers of other persons."
        ),
        error_messages={
            "required": _("Write what is wrong, with the day and the company."),
            "max_length": _("Your text has more than 2000 signs: make it shorter."),
        },
    )
    attached = forms.MultipleChoiceField(
        required=False,
        widget=forms.MultipleHiddenInput,
        error_messages={
            "invalid_choice": _(
                "A file that was attached is gone. Look at the list, and attach it again."
            )
        },
    )

    def __init__(self, *args: Any, pending: Sequence[Attachment], **given: Any) -> None:
        super().__init__(*args, **given)
        attached: Any = self.fields["attached"]
        attached.choices = [(str(one.pk), one.name) for one in pending]

    @property
    def chosen_kind(self) -> Kind:
        """What is wrong."""
        return Kind(self.cleaned_data["kind"])

    @property
    def chosen_files(self) -> list[UUID]:
        """The files that go with it."""
        return [UUID(one) for one in self.cleaned_data["attached"]]


class AnswerForm(forms.Form):
    """What the agency did, and what it says."""

    step = forms.ChoiceField(
        label=_("What did you do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what you did."),
            "invalid_choice": _("Choose what you did."),
        },
    )
    text = LongText(
        label=_("Your answer to the worker"),
        help_text=_("At most 2000 signs, in the language of the report."),
        error_messages={
            "required": _("Write the answer."),
            "max_length": _("The answer has more than 2000 signs: make it shorter."),
        },
    )

    def __init__(self, *args: Any, state: State, **given: Any) -> None:
        super().__init__(*args, **given)
        step: Any = self.fields["step"]
        step.choices = [(key, word) for key, word in words.STEPS.items() if may(state, Step(key))]


class ContestForm(forms.Form):
    """Why the worker does not agree."""

    text = LongText(
        label=_("Why do you not agree?"),
        help_text=_("At most 2000 signs. The agency reads it and answers again."),
        error_messages={
            "required": _("Write why you do not agree."),
            "max_length": _("Your text has more than 2000 signs: make it shorter."),
        },
    )
