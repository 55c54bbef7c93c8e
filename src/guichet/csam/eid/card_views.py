"""Test cards for a visitor of the simulation: made, downloaded, revoked. Simulation only."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.audit.actors import Actor, system
from guichet.csam.eid import fictitious, operations, queries
from guichet.csam.eid.authority import CardKind
from guichet.csam.eid.forms import TestCardForm
from guichet.csam.eid.operations import UnknownCard, Wanted
from guichet.platform import clock
from guichet.platform.routes import public

PASSWORD: Final = "guichet"  # noqa: S105  # shown on the page; the key is of nobody
_VISITOR: Final[Actor] = system("csam-visitor")


@public
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Make a card and download it; below, the cards that were made."""
    _require_simulation()
    form = TestCardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _made(form)
    context = {
        "form": form,
        "password": PASSWORD,
        "cards": queries.made_cards(now=clock.now()),
    }
    return render(request, "eid/test_card.html", context, status=422 if form.errors else 200)


@public
@require_POST
def revoke(request: HttpRequest, serial: str) -> HttpResponseBase:
    """Put a test card on the list of revoked ones."""
    _require_simulation()
    try:
        operations.revoke_test_card(number=serial, actor=_VISITOR, now=clock.now())
    except UnknownCard:
        raise Http404 from None
    messages.success(request, _("The card is revoked. The next sign-in with it is refused."))
    return redirect("eid:test-card")


def _made(form: TestCardForm) -> HttpResponse:
    """The file of a new card; its private key is kept nowhere."""
    given = form.cleaned_data
    person = fictitious.person(given["person"])
    if person is None:
        raise Http404
    kind = CardKind(given["kind"])
    made = operations.issue_test_card(
        wanted=Wanted(person.niss, person.given_name, person.family_name, kind, given["expired"]),
        authority=settings.ENVIRONMENT.card_authority,
        actor=_VISITOR,
        now=clock.now(),
    )
    name = f"{person.name} ({kind.capitalize()})"
    content = made.pkcs12(password=PASSWORD, name=name)
    file = f"{person.key}-{kind.value}{'-expired' if given['expired'] else ''}.p12"
    return HttpResponse(
        content,
        content_type="application/x-pkcs12",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _require_simulation() -> None:
    if not settings.ENVIRONMENT.simulation:
        raise Http404
