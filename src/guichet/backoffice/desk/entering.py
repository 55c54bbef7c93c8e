"""Who may work at the desk: somebody with the right, for an institution, surely identified."""

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from guichet.access.services import Permission
from guichet.access.sessions import ActingRequest, NoRight, acting_required
from guichet.rules.assurance import Policy

INSTITUTION: Final = "public_body"
# The desk reads what people write about themselves: a password is not enough. [OUR CHOICE]
_POLICY: Final = Policy(400)

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def at_the_desk(view: Callable[P, R]) -> Callable[P, HttpResponseBase]:
    """The page is for the desk of an institution; anybody else sees "not for you" (403)."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if cast(ActingRequest, args[0]).acting.quality != INSTITUTION:
            raise NoRight(_("This page is for institutions."))
        return view(*args, **kwargs)

    entered = acting_required(
        kind="employer", service=Permission.CONTACT_DESK.value, policy=_POLICY
    )
    return entered(guarded)
