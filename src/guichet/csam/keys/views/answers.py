"""What several of these pages answer with: who asks, a page of refusal, a wait."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from guichet.csam.keys.holders import Holder
from guichet.csam.provider.profile import ProfileRequest
from guichet.platform import throttle
from guichet.platform.throttle import Throttled

CHANGES_AN_HOUR: Final = 60


def holder_of(request: ProfileRequest) -> Holder:
    """The person of the profile session."""
    profile = request.profile
    return Holder(
        person_id=profile.person_id, niss=profile.niss, level=profile.level, means=profile.means
    )


def brake(holder: Holder, *, now: datetime) -> None:
    """Count a form that was sent; raises Throttled."""
    throttle.hit(
        key=f"csam.keys.change:{holder.person_id}", limit=CHANGES_AN_HOUR, seconds=3600, now=now
    )


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, form: Any = None
) -> HttpResponse:
    """A page with its form; 422 when the form has errors."""
    status = 422 if form is not None and form.errors else 200
    given = {"profile": getattr(request, "profile", None), **context, "form": form}
    return render(request, f"keys/{template}", given, status=status)


def too_weak(request: ProfileRequest) -> HttpResponse:
    """Only a session of the identity card may do this: how to get one, and back here."""
    context = {"profile": request.profile, "place": request.get_full_path()}
    return render(request, "keys/too_weak.html", context, status=403)


def wait(request: HttpRequest, refusal: Throttled) -> HttpResponse:
    """Too many tries: how long to wait, in words."""
    minutes = -(-refusal.retry_after // 60)
    sentence = ngettext(
        "You can try again in %(minutes)d minute.",
        "You can try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
    answer = render(request, "keys/wait.html", {"sentence": sentence}, status=429)
    answer["Retry-After"] = str(refusal.retry_after)
    return answer


def tries_left(left: int) -> str:
    """After a wrong code: how many tries there still are."""
    return ngettext(
        "This code is not right. You have %(left)d try left.",
        "This code is not right. You have %(left)d tries left.",
        left,
    ) % {"left": left}
