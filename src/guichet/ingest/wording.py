"""The language of a refusal: the same catalogues as the pages, read without Django."""

import gettext
from functools import cache
from pathlib import Path
from typing import Final

SOURCE: Final = "en"
_LANGUAGES: Final = ("en", "nl", "fr", "de")
_DOMAIN: Final = "django"
_LONGEST: Final = 500
_MOST: Final = 20


def language_of(header: bytes | None) -> str:
    """The language of ours that an ``Accept-Language`` header wants most, English else.

    A region is let go (``de-BE`` is ``de``); what cannot be read counts as not said.
    Source: RFC 9110 §12.5.4.
    """
    if header is None:
        return SOURCE
    wanted: list[tuple[float, str]] = []
    for part in header[:_LONGEST].decode("latin-1").split(",")[:_MOST]:
        tag, _, parameters = part.partition(";")
        language = tag.strip().partition("-")[0].lower()
        weight = _weight(parameters)
        if language in _LANGUAGES and weight > 0:
            wanted.append((-weight, language))
    # Among equals the first one named: the sort is stable.
    return min(wanted, key=lambda each: each[0])[1] if wanted else SOURCE


def translated(text: str, *, language: str, catalogues: Path | None) -> str:
    """``text`` in the language, or as it is where no catalogue has it."""
    if language == SOURCE or catalogues is None or not text:
        return text
    return _catalogue(catalogues, language).gettext(text)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0


@cache
def _catalogue(folder: Path, language: str) -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, folder, [language], fallback=True)
