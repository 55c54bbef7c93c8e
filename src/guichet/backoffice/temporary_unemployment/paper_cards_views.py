"""Reasoned requests to keep paper control cards: noted, listed, taken back."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from guichet.access.sessions import ActingRequest
from guichet.backoffice.temporary_unemployment.entrance import (
    agent,
    noted,
    officer_of,
    refusal,
    show,
)
from guichet.backoffice.temporary_unemployment.forms import Day, choice, text
from guichet.backoffice.temporary_unemployment.paper_form import PaperForm
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.office import paper_cards
from guichet.eservices.temporary_unemployment.office.officers import NotYours, Officer, OwnFile
from guichet.eservices.temporary_unemployment.office.paper_cards import (
    Asked,
    InTheFuture,
    NotInTransition,
    UnknownEmployer,
    UnknownRequest,
    UnknownWorker,
)
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.platform import clock, wording
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.temporary_unemployment.card_form import request_months

_NARROW: Final = {"autocomplete": "off", "class": "govuk-input--width-10"}


class RequestForm(forms.Form):
    """A request as it came in a letter or at the counter."""

    employer = forms.CharField(
        label=gettext_lazy("Enterprise number"), max_length=20,
        widget=forms.TextInput(attrs=_NARROW),
        error_messages={"required": gettext_lazy("Enter the number of the enterprise.")},
    )  # fmt: skip
    worker = forms.CharField(
        label=gettext_lazy("National number of the worker"), required=False, max_length=20,
        help_text=gettext_lazy(
            "Only when a worker asks for himself; empty when his employer asks."
        ),
        widget=forms.TextInput(attrs=_NARROW),
    )  # fmt: skip
    first_month = choice(gettext_lazy("First month"), required=True)
    last_month = choice(gettext_lazy("Last month"), required=True)
    asked_on = Day(
        label=gettext_lazy("Day of the request"),
        error_messages={"required": gettext_lazy("Enter the day of the request.")},
    )
    reason = text(
        gettext_lazy("Reasons that were given"),
        gettext_lazy("In short: why the electronic card is not possible yet."),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        months = {
            f"{one:%Y-%m}": (one, f"{wording.month_name(one)} {one.year}")
            for one in request_months()
        }
        self._months = {key: month for key, (month, _shown) in months.items()}
        for name in ("first_month", "last_month"):
            field: Any = self.fields[name]
            field.choices = [(key, shown) for key, (_month, shown) in months.items()]

    clean_employer = PaperForm.clean_employer

    def clean_worker(self) -> str:
        """Eleven digits, or none."""
        given = self.cleaned_data["worker"].strip()
        try:
            return Niss.parse(given).digits if given else ""
        except InvalidNiss:
            raise forms.ValidationError(_("This is no valid national number.")) from None

    def asked(self) -> Asked:
        """The request of a valid form."""
        given = self.cleaned_data
        return Asked(
            employer=given["employer"], worker=given["worker"],
            first_month=self._months[given["first_month"]],
            last_month=self._months[given["last_month"]],
            asked_on=given["asked_on"], reason=given["reason"].strip(),
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
@agent
def listing(request: ActingRequest) -> HttpResponseBase:
    """Every request, and one to note."""
    officer = officer_of(request)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _noted(form, officer):
        messages.success(request, _("The request is noted."))
        return redirect("temporary_unemployment_desk:paper-cards")
    return _page(request, form, officer)


@require_POST
@agent
def take_back(request: ActingRequest, asked: int) -> HttpResponseBase:
    """A request that was noted by mistake."""
    try:
        paper_cards.take_back(request=asked, officer=officer_of(request), now=clock.now())
    except UnknownRequest:
        raise Http404 from None
    except (NotYours, OwnFile) as why:
        messages.error(request, _why(why))
    else:
        messages.success(request, _("The request is taken back."))
    return redirect("temporary_unemployment_desk:paper-cards")


def _noted(form: RequestForm, officer: Officer) -> bool:
    """Whether it is noted; the form says what stood in its way."""
    try:
        paper_cards.note(asked=form.asked(), officer=officer, now=clock.now())
    except (NotYours, OwnFile) as why:
        form.add_error(None, _why(why))
    except UnknownEmployer:
        form.add_error("employer", _("No enterprise has this number."))
    except UnknownWorker:
        form.add_error("worker", _("Dimona knows nobody of this number here in these months."))
    except NotInTransition:
        form.add_error("last_month", _("The last month lies before the first one."))
    except InTheFuture:
        form.add_error("asked_on", _("A request cannot be of a day to come."))
    else:
        return True
    return False


def _why(why: Exception) -> str:
    if isinstance(why, NotYours):
        return str(_("The office of the registered seat notes this request, or you have no right."))
    return refusal(why)


def _page(request: ActingRequest, form: RequestForm, officer: Officer) -> HttpResponse:
    rows = paper_cards.listed()
    noted(request, [one.person.niss for one in rows if one.person is not None])
    names = enterprises.names(
        numbers={one.employer.number for one in rows}, language=words.language()
    )
    context = {
        "rows": rows, "names": names, "form": form, "officer": officer, "current": "paper",
    }  # fmt: skip
    return show(request, "paper_cards.html", context, status=422 if form.errors else 200)
