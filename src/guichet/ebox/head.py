"""The e-Box at the top of every page, with how many messages wait to be read."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from guichet.access.services import Permission
from guichet.access.sessions import Acting
from guichet.ebox import visibility
from guichet.platform import clock, head
from guichet.platform.head import Tool


@head.register
def tool(request: HttpRequest) -> Tool | None:
    """For the person himself, and for who reads the box of the enterprise."""
    acting: Acting = request.acting  # type: ignore[attr-defined]  # of the middleware
    if acting.enterprise_number and Permission.EBOX not in acting.rights:
        return None
    count = visibility.unread_before(acting=acting, now=clock.now())
    words = ngettext("one unread message", "%(count)d unread messages", count) % {"count": count}
    return Tool("mail", "e-Box", reverse("ebox:list"), count, words if count else "")
