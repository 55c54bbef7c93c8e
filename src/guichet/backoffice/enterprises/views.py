"""The desk that registers foreign enterprises: what it did, a new one, its receipt."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest
from guichet.audit.lookups import looked_up
from guichet.backoffice.entering import at_the_desk
from guichet.backoffice.enterprises import issuing, operations, queries
from guichet.backoffice.enterprises.forms import FUNCTIONS, RegistrationForm, SameForm
from guichet.backoffice.enterprises.operations import AlreadyRegistered, UnknownPerson
from guichet.csam.outside import numbers
from guichet.csam.outside.countries import country_name
from guichet.platform import clock
from guichet.registers.changing import RegisterRefused
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.bis_numbers import CountersExhausted, NoSuchBirthDate
from guichet.rules.foreign_access import Way

agent: Final = at_the_desk(Permission.ENTERPRISE_DESK)
WAYS: Final = {
    Way.EID: gettext_lazy("The Belgian electronic identity card, with a card reader."),
    Way.ITSME: gettext_lazy("itsme, with the Belgian identity card."),
    Way.EIDAS: gettext_lazy(
        "The recognised electronic identification of your own country (eIDAS), with your e-mail"
        " address and telephone number at the first time."
    ),
    Way.BELGIANID: gettext_lazy(
        "A user name, a password and a code by app or by e-mail, after a video interview"
        " (BelgianID for foreigners)."
    ),
}


@require_GET
@agent
def index(request: ActingRequest) -> HttpResponse:
    """The latest registrations of this desk, without names of people."""
    rows = queries.registrations(actor=request.acting.actor)
    return render(
        request, "enterprise_desk/index.html", {"rows": rows, "country_name": _country_name}
    )


@require_http_methods(["GET", "POST"])
@agent
def new(request: ActingRequest) -> HttpResponseBase:
    """Fill in; somebody who may be known already is asked about; then the numbers are given."""
    form = RegistrationForm(
        request.POST or None,
        today=clock.today(clock.now()),
        initial={"language": get_language(), "sex": ""},
    )
    same: SameForm | None = None
    if form.is_valid():
        people = _may_be_the_same(request, form)
        asks = bool(people) and not form.cleaned_data["niss"]
        if asks:
            same = SameForm(request.POST if "same" in request.POST else None, people=people)
        if same is None or same.is_valid():
            number = _register(
                request, form, form.cleaned_data["niss"] if same is None else same.niss()
            )
            if number is not None:
                return redirect("enterprise_desk:receipt", number)
    context = {"form": form, "same": same, "is_asking": same is not None and not same.is_bound}
    is_wrong = request.method == "POST"
    return render(request, "enterprise_desk/new.html", context, status=422 if is_wrong else 200)


@require_GET
@agent
def receipt(request: ActingRequest, number: str) -> HttpResponse:
    """Both numbers and what comes next, to be printed and given to the person."""
    found = queries.registration(number=number, actor=request.acting.actor)
    if found is None:
        raise Http404
    looked_up(
        viewer=request.acting.actor,
        subjects=[found.niss],
        purpose="enterprises.registration",
        channel="portal",
        now=clock.now(),
    )
    context = {
        "one": found,
        "country": _country_name(found.country),
        "function": dict(FUNCTIONS)[found.function],
        "ways": [WAYS[way] for way in found.ways],
    }
    return render(request, "enterprise_desk/receipt.html", context)


def _may_be_the_same(request: ActingRequest, form: RegistrationForm) -> tuple[PersonRecord, ...]:
    data = form.cleaned_data
    people = queries.same_people(
        family_name=data["family_name"],
        given_name=data["given_name"],
        birth_date=data["birth_date"],
    )
    looked_up(
        viewer=request.acting.actor,
        subjects=[person.niss for person in people],
        purpose="enterprises.registration",
        channel="portal",
        now=clock.now(),
    )
    return people


def _register(request: ActingRequest, form: RegistrationForm, niss: str) -> str | None:
    """The number of the enterprise; None with the reason on the form."""
    try:
        return operations.register(
            wanted=form.wanted(niss=niss), actor=request.acting.actor, now=clock.now()
        )
    except AlreadyRegistered:
        form.add_error("vat_number", _("An enterprise with this VAT number is registered already."))
    except UnknownPerson:
        form.add_error("niss", _("No register knows this person\u2019s number."))
    except (numbers.NoIssuer, CountersExhausted, NoSuchBirthDate):
        form.add_error("birth_date", _("No number can be given for this date of birth."))
    except (issuing.NoIssuer, issuing.NumbersExhausted):
        form.add_error(None, _("No enterprise number can be given in this installation."))
    except RegisterRefused as refusal:
        form.add_error(None, str(refusal.sentence))
    return None


def _country_name(code: str) -> str:
    return country_name(code, get_language() or "en")
