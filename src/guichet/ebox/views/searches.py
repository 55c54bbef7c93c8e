"""Searches that a reader keeps under a name."""

from django.contrib import messages as told
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.ebox import saved
from guichet.ebox.forms import SearchNameForm
from guichet.ebox.saved import TooMany
from guichet.ebox.views import lists
from guichet.ebox.views.shared import OpenRequest, opened
from guichet.platform import clock


@require_POST
@opened
def keep(request: OpenRequest) -> HttpResponseBase:
    """Keep the filters that are shown; nothing is lost when the name is missing."""
    now = clock.now()
    named = SearchNameForm(request.POST)
    form = lists.filter_form(request.reader, request.POST, now)
    if not named.is_valid() or not form.is_valid():
        return lists.again(request, form, named)
    try:
        row = saved.keep(
            box_id=request.box.pk,
            person_id=request.acting.person_id,
            name=named.cleaned_data["name"].strip(),
            filters=lists.filters_of(request, form),
            now=now,
        )
    except TooMany:
        named.add_error("name", _("You keep twenty searches. Remove one first."))
        return lists.again(request, form, named)
    told.success(request, _("The search is kept."))
    return redirect(lists.address_of_search(row))


@require_POST
@opened
def forget(request: OpenRequest, number: int) -> HttpResponseBase:
    """Remove one; another's and none are the same 404."""
    gone = saved.forget(box_id=request.box.pk, person_id=request.acting.person_id, number=number)
    if not gone:
        raise Http404
    told.success(request, _("The search is removed."))
    return redirect("ebox:list")
