"""Collect the texts of the pages into the catalogues, and check that none is missing.

Usage: python -m guichet.config.catalogues collect|check
"""

import re
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

REPOSITORY: Final = Path(__file__).resolve().parents[3]
LANGUAGES: Final = ("fr", "nl", "de")
# Babel does not know Django's lazy names; without them their texts are silently missing.
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACES: Final = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")


def collected() -> Catalog:
    """Every text of src/guichet that a person may read, in English."""
    template = Catalog(project="Guichet", charset="utf-8")
    with (REPOSITORY / "babel.cfg").open("r", encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]  # babel has no types
    found = extract_from_dir(
        REPOSITORY / "src",
        method_map=methods,
        options_map=options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
    )
    for _file, _line, text, comments, context in found:
        template.add(text, auto_comments=comments, context=context)
    return template


def catalogue(language: str) -> Catalog:
    """The catalogue of one language as it stands, empty when there is none."""
    path = _path(language)
    if not path.is_file():
        return Catalog(locale=language, project="Guichet", charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, ignore_obsolete=True)


def collect() -> None:
    """Bring every catalogue up to date: new texts empty, texts that are gone removed."""
    template = collected()
    for language in LANGUAGES:
        known = catalogue(language)
        known.update(template, no_fuzzy_matching=True, update_header_comment=False)
        known.obsolete.clear()
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            write_po(
                stream, known, sort_output=True, no_location=True, omit_header=False, width=100
            )


def faults() -> list[str]:
    """One line for every text that a reader of some language would not read in it."""
    template = collected()
    lines = []
    for language in LANGUAGES:
        known = catalogue(language)
        for message in template:
            if message.id and (fault := _fault(message, known.get(message.id, message.context))):
                lines.append(f"{language}: {fault}: {message.id!r}")
    return lines


def _fault(wanted: Message, found: Message | None) -> str | None:
    if found is None:
        return "not collected"
    if found.fuzzy:
        return "marked fuzzy"
    texts = found.string if isinstance(found.string, (tuple, list)) else (found.string,)
    if any(not text for text in texts):
        return "not translated"
    sources = wanted.id if isinstance(wanted.id, (tuple, list)) else (wanted.id,)
    # Plural forms may leave a number out; a name that the program does not give may not appear.
    given = {place for source in sources for place in _PLACES.findall(source)}
    used = {place for text in texts for place in _PLACES.findall(text or "")}
    return None if used == given else "other placeholders"


def _path(language: str) -> Path:
    return REPOSITORY / "locale" / language / "LC_MESSAGES" / "django.po"


def main(arguments: list[str]) -> int:
    """The exit code: 1 when the check finds a fault, 2 when the word is unknown."""
    match arguments:
        case ["collect"]:
            collect()
            return 0
        case ["check"]:
            found = faults()
            print("\n".join(found) or "every catalogue is complete")
            return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
