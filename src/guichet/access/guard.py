"""The guard of the plain views of the services: a bearer token with the right scope.

Asks the database about the channel at every call, so a suspension, a withdrawn certificate or a
permission taken away counts at once.
"""

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guichet.access import bearer, revocations
from guichet.access.bearer import Caller, TokenRefused
from guichet.access.keys import current_keys
from guichet.access.models import Channel, ChannelCertificate
from guichet.platform import clock
from guichet.platform.problems import problem_response

View = Callable[..., HttpResponse]


class CallerRequest(HttpRequest):
    """A request whose token was verified."""

    caller: Caller


def token_required(suffixes: tuple[str, ...]) -> Callable[[View], View]:
    """Let a view run only for a caller with one of these scopes; sets ``request.caller``.

    The view takes a CallerRequest. Otherwise the answer is a problem document with
    ``WWW-Authenticate``: noAccessToken, invalidAccessToken, expiredAccessToken (401),
    missingScope, missingPermission (403).
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                known = caller(
                    authorization=request.headers.get("Authorization"),
                    suffixes=suffixes,
                    now=clock.now().timestamp(),
                )
            except TokenRefused as refusal:
                headers = {"WWW-Authenticate": refusal.www_authenticate}
                return problem_response(refusal.problem, request, headers)
            request.caller = known  # type: ignore[attr-defined]  # makes it a CallerRequest
            return view(request, *args, **kwargs)

        return answer

    return wrap


def caller(*, authorization: str | None, suffixes: tuple[str, ...], now: float) -> Caller:
    """Who calls, once token, channel, scope and permission are found good; raises TokenRefused."""
    environment = settings.ENVIRONMENT
    known = bearer.verify(
        authorization=authorization,
        keys=current_keys(environment.oauth_keys),
        issuer=environment.issuer,
        audience=environment.presence_audience,
        now=now,
    )
    snapshot_of(known).check(caller=known, suffixes=suffixes)
    return known


def snapshot_of(known: Caller) -> revocations.Revocations:
    """The state of the caller's own channel and certificate, as it is now."""
    found = Channel.objects.filter(client_id=known.client_id)
    withdrawn = ChannelCertificate.objects.filter(
        thumbprint=known.certificate, state=ChannelCertificate.State.WITHDRAWN
    )
    return revocations.snapshot(
        channels=list(found.values_list("client_id", "state", "permissions")),
        withdrawn=list(withdrawn.values_list("thumbprint")),
    )
