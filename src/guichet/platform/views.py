"""The language of the reader, the pages at the foot, and the pages for what went wrong."""

import sys
from http import HTTPStatus
from typing import Final

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from guichet.platform.routes import public

# A term, and what it means; official names stay as they are in every language.
GLOSSARY: Final = (
    (gettext_lazy("Registration (IN, OUT)"), gettext_lazy(
        "One arrival at a place of work or one departure from it, made by the worker at that "
        "moment. It exists once it has a receipt number.")),
    (gettext_lazy("Break"), gettext_lazy(
        "The time from an OUT to the next IN of the same person on the same site and day.")),
    (gettext_lazy("Receipt number"), gettext_lazy(
        "Fifteen digits that prove that a registration was stored. The first six are the day.")),
    (gettext_lazy("Remark"), gettext_lazy(
        "What a comparison with the registers found. A registration with a remark is still a "
        "registration.")),
    (gettext_lazy("Site number"), gettext_lazy(
        "Thirteen signs that name a declared place of work. Not the number of the declaration "
        "itself, which begins with 9B0 or 310.")),
    (gettext_lazy("Declaration of works"), gettext_lazy(
        "The declaration by which a contractor tells, before the works begin, where they are, "
        "for whom, and who takes part in them.")),
    (gettext_lazy("Principal"), gettext_lazy("For whom the works are done.")),
    (gettext_lazy("Declarant"), gettext_lazy(
        "The contractor with whom the principal has a contract, and who declares the works.")),
    (gettext_lazy("Dimona"), gettext_lazy(
        "The immediate declaration by which an employer announces that somebody starts or stops "
        "working for him.")),
    (gettext_lazy("Limosa"), gettext_lazy(
        "The declaration of somebody who comes from abroad to work in Belgium for a time.")),
    (gettext_lazy("Person's number (NISS)"), gettext_lazy(
        "The number of a person in social security: eleven digits, of the national register or "
        "of the BIS register.")),
    (gettext_lazy("Enterprise number"), gettext_lazy(
        "Ten digits by which the register of enterprises knows an enterprise.")),
    (gettext_lazy("NSSO"), gettext_lazy("The National Social Security Office.")),
    (gettext_lazy("Check In and Out at Work"), gettext_lazy(
        "The service in which workers of the cleaning sector register the start, the breaks and "
        "the end of their work.")),
    (gettext_lazy("Legal representative"), gettext_lazy(
        "Who may bind the enterprise by its statutes, as the register of enterprises knows him. He "
        "names the main access manager and signs mandates.")),
    (gettext_lazy("Main access manager"), gettext_lazy(
        "Whom the legal representative puts in charge of who may do what for the enterprise. One "
        "for each enterprise; formerly responsible for access (RA, RAE).")),
    (gettext_lazy("Access manager"), gettext_lazy(
        "Manages people and their rights for one quality of an enterprise, or for some services.")),
    (gettext_lazy("Quality"), gettext_lazy(
        "As what an enterprise acts: employer, temp agency, principal, provider of social services "
        "or institution. Each has rights of its own.")),
    (gettext_lazy("Mandate"), gettext_lazy(
        "By it an employer lets a provider of social services act in his name, for some domains "
        "and for whole quarters.")),
    (gettext_lazy("Mandatary"), gettext_lazy(
        "The provider of social services who acts for an employer by mandate.")),
    (gettext_lazy("Level"), gettext_lazy(
        "How sure a sign-in is, from 100 to 500. Each service says which level it asks.")),
    (gettext_lazy("Access codes"), gettext_lazy(
        "A user name and a password that come by post, in two letters. At the first connection "
        "one replaces them by others of one's own.")),
    (gettext_lazy("Paper card (token)"), gettext_lazy(
        "Twenty-four codes on paper; one of them is asked after user name and password.")),
    (gettext_lazy("Passkey"), gettext_lazy(
        "A key in your computer or telephone that knows you by finger, face or PIN. It is no means "
        "of the Belgian State.")),
    (gettext_lazy("BIS number"), gettext_lazy(
        "The number of a person who is not in the national register: eleven digits, with 20 or 40 "
        "added to the month of birth.")),
    (gettext_lazy("e-Box"), gettext_lazy(
        "The box of a citizen or an enterprise for official messages and documents. Each message "
        "says on which date it is deleted.")),
)  # fmt: skip


@public
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back to the same page and query."""
    return set_language(request)


@public
@require_GET
def help_and_contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and what to have at hand."""
    return render(request, "foot/help.html")


@public
@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the counter, in the order of the reader's alphabet."""
    spoken = ((str(term), str(text)) for term, text in GLOSSARY)
    terms = sorted(spoken, key=lambda pair: pair[0].casefold())
    return render(request, "foot/glossary.html", {"terms": terms})


@public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law of 19 July 2018 asks for."""
    return render(request, "foot/accessibility.html")


@public
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and which rights there are."""
    return render(request, "foot/privacy.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _problem(
        request,
        HTTPStatus.BAD_REQUEST,
        _("This request cannot be understood"),
        _said(exception)
        or _("Something in the address or in the form has a form that we do not know."),
        _("Go back and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason where the refusal gave one."""
    return _problem(
        request,
        HTTPStatus.FORBIDDEN,
        _("This page is not open to you"),
        str(exception) or _("You have no right for it in the quality in which you act now."),
        _("Choose another enterprise at the top, or ask the access manager of your enterprise."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long, or came from elsewhere."""
    return _problem(
        request,
        HTTPStatus.FORBIDDEN,
        _("This form is no longer valid"),
        _("Nothing was changed. The page was open too long, or cookies are blocked."),
        _("Open the page again and fill in the form once more."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person; nobody learns which."""
    return _problem(
        request,
        HTTPStatus.NOT_FOUND,
        _("This page does not exist"),
        _("It may have moved, or it belongs to somebody else."),
        _("Check the address, or begin again at the start page."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database does not answer; nothing here asks it."""
    # Reading who is there, or what is announced, would ask the database.
    request.acting = None  # type: ignore[attr-defined]
    request.notices = tuple  # type: ignore[attr-defined]
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _problem(
            request,
            HTTPStatus.SERVICE_UNAVAILABLE,
            _("Guichet is closed for a moment"),
            _("The service does not answer just now. Nothing that was registered is lost."),
            _("Try again in a minute."),
        )
        response["Retry-After"] = "60"
        return response
    return _problem(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Something went wrong on our side"),
        _("It is not your fault, and we have been told."),
        _("Try again later."),
    )


def _said(exception: Exception) -> str:
    """The sentence of a refusal of ours; what Django finds suspicious is not repeated."""
    return str(exception) if isinstance(exception, BadRequest) else ""


def _problem(request: HttpRequest, status: HTTPStatus, title: str, *lines: str) -> HttpResponse:
    context = {"title": title, "lines": lines, "status_code": int(status)}
    return render(request, "error.html", context, status=status)
