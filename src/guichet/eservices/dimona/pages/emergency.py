"""The emergency on this site: announce what cannot be declared, keep the number, link it later."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, NoRight
from guichet.eservices.dimona.emergency import operations, queries
from guichet.eservices.dimona.emergency.operations import (
    Announcement,
    LinkedElsewhere,
    NotOpen,
    UnknownDeclaration,
    UnknownDossier,
)
from guichet.eservices.dimona.emergency.queries import DossierRecord
from guichet.eservices.dimona.pages import asking, sending, words
from guichet.eservices.dimona.pages.asking import consulting
from guichet.platform import clock
from guichet.platform.masking import holds_number
from guichet.platform.paging import paging

_DAYS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
_LARGEST: Final = 1_000_000_000_000


class DossierForm(forms.Form):
    """What cannot be declared now."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to declare?"),
        choices=list(words.KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what you want to declare."),
            "invalid_choice": gettext_lazy("Choose what you want to declare."),
        },
    )
    worker = forms.CharField(
        label=gettext_lazy("Name of the worker"),
        help_text=gettext_lazy("First name and family name; leave his number out."),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Enter the name of the worker."),
            "max_length": gettext_lazy("The name has more than 80 signs: make it shorter."),
        },
    )
    first_day = forms.DateField(
        label=gettext_lazy("Day that it is about"),
        input_formats=_DAYS,
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Enter the day that it is about."),
            "invalid": gettext_lazy("Write a day as 24/11/2026."),
        },
    )
    contact = forms.CharField(
        label=gettext_lazy("Whom can we ask?"),
        help_text=gettext_lazy("A name and a telephone number of your enterprise."),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Enter whom we can ask."),
            "max_length": gettext_lazy("At most 120 signs: make it shorter."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Which channel you tried and what it answered. At most 500 signs."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": gettext_lazy("The text has more than 500 signs: make it shorter.")
        },
    )

    def clean(self) -> dict[str, Any]:
        """No number of a person: the declaration itself will carry it."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("worker", "contact", "text"):
            if holds_number(str(cleaned.get(name) or "")):
                self.add_error(name, _("Leave the number of the person out."))
        return cleaned

    def announcement(self) -> Announcement:
        """The plain value."""
        given = self.cleaned_data
        return Announcement(
            given["kind"], given["worker"], given["first_day"], given["contact"], given["text"]
        )


class LinkForm(forms.Form):
    """The declaration that came later."""

    declaration = forms.RegexField(
        r"\A\s*[0-9]{1,12}\s*\Z",
        label=gettext_lazy("Number of the declaration"),
        error_messages={
            "required": gettext_lazy("Enter the number of the declaration."),
            "invalid": gettext_lazy("A number of a declaration has at most twelve digits."),
        },
    )


@require_http_methods(["GET", "POST"])
@consulting
def index(request: ActingRequest) -> HttpResponseBase:
    """The dossiers of the employer; while the emergency lasts, the form for a new one."""
    if request.method == "GET":
        return _index(request, DossierForm(initial={"kind": "in"}))
    _require_declarant(request)
    form = DossierForm(request.POST)
    if form.is_valid():
        try:
            number = operations.announce(
                enterprise=asking.employer_of(request),
                sender=sending.sender_of(request),
                said=form.announcement(),
                actor=request.acting.actor,
                now=clock.now(),
            )
        except NotOpen:
            form.add_error(None, _("Dimona works: there is no emergency. Declare now."))
        else:
            return redirect("dimona:emergency-dossier", number)
    return _index(request, form, status=422)


@require_GET
@consulting
def dossier(request: ActingRequest, number: str) -> HttpResponseBase:
    """The proof of one announcement, to print; and what was declared for it later."""
    return _dossier(request, _own(request, number), LinkForm())


@require_POST
@consulting
def link(request: ActingRequest, number: str) -> HttpResponseBase:
    """Say which declaration belongs to the dossier."""
    _require_declarant(request)
    found = _own(request, number)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            operations.link(
                number=found.number,
                declaration=int(form.cleaned_data["declaration"]),
                enterprise=asking.employer_of(request),
                actor=request.acting.actor,
                now=clock.now(),
            )
        except (UnknownDeclaration, UnknownDossier):
            form.add_error("declaration", _("No declaration of this enterprise has this number."))
        except LinkedElsewhere:
            form.add_error("declaration", _("This declaration belongs to another dossier."))
        else:
            messages.success(request, _("The declaration is linked to the dossier."))
            return redirect("dimona:emergency-dossier", found.number)
    return _dossier(request, found, form, status=422)


def _index(request: ActingRequest, form: DossierForm, *, status: int = 200) -> HttpResponse:
    own = asking.employer_of(request)
    page = paging(request.GET, total=queries.count(enterprise=own))
    context = {
        "form": form,
        "may_declare": Permission.DIMONA_DECLARE in request.acting.rights,
        "rows": queries.dossiers(enterprise=own, limit=page.size, offset=page.offset),
        "paging": page,
        "given": {"size": request.GET.get("size", "")},
    }
    return asking.show(request, "emergency.html", context, status=status)


def _dossier(
    request: ActingRequest, found: DossierRecord, form: LinkForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "one": found,
        "form": form,
        "may_declare": Permission.DIMONA_DECLARE in request.acting.rights,
    }
    return asking.show(request, "dossier.html", context, status=status)


def _own(request: ActingRequest, number: str) -> DossierRecord:
    found = queries.dossier(number=number[:40], enterprise=asking.employer_of(request))
    if found is None:
        raise Http404
    return found


def _require_declarant(request: ActingRequest) -> None:
    if Permission.DIMONA_DECLARE not in request.acting.rights:
        raise NoRight(_("You have no right to use this service for this enterprise."))
