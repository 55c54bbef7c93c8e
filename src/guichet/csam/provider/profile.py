"""Pages of a person's own profile at the provider ("Mon profil eGov"): the guard, the sections."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from guichet.csam.provider import profile_session
from guichet.csam.provider.profile_session import Profile
from guichet.csam.provider.tiles import Text
from guichet.platform.discovery import discover
from guichet.platform.routes import declare

__all__ = ["Profile", "ProfileRequest", "Section", "profile_required", "register", "sections"]

View = Callable[..., HttpResponseBase]


class ProfileRequest(HttpRequest):
    """A request behind `profile_required`: somebody is there."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the profile on its first page."""

    title: Text
    text: Text
    url_name: str
    order: int = 50


_SECTIONS: Final[list[Section]] = []


def register(section: Section) -> Section:
    """Add a part to the first page of the profile; call it from a module ``sections.py``."""
    if section not in _SECTIONS:
        _SECTIONS.append(section)
    return section


def sections() -> Sequence[Section]:
    """All parts, in order."""
    discover("sections")
    return sorted(_SECTIONS, key=lambda one: one.order)


def profile_required(*, min_level: int = 100, means: Sequence[str] = ()) -> Callable[[View], View]:
    """The page is for a person in his profile, identified at this level (and by these means).

    Who is not, or not surely enough, signs in and comes back to the same page; a form that was
    posted is asked for once more then, since nothing of it was stored.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            profile = profile_session.current(request)
            if profile is None or not _is_enough(profile, min_level, means):
                return _sign_in(request, min_level, means)
            request.profile = profile  # type: ignore[attr-defined]  # makes it a ProfileRequest
            return view(request, *args, **kwargs)

        return declare(guarded, f"profile:{min_level}")

    return decorate


def _is_enough(profile: Profile, min_level: int, means: Sequence[str]) -> bool:
    return profile.level >= min_level and (not means or profile.means in means)


def _sign_in(request: HttpRequest, min_level: int, means: Sequence[str]) -> HttpResponseRedirect:
    asked = {"next": request.get_full_path(), "level": str(min_level), "means": " ".join(means)}
    return HttpResponseRedirect(reverse("provider:profile-sign-in") + "?" + urlencode(asked))
