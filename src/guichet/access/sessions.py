"""Who is signed in, for whom he acts, and what he may do there.

Everything that a page knows about identity stands here: a sign-in by a means of identification
and the picker of the simulation both call `sign_in`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final, Literal, ParamSpec, TypeVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.utils.decorators import sync_only_middleware
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guichet.access import services as catalogue
from guichet.access import ways_in
from guichet.access.acting import PERSONA, Acting, ActingRequest, Tenant, chosen, tenants_of
from guichet.access.devices import device, masked_address
from guichet.access.reach import rights_reaching
from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.routes import declare
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules.assurance import ANYBODY, Policy

__all__ = ["Acting", "ActingRequest", "Tenant"]

# A working day; signing in again keeps the place.
LIFETIME: Final = timedelta(hours=10)
# Half an hour without a click: somebody left the desk. A page can extend it by one key.
IDLE: Final = timedelta(minutes=30)
# How often a look is written down: a session that is used costs one small change a minute.
_SEEN_EVERY: Final = timedelta(minutes=1)
_KEY: Final = "acting"

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
Kind = Literal["worker", "employer"]


class UnknownPerson(Exception):
    """No person with this number in the register."""


class NoRight(PermissionDenied):
    """The person has no right for this enterprise today."""


def sign_in(
    request: HttpRequest,
    *,
    niss: str,
    enterprise_number: str | None,
    now: datetime,
    quality: str | None = None,
    means: str = PERSONA,
    level: int = 500,
    amr: Sequence[str] = (),
    authenticated_at: datetime | None = None,
) -> None:
    """Open a session for a person, in the name of an enterprise or of himself.

    ``means`` and ``level``: how surely he was identified; ``amr``: the provider's own words for
    it; ``authenticated_at``: when, ``now`` without it. The session id and the form token are new,
    whatever stood there before is gone.
    Raises UnknownPerson, or NoRight when he has no right for the enterprise at ``now``.
    """
    number = Niss.parse(niss).digits
    person = Person.objects.filter(niss=number, replaced_by=None).first()
    if person is None:
        raise UnknownPerson
    with transaction():
        request.session.flush()
        _keep(
            request,
            {
                "person": person.pk,
                "until": (now + LIFETIME).isoformat(),
                "opened": now.isoformat(),
                "authenticated": (authenticated_at or now).isoformat(),
                "means": means,
                "level": level,
                "amr": list(amr),
                "device": device(request.META.get("HTTP_USER_AGENT", "")),
                "address": masked_address(request.META.get("REMOTE_ADDR", "")),
            },
            LIFETIME,
        )
        if enterprise_number:
            _settle(request)
            _choose(request, enterprise_number, quality)
        actor = Actor(kind="person", id=number, enterprise=enterprise_number)
        trail.record(
            action="access.session.opened",
            actor=actor,
            target=f"person/{person.pk}",
            now=now,
            detail={"means": means, "level": level},
        )
    rotate_token(request)
    _settle(request)


def act_for(
    request: HttpRequest,
    *,
    enterprise_number: str | None,
    now: datetime,
    quality: str | None = None,
    mandatary: str = "",
) -> None:
    """Go on in the name of another enterprise or quality, or of oneself; raises NoRight.

    ``mandatary``: the provider by whose mandate it is done. The session id changes: what was open
    for one tenant is not open for the next.
    """
    acting = acting_of(request)
    if acting is None:
        raise NoRight
    tenant = chosen(acting.tenants, enterprise_number, quality, mandatary)
    if tenant is None and enterprise_number and mandatary:
        # One of the many clients of a provider, which a page does not carry along.
        reaching = tenants_reaching(acting, numbers=[enterprise_number], now=now)
        tenant = chosen(reaching, enterprise_number, quality, mandatary)
    if enterprise_number and tenant is None:
        raise NoRight
    with transaction():
        if not request.session.is_held():  # type: ignore[attr-defined]  # of our own store
            raise NoRight  # somebody closed it since this request began
        kept = request.session[_KEY] | {
            "enterprise": tenant.number if tenant else None,
            "quality": tenant.quality if tenant else None,
            "mandatary": tenant.mandatary if tenant else "",
        }
        request.session.flush()
        _keep(request, kept, acting.until - now)
        actor = Actor("person", acting.niss, enterprise_number, mandatary or None)
        trail.record(
            action="access.session.switched",
            actor=actor,
            target=f"person/{acting.person_id}",
            now=now,
        )
    _settle(request)


def extend(request: HttpRequest, *, now: datetime) -> datetime | None:
    """Somebody is still there: the idle time begins anew; when it ends, or None for a visitor."""
    acting = acting_of(request)
    if acting is None:
        return None
    _see(request, now)
    return min(acting.until, now + IDLE)


def sign_out(request: HttpRequest) -> None:
    """Close the session; nothing of it is kept."""
    request.session.flush()
    _settle(request)


def acting_of(request: HttpRequest) -> Acting | None:
    """Who is there, or None for a visitor."""
    return cast("Acting | None", getattr(request, "acting", None))


@sync_only_middleware
class ActingMiddleware:
    """Gives the request ``acting``: an `Acting`, or None for a visitor.

    A session that was idle too long, or whose person was blocked by the enterprise for which he
    acts, ends here: at the next click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _settle(request)
        return self._answer(request)


def acting_required(
    *, kind: Kind, service: str | None = None, policy: Policy | None = None
) -> Callable[[Callable[P, R]], Callable[P, HttpResponseBase]]:
    """The page is for a signed-in person; for ``employer`` he acts for an enterprise.

    A visitor goes to the sign-in and comes back to the same page. Somebody without the right
    of ``service`` for his enterprise sees the page "not for you" (403). Somebody who is not
    identified surely enough for ``policy`` (or for the service's own) is led to step up.
    """
    asked = policy or _policy_of(service)

    def decorate(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = cast(HttpRequest, args[0])
            acting = acting_of(request)
            if acting is None:
                side = "enterprise" if kind == "employer" else ""
                return ways_in.to_sign_in(request, policy=asked, side=side)
            if kind == "employer":
                _require_enterprise(acting, service)
            if not acting.satisfies(asked):
                return ways_in.to_step_up(request, policy=asked, service=service)
            return view(*args, **kwargs)

        mark = f"{kind}:{service}" if service else kind
        return declare(guarded, mark)

    return decorate


def enterprise_name(enterprise: Enterprise) -> str:
    """The name in the language of the page, else in the enterprise's own, else any."""
    wanted = (get_language() or "en").partition("-")[0]
    names: dict[str, str] = {
        code: getattr(enterprise, f"name_{code}") for code in ("nl", "fr", "de", "en")
    }
    order = (names.get(wanted, ""), names.get(enterprise.language, ""), *names.values())
    return next(name for name in order if name)


def _policy_of(service: str | None) -> Policy:
    found = catalogue.service_of(service) if service else None
    return found.policy if found else ANYBODY


def _require_enterprise(acting: Acting, service: str | None) -> None:
    if acting.enterprise_number is None:
        raise NoRight(_("This page is for employers. Choose for whom you act at the top."))
    if service and service not in acting.rights:
        raise NoRight(_("You have no right to use this service for this enterprise."))


def _keep(request: HttpRequest, kept: dict[str, Any], left: timedelta) -> None:
    """Store who acts; the row exists afterwards, so that it can be read back whole."""
    request.session[_KEY] = kept
    request.session.set_expiry(max(1, int(left.total_seconds())))
    request.session.save()
    request.session.loaded = None  # type: ignore[attr-defined]  # of our own store


def _choose(request: HttpRequest, number: str, quality: str | None) -> None:
    acting = acting_of(request)
    tenant = chosen(acting.tenants, number, quality) if acting else None
    if tenant is None:
        request.session.flush()
        raise NoRight
    kept = request.session[_KEY] | {"enterprise": tenant.number, "quality": tenant.quality}
    _keep(request, kept, LIFETIME)


def tenants_reaching(
    acting: Acting, *, numbers: Sequence[str], now: datetime
) -> tuple[Tenant, ...]:
    """For whom somebody may act, with all that reaches these enterprises by a mandate.

    A session carries some of the clients of a provider, this finds the others.
    """
    reaching = rights_reaching(person_id=acting.person_id, numbers=numbers, now=now)
    return tenants_of(reaching)


def _settle(request: HttpRequest) -> None:
    """Read who is there; a visitor without a cookie costs no query, anybody else one."""
    session = getattr(request, "session", None)
    request.acting = None  # type: ignore[attr-defined]
    kept: dict[str, Any] | None = session.get(_KEY) if session is not None else None
    if session is None or kept is None:
        return
    if session.loaded is None:  # written in this request
        session.load()
    loaded = session.loaded
    if loaded is None or loaded.person is None:
        return
    now = clock.now()
    seen_at = loaded.last_seen_at or now
    if datetime.fromisoformat(kept["until"]) <= now or seen_at + IDLE <= now:
        session.flush()
        return
    # A user of the client itself who is blocked there still works for the provider.
    is_own = bool(kept.get("enterprise")) and not kept.get("mandatary")
    if is_own and loaded.member_state in ("blocked", "deleted"):
        session.flush()
        messages.error(
            request, _("Your access for this enterprise is blocked. You are signed out.")
        )
        request.was_told = True  # type: ignore[attr-defined]  # no second word about the end
        return
    if now - seen_at >= _SEEN_EVERY:
        _see(request, now)
        seen_at = now
    request.acting = _acting(kept, loaded, seen_at + IDLE)  # type: ignore[attr-defined]


def _acting(kept: dict[str, Any], loaded: Any, idle_until: datetime) -> Acting:
    person_id, niss, given_name, family_name, language = loaded.person
    tenants = tenants_of(loaded.rights)
    # A right that was taken away is gone at the next click.
    tenant = chosen(
        tenants, kept.get("enterprise"), kept.get("quality"), kept.get("mandatary") or ""
    )
    return Acting(
        person_id=person_id,
        niss=niss,
        given_name=given_name,
        family_name=family_name,
        language=language,
        until=datetime.fromisoformat(kept["until"]),
        idle_until=idle_until,
        tenants=tenants,
        enterprise_number=tenant.number if tenant else None,
        enterprise_name=tenant.name if tenant else None,
        quality=tenant.quality if tenant else None,
        mandatary=(tenant.mandatary or None) if tenant else None,
        means=kept["means"],
        level=kept["level"],
        authenticated_at=datetime.fromisoformat(kept.get("authenticated", kept["opened"])),
    )


def _see(request: HttpRequest, now: datetime) -> None:
    """Note that the session is used, on the connection that stays open while reading."""
    key = request.session.row_key  # type: ignore[attr-defined]  # of our own store
    if key:
        with connections["audit"].cursor() as cursor:
            cursor.execute(
                "UPDATE access_session SET last_seen_at = %s WHERE session_key = %s", [now, key]
            )
