"""What readers of the e-Box fill in."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guichet.ebox import words
from guichet.ebox.labels import LONGEST as LONGEST_LABEL
from guichet.ebox.models import Label, Sender
from guichet.ebox.replies import LONGEST as LONGEST_REPLY
from guichet.ebox.senders import name_of

LANGUAGES: Final = (
    ("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English"),
)  # fmt: skip
_INPUTS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "p-input-day"})
    wrong = {"invalid": gettext_lazy("Write a day as 24/11/2026.")}
    return forms.DateField(
        label=label, required=False, input_formats=_INPUTS, widget=widget, error_messages=wrong
    )


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We send six digits to it; you enter them on the next page."),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class FilterForm(forms.Form):
    """What the list shows."""

    text = forms.CharField(
        label=gettext_lazy("Words of the subject or the sender"), required=False, max_length=100
    )
    sender = forms.ChoiceField(label=gettext_lazy("Sender"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Kind of message"), required=False)
    read = forms.ChoiceField(label=gettext_lazy("Read or not"), choices=words.READ, required=False)
    first = _day(gettext_lazy("Received from"))
    last = _day(gettext_lazy("Received until"))
    ending = forms.BooleanField(label=gettext_lazy("Expires within 14 days"), required=False)
    registered = forms.BooleanField(label=gettext_lazy("Registered mail"), required=False)
    label = forms.ChoiceField(label=pgettext_lazy("e-Box", "Label"), required=False)
    field_order = ("text", "sender", "type", "read", "label", "first", "last")

    def __init__(
        self,
        *args: Any,
        senders: Iterable[Sender] = (),
        types: Iterable[str] = (),
        labels: Iterable[Label] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        carried = [(str(one.pk), one.name) for one in labels]
        self.fields["label"].choices = [("", _("With or without a label")), *carried]  # type: ignore[attr-defined]
        if not carried and not self.data.get("label"):
            del self.fields["label"]
        known: list[tuple[str, Any]] = [("", _("All senders"))]
        known += [(one.number, name_of(one)) for one in senders]
        kinds: list[tuple[str, Any]] = [("", _("All kinds"))]
        kinds += [(code, words.type_name(code)) for code in types]
        self.fields["sender"].choices = known  # type: ignore[attr-defined]  # a choice field
        self.fields["type"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first one."))
        return cleaned


class SearchNameForm(forms.Form):
    """Under which name a search is kept."""

    name = forms.RegexField(
        r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$",
        label=gettext_lazy("Keep this search as"),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Give the search a name."),
            "invalid": gettext_lazy("Give the search a name of at most 60 signs."),
            "max_length": gettext_lazy("Give the search a name of at most 60 signs."),
        },
    )


class LabelForm(forms.Form):
    """The name of a label."""

    label = forms.RegexField(r"^[^\x00-\x1f\x7f]+$", max_length=LONGEST_LABEL, strip=True)


class ReplyForm(forms.Form):
    """An answer to a message."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Write your answer."),
            "max_length": gettext_lazy("An answer has at most 4,000 signs. Shorten it."),
        },
    )


class ActivationForm(forms.Form):
    """A person consents and says where mails go."""

    email = _email()
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mails"),
        choices=LANGUAGES,
        error_messages={"required": gettext_lazy("Choose a language.")},
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I want to receive my official documents here instead of on paper."),
        error_messages={"required": gettext_lazy("Tick the box to consent; you may also not.")},
    )


class AddressForm(forms.Form):
    """Another address for the mails."""

    email = _email()


class CodeForm(forms.Form):
    """The six digits of the mail."""

    code = forms.RegexField(
        r"^\s*[0-9]{3}\s?[0-9]{3}\s*$",
        label=gettext_lazy("Code of six digits"),
        error_messages={
            "required": gettext_lazy("Enter the code of six digits."),
            "invalid": gettext_lazy("A code has six digits, for example 012345."),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "eb-code"}
        ),
    )

    def digits(self) -> str:
        """Without blanks."""
        return "".join(str(self.cleaned_data["code"]).split())


class PreferencesForm(forms.Form):
    """About what, in which language and with which word mails come."""

    mails = forms.ChoiceField(
        label=gettext_lazy("When do you want a mail?"),
        choices=words.MAILS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose when you want a mail.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mails"),
        choices=LANGUAGES,
        error_messages={"required": gettext_lazy("Choose a language.")},
    )
    code_word = forms.RegexField(
        r"^[^\x00-\x1f\x7f]{0,30}$",
        label=gettext_lazy("Word of recognition"),
        help_text=gettext_lazy(
            "It stands in every mail, so that you know that it comes from us. No password."
        ),
        required=False,
        error_messages={"invalid": gettext_lazy("A word of recognition has at most 30 signs.")},
    )
    is_exclusive = forms.BooleanField(
        label=gettext_lazy("I want nothing on paper that may also come here"),
        help_text=gettext_lazy("Institutions that leave the choice are told so."),
        required=False,
    )


class FolderForm(forms.Form):
    """A new folder."""

    name = forms.RegexField(
        r"^[^\x00-\x1f\x7f]{1,60}$",
        label=gettext_lazy("Name of the folder"),
        error_messages={
            "required": gettext_lazy("Give the folder a name."),
            "invalid": gettext_lazy("A name has at most 60 signs."),
        },
    )
    is_restricted = forms.BooleanField(
        label=gettext_lazy("Only people whom I name may read it"), required=False
    )

    def __init__(self, *args: Any, may_restrict: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_restrict:
            del self.fields["is_restricted"]


class ReadersForm(forms.Form):
    """Who may read a folder."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who may read this folder"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("Choose people who have access to the e-Box.")
        },
    )

    def __init__(self, *args: Any, users: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in users.items()]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]  # a choice field


class ProgramForm(forms.Form):
    """Which program: the identifier that its maker gives."""

    client = forms.RegexField(
        r"^[A-Za-z0-9_:.-]{1,128}$",
        label=gettext_lazy("Client identifier of the program"),
        help_text=gettext_lazy("Its maker tells you. You see who he is before you allow anything."),
        error_messages={
            "required": gettext_lazy("Enter the client identifier of the program."),
            "invalid": gettext_lazy(
                "A client identifier has letters, digits and the signs _ : . - and no blanks."
            ),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AllowForm(forms.Form):
    """The holder lets a program in, knowing what it sees."""

    consent = forms.BooleanField(
        label=gettext_lazy("I let this program read the e-Box."),
        error_messages={"required": gettext_lazy("Tick the box to allow it; you may also not.")},
    )
