"""What the pages of channels share: who may, the sender first, a channel of one's own."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from guichet.access import channels
from guichet.access.chaman import senders, words
from guichet.access.chaman.models import Sender
from guichet.access.models import Channel
from guichet.access.sessions import Acting, ActingRequest, acting_required

P = ParamSpec("P")
manager: Final = acting_required(kind="employer", service="chaman")


def number_of(acting: Acting) -> str:
    """The enterprise of the page; `manager` has made sure that there is one."""
    if acting.enterprise_number is None:
        raise Http404
    return acting.enterprise_number


def with_sender(
    view: Callable[Concatenate[ActingRequest, Sender, P], HttpResponseBase],
) -> Callable[Concatenate[ActingRequest, P], HttpResponseBase]:
    """The page needs the sender; without one the first step is to create it."""

    @wraps(view)
    def led(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        found = senders.sender(enterprise_number=number_of(request.acting))
        if found is None:
            return redirect("chaman:sender")
        return view(request, found, *args, **kwargs)

    return led


def own_channel(acting: Acting, client_id: str) -> Channel:
    """A channel of the enterprise; another one's is as unknown as none: Http404."""
    try:
        return channels.channel(client_id=client_id, enterprise_number=number_of(acting))
    except channels.UnknownChannel:
        raise Http404 from None


def show(
    request: ActingRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of channels, with their words at hand."""
    return render(request, f"chaman/{template}", {**context, "words": words}, status=status)


def status_of(form: Any) -> int:
    """422 for a form with errors, so that tests and caches tell the pages apart."""
    return 422 if form.errors else 200
