"""The screen film: pictures of the real pages, each with its caption, shown one after the other.

The pictures are made by a browser test, in each language, and lie with the static files; the
captions stand here, so that the film is also a text.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SECONDS: Final = 8
LANGUAGES: Final = ("fr", "nl", "de", "en")
WIDTH, HEIGHT = 960, 600
FOLDER: Final = Path(__file__).parent / "static/temporary_unemployment_library/film"


@dataclass(frozen=True, slots=True)
class Scene:
    """``key``: of the page that is pictured; ``caption``: what one does there."""

    key: str
    title: Any
    caption: Any

    @property
    def picture(self) -> str:
        """The static file, in the language of the page."""
        return f"temporary_unemployment_library/film/{_language()}/{self.key}.webp"


SCENES: Final = (
    Scene(
        "service",
        _("The page of the service"),
        _(
            "On the page of temporary unemployment you read what it is, who must declare and what "
            "follows. Click “Submit temporary unemployment”."
        ),
    ),
    Scene(
        "sign-in",
        _("Sign in"),
        _(
            "Choose how you sign in. With the letter: enter the user name and the password that "
            "you received by post, in the block “With your access codes”."
        ),
    ),
    Scene(
        "first",
        _("First connection of the access manager"),
        _("The first time only, a word of welcome appears. Click “Next”."),
    ),
    Scene(
        "details",
        _("Registration of an access manager"),
        _(
            "Choose a user name and a password of your own. The rules stand beside the form. Click "
            "“Next”."
        ),
    ),
    Scene(
        "confirm",
        _("Confirm"),
        _("Read once more what you chose and click “Confirm”. The letter is dead from now on."),
    ),
    Scene(
        "done",
        _("Announce yourself"),
        _("You are registered. Click “Announce yourself” to use your own codes at once."),
    ),
    Scene(
        "again",
        _("Sign in again"),
        _("Announce yourself once more, with your new user name and password."),
    ),
    Scene(
        "enterprise",
        _("Choose your enterprise"),
        _("Say for which enterprise you sign in, and continue."),
    ),
    Scene(
        "home",
        _("The online service"),
        _(
            "You are in the service, for your enterprise: here you communicate, and from the day "
            "after you read the decisions of the ONEM."
        ),
    ),
)


def size() -> str:
    """How large the film is in the language of the page: ``240 kB``."""
    return f"{_bytes(_language()) // 1024}\N{NO-BREAK SPACE}kB"


@cache
def _bytes(language: str) -> int:
    return sum(file.stat().st_size for file in (FOLDER / language).glob("*.webp"))


def _language() -> str:
    language = (get_language() or "en").partition("-")[0]
    return language if language in LANGUAGES else "en"
