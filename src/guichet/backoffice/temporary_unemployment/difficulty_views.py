"""Forms C106A: recorded when they came, then recognised or refused."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import ActingRequest
from guichet.backoffice.temporary_unemployment.entrance import agent, officer_of, refusal, show
from guichet.backoffice.temporary_unemployment.forms import Day, choice
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.models import Difficulty
from guichet.eservices.temporary_unemployment.office import difficulty
from guichet.eservices.temporary_unemployment.office.difficulty import (
    AlreadyDecided,
    DaysReversed,
    Finding,
    NotExplained,
    Told,
    UnknownForm,
)
from guichet.eservices.temporary_unemployment.office.officers import NotYours, Officer
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment import white_collars
from guichet.rules.temporary_unemployment.figures import figure

GROUNDS: Final = {
    "turnover": gettext_lazy("Fall of turnover, production or orders"),
    "unemployment": gettext_lazy("Economic unemployment of blue collars"),
    "minister": gettext_lazy("Recognised by the minister"),
}


class FormForm(forms.Form):
    """A form C106A that came."""

    employer = forms.CharField(
        label=gettext_lazy("Enterprise number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
        error_messages={"required": gettext_lazy("Enter the number of the enterprise.")},
    )
    form = choice(gettext_lazy("Form"), required=True)
    ground = choice(gettext_lazy("Ground"), required=True)
    sent_on = Day(
        label=gettext_lazy("Day of the registered letter"),
        error_messages={"required": gettext_lazy("Enter the day of the letter.")},
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        forms_of: Any = self.fields["form"]
        forms_of.choices = [(one, one) for one in difficulty.FORMS]
        grounds: Any = self.fields["ground"]
        grounds.choices = [*GROUNDS.items()]

    def clean_employer(self) -> str:
        """Ten digits."""
        try:
            return EnterpriseNumber.parse(self.cleaned_data["employer"]).digits
        except InvalidEnterpriseNumber:
            raise forms.ValidationError(_("This is no valid enterprise number.")) from None


class RecogniseForm(forms.Form):
    """From when until when an enterprise is recognised."""

    first_day = Day(
        label=gettext_lazy("Recognised from"),
        error_messages={"required": gettext_lazy("Say from when it is recognised.")},
    )
    last_day = Day(
        label=gettext_lazy("Recognised until"),
        help_text=gettext_lazy("Empty: without an end."),
        required=False,
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Fall or unemployment, in whole per cent rounded down"),
        help_text=gettext_lazy("As you found it in what came with the form."),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("Enter a whole number from 0 to 100."),
        ),
    )
    remark = forms.CharField(
        label=gettext_lazy("Why you decide so"),
        help_text=gettext_lazy(
            "Needed for a refusal, and where the figure does not reach what the law asks for."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, is_refusal: bool = False) -> None:
        super().__init__(data)
        if is_refusal:
            del self.fields["first_day"], self.fields["last_day"]


@require_http_methods(["GET", "POST"])
@agent
def listing(request: ActingRequest) -> HttpResponseBase:
    """Every form, and one to record."""
    officer = officer_of(request)
    form = FormForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        told = Told(
            employer=given["employer"], form=given["form"], ground=given["ground"],
            sent_on=given["sent_on"],
        )  # fmt: skip
        try:
            row = difficulty.record(told=told, officer=officer, now=clock.now())
        except UnknownForm:
            form.add_error("employer", _("No enterprise has this number."))
        except DaysReversed:
            form.add_error("sent_on", _("A letter cannot be of a day to come."))
        except NotYours as why:
            form.add_error(None, refusal(why))
        else:
            messages.success(request, _("The form is recorded."))
            return redirect("temporary_unemployment_desk:recognise", row.pk)
    rows = list(difficulty.listed()[:200])
    names = enterprises.names(
        numbers={row.employer.number for row in rows}, language=words.language()
    )
    context = {
        "rows": rows, "names": names, "form": form, "grounds": GROUNDS, "officer": officer,
        "current": "difficulty",
    }  # fmt: skip
    return show(request, "difficulty.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@agent
def recognise(request: ActingRequest, form: int) -> HttpResponseBase:
    """Recognise an enterprise as one in difficulty, or refuse it."""
    row, officer = difficulty.one(form), officer_of(request)
    if row is None:
        raise Http404
    is_refusal = request.POST.get("do") == "refuse"
    filled = RecogniseForm(
        request.POST if request.method == "POST" else None, is_refusal=is_refusal
    )
    if filled.is_valid():
        try:
            _decide(row.pk, filled, officer, is_refusal=is_refusal)
        except NotExplained as why:
            filled.add_error("remark", _unexplained(why, row, is_refusal=is_refusal))
        except (AlreadyDecided, NotYours, DaysReversed) as why:
            messages.error(request, _why(why))
        else:
            messages.success(request, _("The decision on the form is recorded."))
            return redirect("temporary_unemployment_desk:difficulty")
    context = {
        "row": row, "form": filled, "grounds": GROUNDS, "officer": officer,
        "name": enterprises.names(numbers=[row.employer.number], language=words.language()).get(
            row.employer.number, ""
        ),
        "may": difficulty.handles(officer, row.employer, on=row.sent_on)
        and not row.refused and row.first_day is None,
        "current": "difficulty",
    }  # fmt: skip
    return show(request, "recognise.html", context, status=422 if filled.errors else 200)


def _decide(key: int, filled: RecogniseForm, officer: Officer, *, is_refusal: bool) -> None:
    given, now = filled.cleaned_data, clock.now()
    finding = Finding(percent=given["percent"], remark=given["remark"])
    if is_refusal:
        difficulty.refuse(form=key, finding=finding, officer=officer, now=now)
        return
    difficulty.recognise(
        form=key, first_day=given["first_day"], last_day=given["last_day"], finding=finding,
        officer=officer, now=now,
    )  # fmt: skip


def _unexplained(why: NotExplained, row: Difficulty, *, is_refusal: bool) -> str:
    least = figure("white_collar.loss_percent", on=row.sent_on)
    if not is_refusal:
        return _(
            "The law asks for %(least)d per cent: say why you recognise the enterprise all the "
            "same."
        ) % {"least": least}
    if why.ground in (white_collars.Difficulty.LOSS, white_collars.Difficulty.UNEMPLOYMENT):
        return _("The figure reaches %(least)d per cent: say why you refuse.") % {"least": least}
    return _("Say why you refuse.")


def _why(why: Exception) -> str:
    if isinstance(why, AlreadyDecided):
        return _("This form was decided before.")
    if isinstance(why, DaysReversed):
        return _("The last day lies before the first one.")
    return refusal(why)
