"""A visitor who reads the public pages, and what he reads."""

from html import unescape

from django.test import Client

from tests.portal.browsing import text

AT = "/temporary-unemployment/"
SERVICE = "/services/temporary-unemployment/"
LANGUAGES = ("fr", "nl", "de", "en")


def visitor(language: str = "en") -> Client:
    """A browser of this language in which nobody is signed in."""
    return Client(headers={"accept-language": language})


def read(place: str, language: str = "en") -> str:
    """The words of a page, with plain apostrophes."""
    return plain(text(visitor(language), place))


def plain(said: str) -> str:
    """Words as they are typed: straight apostrophes, single blanks."""
    said = (
        unescape(said)
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        .replace("\N{NO-BREAK SPACE}", " ")
    )
    return " ".join(said.split())
