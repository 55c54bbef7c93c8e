"""Mail about keys: what happened and what to do, with no name, number or address in it.

In the language of the account or of the person; nothing is sent where no address is known.
"""

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from guichet.csam.keys.models import Key
from guichet.platform import post
from guichet.rules.assurance import Means

ACTIVATED: Final = "activated"
REVOKED: Final = "revoked"
LOCKED: Final = "locked"
UNLOCKED: Final = "unlocked"
RENAMED: Final = "renamed"

KINDS: Final[dict[str, Promise]] = {
    Means.APP: gettext_lazy("Codes by mobile app"),
    Means.MAIL: gettext_lazy("Codes by e-mail"),
    Means.CARD: gettext_lazy("Security codes on paper (token)"),
    Means.PASSKEY: gettext_lazy("Passkey"),
}
_SUBJECTS: Final[dict[str, Promise]] = {
    ACTIVATED: gettext_lazy("A digital key was activated"),
    REVOKED: gettext_lazy("A digital key was withdrawn"),
    LOCKED: gettext_lazy("A digital key is locked"),
    UNLOCKED: gettext_lazy("A digital key was unlocked"),
    RENAMED: gettext_lazy("A digital key was renamed"),
}
_FACTS: Final[dict[str, Promise]] = {
    ACTIVATED: gettext_lazy("You can sign in with it from now on."),
    REVOKED: gettext_lazy("Nobody can sign in with it any more."),
    LOCKED: gettext_lazy(
        "Five wrong codes in a row were given. To unlock the key, sign in with your identity "
        "card and open the page of your digital keys."
    ),
    UNLOCKED: gettext_lazy("You can sign in with it again."),
    RENAMED: gettext_lazy("Only the name that you see in your list has changed."),
}


def tell(key: Key, what: str, *, now: datetime) -> None:
    """Tell the person what happened to a key, in the caller's transaction."""
    to, language = _whereto(key)
    if not to:
        return
    with override(language):
        lines = [
            f"{KINDS[key.kind]}: {_SUBJECTS[what]}.",
            str(_FACTS[what]),
            _("Was it not you? Call 02 000 00 00, or withdraw the key on the page of your keys."),
        ]
        post.mail(
            to=to,
            subject=str(_SUBJECTS[what]),
            body="\n\n".join(lines),
            now=now,
            language=language,
        )


def send_code(code: str, *, to: str, now: datetime, language: str) -> None:
    """Send a code that is good for ten minutes."""
    with override(language):
        body = _(
            "Your code is %(code)s. It is good for ten minutes, for one use.\n\n"
            "Nobody will ever ask you for it by telephone. Did you not ask for a code? Then do "
            "nothing: without it nobody comes in."
        ) % {"code": code}
        post.mail(to=to, subject=_("Your code"), body=body, now=now, language=language)


def _whereto(key: Key) -> tuple[str, str]:
    person, account = key.person, key.account
    if account is not None and account.email:
        return account.email, account.language
    return person.email, person.language
