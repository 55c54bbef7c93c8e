"""What left the house in the simulation: mails, letters and text messages, for a visitor to read.

No recipient stands in an address: a filter names one of his messages by its number.
"""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from guichet.platform.models import Dispatch
from guichet.platform.routes import public

_PAGE = 20
_RECIPIENTS = 200


class RecipientForm(forms.Form):
    """Of whom one wants to read."""

    of = forms.ChoiceField(
        label=gettext_lazy("Sent to"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose somebody from the list.")},
    )

    def __init__(self, data: object, *, recipients: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [("", _("Everybody")), *((str(pk), name) for pk, name in recipients)]
        self.fields["of"].choices = choices  # type: ignore[attr-defined]


@public
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """The messages, the latest first, of everybody or of one recipient."""
    if not settings.ENVIRONMENT.simulation:
        raise Http404
    form = RecipientForm(request.GET, recipients=_recipients())
    is_good = form.is_valid()
    chosen = form.cleaned_data["of"] if is_good else ""
    context = {
        "form": form,
        "page": _page(chosen, request.GET.get("page")),
        "given": {"of": chosen},
    }
    return render(request, "demo/outbox.html", context, status=200 if is_good else 422)


@public
@require_GET
def letter(request: HttpRequest, dispatch: int) -> HttpResponse:
    """One letter as it would be printed."""
    row = Dispatch.objects.filter(pk=dispatch, kind="letter").first()
    if row is None or row.pdf is None or not settings.ENVIRONMENT.simulation:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="guichet-letter-{row.pk}.pdf"'}
    return HttpResponse(bytes(row.pdf), content_type="application/pdf", headers=headers)


def _recipients() -> list[tuple[int, str]]:
    """Everybody to whom something went, whoever was written to last first."""
    rows = (
        Dispatch.objects.values("recipient")
        .annotate(last=Max("pk"))
        .order_by("-last")
        .values_list("last", "recipient")
    )
    return [(pk, _in_a_line(recipient)) for pk, recipient in rows[:_RECIPIENTS]]


def _page(chosen: str, number: str | None) -> Page[Dispatch]:
    return Paginator(_messages(chosen), _PAGE).get_page(number)


def _messages(chosen: str) -> QuerySet[Dispatch]:
    found = Dispatch.objects.defer("pdf").order_by("-created_at", "-pk")
    if not chosen:
        return found
    return found.filter(recipient__in=Dispatch.objects.filter(pk=int(chosen)).values("recipient"))


def _in_a_line(recipient: str) -> str:
    return ", ".join(line for line in recipient.splitlines() if line)
