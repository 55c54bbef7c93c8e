"""The person's own page of digital keys: what he has, and what he does with it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.csam.keys import cards, forms, queries, upkeep, words
from guichet.csam.keys.holders import UnknownKey
from guichet.csam.keys.queries import KeptKey
from guichet.csam.keys.views.answers import brake, holder_of, page, too_weak, wait
from guichet.csam.provider.profile import ProfileRequest, profile_required
from guichet.platform import clock
from guichet.platform.throttle import Throttled
from guichet.rules.assurance import NOMINAL, Means
from guichet.rules.digital_keys import State, StepRefused, TooWeak

LOOK = 200  # a person may see his keys from here on; whatever changes one asks for more


@profile_required(min_level=LOOK)
@require_GET
def mine(request: ProfileRequest) -> HttpResponse:
    """Every key, and those that can be added."""
    person_id = request.profile.person_id
    context = {
        "keys": queries.keys(person_id=person_id, now=clock.now()),
        "has_account": bool(queries.accounts(person_id=person_id)),
        "words": words,
    }
    return page(request, "mine.html", context)


@profile_required(min_level=NOMINAL[Means.MAIL])
@require_http_methods(["GET", "POST"])
def one(request: ProfileRequest, key_id: int) -> HttpResponseBase:
    """One key: its facts, and another name for it."""
    key = _own(request, key_id)
    form = forms.NameForm(request.POST or None, initial={"name": key.name})
    if request.method == "POST" and form.is_valid():
        holder, now = holder_of(request), clock.now()
        try:
            brake(holder, now=now)
            upkeep.rename(holder=holder, key_id=key_id, name=form.cleaned_data["name"], now=now)
        except Throttled as refusal:
            return wait(request, refusal)
        except StepRefused:
            form.add_error(None, _("This key was withdrawn. Its name stays as it is."))
        else:
            messages.success(request, _("The key has its new name."))
            return redirect("keys:one", key_id)
    return page(request, "one.html", {"key": key, "words": words}, form=form)


@profile_required(min_level=NOMINAL[Means.MAIL])
@require_http_methods(["GET", "POST"])
def withdraw(request: ProfileRequest, key_id: int) -> HttpResponseBase:
    """Confirm, then withdraw a key for ever."""
    key = _own(request, key_id)
    if request.method == "POST":
        holder, now = holder_of(request), clock.now()
        try:
            brake(holder, now=now)
            upkeep.revoke(holder=holder, key_id=key_id, now=now)
        except Throttled as refusal:
            return wait(request, refusal)
        except TooWeak:
            return too_weak(request)
        except StepRefused:
            return redirect("keys:one", key_id)
        messages.success(request, _("The key is withdrawn. Nobody can sign in with it any more."))
        return redirect("keys:mine")
    return page(request, "withdraw.html", {"key": key, "words": words})


@profile_required(min_level=NOMINAL[Means.EID], means=(Means.EID,))
@require_http_methods(["GET", "POST"])
def unlock(request: ProfileRequest, key_id: int) -> HttpResponseBase:
    """Open a locked key again; in a session of the identity card only."""
    key = _own(request, key_id)
    if request.method == "POST":
        holder, now = holder_of(request), clock.now()
        try:
            brake(holder, now=now)
            upkeep.unlock(holder=holder, key_id=key_id, now=now)
        except Throttled as refusal:
            return wait(request, refusal)
        except StepRefused:
            return redirect("keys:one", key_id)
        messages.success(request, _("The key is unlocked. You can sign in with it again."))
        return redirect("keys:one", key_id)
    if key.state is not State.LOCKED:
        return redirect("keys:one", key_id)
    return page(request, "unlock.html", {"key": key, "words": words})


@profile_required(min_level=NOMINAL[Means.CARD])
@require_POST
def sheet(request: ProfileRequest, key_id: int) -> HttpResponseBase:
    """The printed card, once."""
    try:
        made = cards.take_sheet(holder=holder_of(request), key_id=key_id, now=clock.now())
    except UnknownKey:
        raise Http404 from None
    except cards.SheetGone:
        messages.error(request, _("The card was downloaded already. It can only be had once."))
        return redirect("keys:one", key_id)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="guichet-token.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _own(request: ProfileRequest, key_id: int) -> KeptKey:
    key = queries.key(person_id=request.profile.person_id, key_id=key_id, now=clock.now())
    if key is None:
        raise Http404
    return key
