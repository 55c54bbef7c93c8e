"""The e-Box in words."""

import re
from typing import Final

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from markupsafe import Markup, escape

from guichet.rules.ebox import Act
from guichet.rules.ebox_types import TYPES

MAILS: Final = (
    ("daily", gettext_lazy("One mail a night when something new came")),
    ("required", gettext_lazy("Only about messages for which the law asks a mail")),
)
READ: Final = (
    ("", gettext_lazy("Read and unread")),
    ("unread", gettext_lazy("Unread")),
    ("read", gettext_lazy("Read")),
)
ACTS: Final = {
    Act.MARK_READ: gettext_lazy("Mark as read"),
    Act.MARK_UNREAD: gettext_lazy("Mark as unread"),
    Act.FILE: gettext_lazy("Move to the folder"),
    Act.LABEL: gettext_lazy("Put the label on"),
    Act.UNLABEL: gettext_lazy("Take the label off"),
    Act.DELETE: gettext_lazy("Delete"),
    Act.RESTORE: gettext_lazy("Restore"),
}
ACT_FAULTS: Final = {
    "registered": gettext_lazy("A registered message stays until it expires."),
    "deleted": gettext_lazy("A deleted message can only be restored."),
    "not_deleted": gettext_lazy("Only a deleted message can be restored."),
    "labels": gettext_lazy("A box has at most sixty labels. Take one off everywhere first."),
}
REPLY_FAULTS: Final = {
    "not_answered": gettext_lazy("The sender takes no answer to this message here."),
    "deleted": gettext_lazy("You deleted this message. Restore it before you answer."),
    "many": gettext_lazy("Ten answers were given to this message. Ask a question instead."),
}
CODE_FAULTS: Final = {
    "none": gettext_lazy("No address waits for a code. Ask for a new one."),
    "tries": gettext_lazy("Five codes were wrong. Ask for a new one."),
    "late": gettext_lazy("This code is older than half an hour. Ask for a new one."),
    "wrong": gettext_lazy("This is not the code that we sent. Look at the last mail."),
}
FOLDER_FAULTS: Final = {
    "taken": gettext_lazy("A folder with this name exists."),
    "many": gettext_lazy("A box has at most forty folders. Remove one first."),
    "not_empty": gettext_lazy("Only an empty folder can be removed. Move its messages first."),
    "open_to_all": gettext_lazy("Everybody with access to the e-Box may read this folder."),
    "no_right": gettext_lazy("Choose people who have access to the e-Box."),
}
PROGRAM_FAULTS: Final = {
    "unknown": gettext_lazy(
        "No program with this identifier may read e-Boxes. Ask its maker for the right one."
    ),
    "named": gettext_lazy("This program reads your e-Box already."),
    "many": gettext_lazy("Ten programs read this e-Box. Withdraw one first."),
    "often": gettext_lazy("You tried several identifiers. Try again in an hour."),
}


def type_name(code: str) -> str:
    """The kind of message in the language of the page."""
    kind = TYPES.get(code)
    return kind.title.in_language(get_language() or "en") if kind else code


def linked(text: str) -> Markup:
    """A text whose addresses of this site can be followed; any other stays what was written."""
    own = re.compile(rf"({re.escape(settings.ENVIRONMENT.url)}/[\w/.%?=&#:-]*[\w/])", re.ASCII)
    parts = own.split(text)
    return Markup("").join(
        Markup('<a href="{0}">{0}</a>').format(part) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


def size(count: int) -> str:
    """``120 kB``, ``1 kB`` at least."""
    return f"{max(1, round(count / 1000))}\N{NO-BREAK SPACE}kB"
