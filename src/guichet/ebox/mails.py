"""The mails of the e-Box: that something is there, never from whom nor what. R-EB-12.

They hold no link: who gets one opens the counter himself, and nobody learns to click.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from guichet.ebox.models import Box
from guichet.platform import post


@dataclass(slots=True)
class Night:
    """What one mail tells of: how many are new, still unread, about to disappear."""

    new: int = 0
    unread: int = 0
    ending: int = 0


def code(*, to: str, code: str, language: str, now: datetime) -> None:
    """The six digits that confirm an address."""
    with override(language):
        body = _(
            "Your code to confirm this address for the e-Box: %(code)s\n\nIt is good for half an "
            "hour. You did not ask for it? Then do nothing: nothing changes."
        ) % {"code": code}
        subject = _("Confirm your address for the e-Box")
        post.mail(to=to, subject=subject, body=body, now=now, language=language)


def night(*, box: Box, told: Night, now: datetime) -> None:
    """One mail for one box and one night."""
    with override(box.language):
        lines = [*_lines(told), _closing()]
        if box.code_word:
            lines.append(_("Your word of recognition: %(word)s") % {"word": box.code_word})
        post.mail(
            to=box.email,
            subject=_("Your e-Box has something for you"),
            body="\n\n".join(lines),
            now=now,
            language=box.language,
        )


def _lines(told: Night) -> list[str]:
    lines = []
    if told.new:
        lines.append(
            ngettext(
                "There is a new message in your e-Box.",
                "There are %(count)d new messages in your e-Box.",
                told.new,
            )
            % {"count": told.new}
        )
    if told.unread:
        lines.append(
            ngettext(
                "A message in your e-Box has been waiting unread for two weeks.",
                "%(count)d messages in your e-Box have been waiting unread for two weeks.",
                told.unread,
            )
            % {"count": told.unread}
        )
    if told.ending:
        lines.append(
            ngettext(
                "A message that you have not read will be deleted within seven days.",
                "%(count)d messages that you have not read will be deleted within seven days.",
                told.ending,
            )
            % {"count": told.ending}
        )
    return lines


def _closing() -> str:
    return _(
        "Open the counter in your browser as you always do, sign in and choose \u201ce-Box\u201d. "
        "This mail holds no link and never says who wrote to you or about what."
    )
