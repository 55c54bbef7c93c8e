"""Texts of law in the language of the page: kinds of law are words, their days are days.

The rules name a text in English (``Royal Decree of 29 October 1997``); people read it as their
official journal prints it (``Arrêté royal du 29 octobre 1997``). What is no text of law, and what
is not known here, is said as it stands.
"""

import re
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.kernel.verdict import LegalSource
from guichet.platform import wording

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DATED: Final = re.compile(
    r"(?P<kind>[A-Z][A-Za-z ()]+?|CCT(?:/CAO)? [\d/]+)"
    rf"(?P<joint> of |, in force on )(?P<day>\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}})"
    r"(?P<rest>.*)"
)
_KINDS: Final[dict[str, str | Promise]] = {
    "Royal Decree": _("Royal Decree of %(day)s"),
    "Act": _("Act of %(day)s"),
    "Programme Act": _("Programme Act of %(day)s"),
    "Programme Act (I)": _("Programme Act (I) of %(day)s"),
    "Recovery Act": _("Recovery Act of %(day)s"),
}
_AGREEMENT: Final[dict[str, str | Promise]] = {
    " of ": _("CCT %(number)s of %(day)s"),
    ", in force on ": _("CCT %(number)s, in force on %(day)s"),
}
_OTHERS: Final[dict[str, str | Promise]] = {
    "CCT/CAO 170, 179 and 180": _("CCT 170, 179 and 180"),
    "Rules of the National Employment Office": _("Rules of the National Employment Office"),
    "Rules of the online service": _("Rules of the online service"),
    "Collective agreement of the sector": _("Collective agreement of the sector"),
    "Glossary of the social-security office, Dimona, version 2023/3": _(
        "Glossary of the social-security office, Dimona, version 2023/3"
    ),
}
_RESTS: Final[dict[str, str | Promise]] = {
    " on various provisions": _("on various provisions"),
}


def law(source: LegalSource) -> str:
    """Where a rule stands: the text in the language of the page, then the article as it is."""
    name = _named(source.text)
    if source.article is None:
        return name
    article = source.article.replace(" and ", ", ").replace(" to ", "\N{EN DASH}")
    return f"{name}, {article}"


def _named(text: str) -> str:
    if text in _OTHERS:
        return str(_OTHERS[text])
    found = _DATED.fullmatch(text)
    if found is None or (found["rest"] and found["rest"] not in _RESTS):
        return text
    rest = f" {_RESTS[found['rest']]}" if found["rest"] else ""
    # The year may not part from its day at the end of a line.
    day = _day(found["day"])
    given = {"day": f"{wording.day_words(day)}{wording.NBSP}{day.year}"}
    kind = found["kind"]
    if kind.startswith("CCT"):
        number = kind.rpartition(" ")[2]
        return str(_AGREEMENT[found["joint"]]) % (given | {"number": number}) + rest
    if kind not in _KINDS or found["joint"] != " of ":
        return text
    return str(_KINDS[kind]) % given + rest


def _day(text: str) -> date:
    number, month, year = text.split()
    return date(int(year), _MONTHS.index(month) + 1, int(number))
