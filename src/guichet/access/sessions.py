"""Who is signed in, for whom he acts, and what he may do there.

Everything that a page knows about identity stands here: the sign-in by means of identification
will call `sign_in` where the persona picker does today, and nothing else changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, wraps
from typing import Any, Final, Literal, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.decorators import sync_only_middleware
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.access.models import Right
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.routes import declare
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person

# A working day; a page shows when it ends, and signing in again keeps the place.
LIFETIME: Final = timedelta(hours=10)
_KEY: Final = "acting"

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
Kind = Literal["worker", "employer"]


class UnknownPerson(Exception):
    """No person with this number in the register."""


class NoRight(PermissionDenied):
    """The person has no right for this enterprise today."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """An enterprise for which somebody may act, and the services he may use there."""

    number: str
    name: str
    services: frozenset[str]


@dataclass(frozen=True, repr=False)
class Acting:
    """The signed-in person, and the enterprise in whose name he acts, if any."""

    person_id: int
    niss: str
    given_name: str
    family_name: str
    language: str
    until: datetime
    tenants: tuple[Tenant, ...]
    enterprise_number: str | None = None
    enterprise_name: str | None = None

    @property
    def display_name(self) -> str:
        """Given name, family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @cached_property
    def rights(self) -> frozenset[str]:
        """The services open to him for the enterprise of this session."""
        for tenant in self.tenants:
            if tenant.number == self.enterprise_number:
                return tenant.services
        return frozenset()

    @property
    def actor(self) -> Actor:
        """The same person for the trail and the look-ups."""
        return Actor(kind="person", id=self.niss, enterprise=self.enterprise_number)

    def __repr__(self) -> str:  # a NISS and a name stand in here
        return f"Acting(person {self.person_id}, {self.enterprise_number})"


class ActingRequest(HttpRequest):
    """A request behind `acting_required`: somebody is there."""

    acting: Acting


def sign_in(
    request: HttpRequest, *, niss: str, enterprise_number: str | None, now: datetime
) -> None:
    """Open a session for a person, in the name of an enterprise or of himself.

    The session id and the form token are new, whatever stood there before is gone.
    Raises UnknownPerson, or NoRight when he has no right for the enterprise at ``now``.
    """
    number = Niss.parse(niss).digits
    person = Person.objects.filter(niss=number, replaced_by=None).first()
    if person is None:
        raise UnknownPerson
    if enterprise_number and enterprise_number not in _numbers(_tenants(person.pk, now)):
        raise NoRight
    with transaction():
        request.session.flush()
        request.session[_KEY] = {
            "person": person.pk,
            "enterprise": enterprise_number,
            "until": (now + LIFETIME).isoformat(),
        }
        request.session.set_expiry(int(LIFETIME.total_seconds()))
        actor = Actor(kind="person", id=number, enterprise=enterprise_number)
        trail.record(
            action="access.session.opened", actor=actor, target=f"person/{person.pk}", now=now
        )
    rotate_token(request)
    _settle(request)


def act_for(request: HttpRequest, *, enterprise_number: str | None, now: datetime) -> None:
    """Go on in the name of another enterprise, or of oneself; raises NoRight.

    The session id changes: what was open for one tenant is not open for the next.
    """
    acting = acting_of(request)
    if acting is None:
        raise NoRight
    if enterprise_number and enterprise_number not in _numbers(acting.tenants):
        raise NoRight
    with transaction():
        kept = request.session[_KEY] | {"enterprise": enterprise_number}
        expiry = request.session.get_expiry_age()
        request.session.flush()
        request.session[_KEY] = kept
        request.session.set_expiry(expiry)
        actor = Actor(kind="person", id=acting.niss, enterprise=enterprise_number)
        trail.record(
            action="access.session.switched",
            actor=actor,
            target=f"person/{acting.person_id}",
            now=now,
        )
    _settle(request)


def sign_out(request: HttpRequest) -> None:
    """Close the session; nothing of it is kept."""
    request.session.flush()
    _settle(request)


def acting_of(request: HttpRequest) -> Acting | None:
    """Who is there, or None for a visitor."""
    return cast("Acting | None", getattr(request, "acting", None))


@sync_only_middleware
class ActingMiddleware:
    """Gives the request ``acting``: an `Acting`, or None for a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _settle(request)
        return self._answer(request)


def acting_required(
    *, kind: Kind, service: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, HttpResponseBase]]:
    """The page is for a signed-in person; for ``employer`` he acts for an enterprise.

    A visitor goes to the start page and comes back after signing in. Somebody without the right
    of ``service`` for his enterprise sees the page "not for you" (403).
    """

    def decorate(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = cast(HttpRequest, args[0])
            acting = acting_of(request)
            if acting is None:
                return _to_sign_in(request)
            if kind == "employer":
                _require_enterprise(acting, service)
            return view(*args, **kwargs)

        mark = f"{kind}:{service}" if service else kind
        return declare(guarded, mark)

    return decorate


def _require_enterprise(acting: Acting, service: str | None) -> None:
    if acting.enterprise_number is None:
        raise NoRight(_("This page is for employers. Choose for whom you act at the top."))
    if service and service not in acting.rights:
        raise NoRight(_("You have no right to use this service for this enterprise."))


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    place = reverse("front")
    if request.method == "GET":
        place += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(place)


def _settle(request: HttpRequest) -> None:
    """Read who is there; a visitor without a cookie costs no query."""
    request.acting = _load(request)  # type: ignore[attr-defined]


def _load(request: HttpRequest) -> Acting | None:
    session = getattr(request, "session", None)
    kept: dict[str, Any] | None = session.get(_KEY) if session is not None else None
    now = clock.now()
    if kept is None or datetime.fromisoformat(kept["until"]) <= now:
        return None
    person = Person.objects.filter(pk=kept["person"]).first()
    if person is None:
        return None
    tenants = _tenants(person.pk, now)
    # A right that was taken away is gone at the next click.
    current = next((one for one in tenants if one.number == kept["enterprise"]), None)
    return Acting(
        person_id=person.pk,
        niss=person.niss,
        given_name=person.given_name,
        family_name=person.family_name,
        language=person.language,
        until=datetime.fromisoformat(kept["until"]),
        tenants=tenants,
        enterprise_number=current.number if current else None,
        enterprise_name=current.name if current else None,
    )


def _numbers(tenants: tuple[Tenant, ...]) -> set[str]:
    return {tenant.number for tenant in tenants}


def _tenants(person_id: int, now: datetime) -> tuple[Tenant, ...]:
    """The enterprises where the person holds a right on the day of ``now``, by name."""
    today = clock.today(now)
    held = (
        Right.objects.filter(person_id=person_id, first_day__lte=today)
        .filter(Q(last_day=None) | Q(last_day__gte=today))
        .select_related("enterprise")
        .order_by("enterprise__sort_key", "enterprise_id")
    )
    found: dict[str, tuple[str, set[str]]] = {}
    for right in held:
        enterprise = right.enterprise
        entry = found.setdefault(enterprise.number, (enterprise_name(enterprise), set()))
        entry[1].add(right.service)
    return tuple(
        Tenant(number, name, frozenset(services)) for number, (name, services) in found.items()
    )


def enterprise_name(enterprise: Enterprise) -> str:
    """The name in the language of the page, else in the enterprise's own, else any."""
    wanted = (get_language() or "en").partition("-")[0]
    names: dict[str, str] = {
        code: getattr(enterprise, f"name_{code}") for code in ("nl", "fr", "de", "en")
    }
    order = (names.get(wanted, ""), names.get(enterprise.language, ""), *names.values())
    return next(name for name in order if name)
