"""Who may work at a desk: somebody with its right, for an institution, surely identified."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from guichet.access.services import Permission
from guichet.access.sessions import Acting, ActingRequest, NoRight, acting_required
from guichet.rules.assurance import Policy

INSTITUTION: Final = "public_body"
# A desk reads what people tell about themselves: a password is not enough. [OUR CHOICE]
_POLICY: Final = Policy(400)

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def at_the_desk(
    permission: Permission,
) -> Callable[[Callable[P, R]], Callable[P, HttpResponseBase]]:
    """The page is for this desk of an institution; anybody else sees "not for you" (403)."""

    def decorated(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if cast(ActingRequest, args[0]).acting.quality != INSTITUTION:
                raise NoRight(_("This page is for institutions."))
            return view(*args, **kwargs)

        entered = acting_required(kind="employer", service=permission.value, policy=_POLICY)
        return entered(guarded)

    return decorated


def at_one_of(
    *permissions: Permission,
) -> Callable[[Callable[P, R]], Callable[P, HttpResponseBase]]:
    """The page is for whoever has one of these rights for an institution; as `at_the_desk`."""

    def decorated(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            acting = cast(ActingRequest, args[0]).acting
            if acting.quality != INSTITUTION:
                raise NoRight(_("This page is for institutions."))
            if not set(permissions) & set(acting.rights):
                raise NoRight(_("You have no right to use this service for this enterprise."))
            return view(*args, **kwargs)

        return acting_required(kind="employer", policy=_POLICY)(guarded)

    return decorated


def works_at(permission: Permission, acting: Acting) -> bool:
    """Whether somebody works at this desk of an institution."""
    return (
        permission in acting.rights
        and acting.quality == INSTITUTION
        and acting.enterprise_number is not None
    )
