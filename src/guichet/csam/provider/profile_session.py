"""The session of a person in his own profile at the provider: who, how surely, since when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from guichet.csam.provider.models import Login
from guichet.registers.persons.models import Person

_KEY: Final = "profile"
IDLE_SECONDS: Final = 20 * 60


@dataclass(frozen=True, slots=True)
class Profile:
    """The person in front of his profile; ``means``: how he identified himself."""

    person_id: int
    niss: str = field(repr=False)
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    language: str
    level: int
    means: str


def open_for(request: HttpRequest, *, login: Login, now: datetime) -> None:
    """A new session for whom ``login`` identified; what stood there before is gone."""
    request.session.flush()
    request.session[_KEY] = {
        "person": login.person_id,
        "level": login.level,
        "means": login.means_used,
        "at": now.isoformat(),
    }
    request.session.set_expiry(IDLE_SECONDS)
    rotate_token(request)


def current(request: HttpRequest) -> Profile | None:
    """Who is in front of his profile, or None."""
    kept: dict[str, Any] | None = request.session.get(_KEY)
    person = kept and Person.objects.filter(pk=kept["person"], replaced_by=None).first()
    if not kept or not person:
        return None
    request.session.modified = True  # every visit moves the idle limit
    return Profile(
        person_id=person.pk,
        niss=person.niss,
        given_name=person.given_name,
        family_name=person.family_name,
        language=person.language,
        level=kept["level"],
        means=kept["means"],
    )


def close(request: HttpRequest) -> None:
    """Sign out of the profile."""
    request.session.flush()
