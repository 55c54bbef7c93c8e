"""The labour court before which a decision on a career break is contested: that of the residence.

Source: Judicial Code; the parameter ``career_break.office.courts`` maps parts of the country to a
court and was remembered. Who lives abroad goes to the court of the employer's place of business
(inferred).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from guichet.kernel.label import Label
from guichet.kernel.period import end_for
from guichet.rules import dated
from guichet.rules.career_break.figures import figure

PARAMETER: Final = "career_break.office.courts"
_IN_DUTCH: Final = "BRN"
_BRUSSELS: Final = "BRU"


def court_of(*, residence: str | None, employer: str | None, language: str, on: date) -> Label:
    """The competent court; ``residence`` and ``employer``: Belgian postcodes, None when there is
    none. In Brussels the language of the file decides between two courts.

    Where no place is known it is the court of Brussels (inferred).
    """
    code = _code(residence if residence is not None else employer, on)
    if code == _BRUSSELS and language == "nl":
        code = _IN_DUTCH
    return COURTS[code]


def appeal_until(*, sent_on: date) -> date:
    """The last day of an appeal: months counted from the day after the decision was sent."""
    months = figure("office.appeal_months", on=sent_on)
    return end_for(sent_on + timedelta(days=1), months=months)


def _code(postcode: str | None, on: date) -> str:
    if postcode is None or len(postcode) != 4 or not (postcode.isascii() and postcode.isdigit()):
        return _BRUSSELS
    rows = dated.value(PARAMETER, on=on)
    if not isinstance(rows, tuple):
        raise dated.MalformedParameter(f"{PARAMETER} is not a list")
    for row in rows:
        span, _, code = row.partition(" ")
        first, _, last = span.partition("-")
        if int(first) <= int(postcode) <= int(last):
            return code
    return _BRUSSELS


COURTS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        code: Label(nl=nl, fr=fr, de=de, en=en)
        for code, nl, fr, de, en in (
            ("BRU", "Franstalige arbeidsrechtbank Brussel",
             "Tribunal du travail francophone de Bruxelles",
             "Französischsprachiges Arbeitsgericht Brüssel",
             "French-speaking labour court of Brussels"),
            ("BRN", "Nederlandstalige arbeidsrechtbank Brussel",
             "Tribunal du travail néerlandophone de Bruxelles",
             "Niederländischsprachiges Arbeitsgericht Brüssel",
             "Dutch-speaking labour court of Brussels"),
            ("WBR", "Arbeidsrechtbank Waals-Brabant", "Tribunal du travail du Brabant wallon",
             "Arbeitsgericht Wallonisch-Brabant", "Labour court of Walloon Brabant"),
            ("LEU", "Arbeidsrechtbank Leuven", "Tribunal du travail de Louvain",
             "Arbeitsgericht Löwen", "Labour court of Leuven"),
            ("ANT", "Arbeidsrechtbank Antwerpen", "Tribunal du travail d\u2019Anvers",
             "Arbeitsgericht Antwerpen", "Labour court of Antwerp"),
            ("GEN", "Arbeidsrechtbank Gent", "Tribunal du travail de Gand",
             "Arbeitsgericht Gent", "Labour court of Ghent"),
            ("HAI", "Arbeidsrechtbank Henegouwen", "Tribunal du travail du Hainaut",
             "Arbeitsgericht Hennegau", "Labour court of Hainaut"),
            ("LIE", "Arbeidsrechtbank Luik", "Tribunal du travail de Liège",
             "Arbeitsgericht Lüttich", "Labour court of Liège"),
            ("EUP", "Arbeidsrechtbank Eupen", "Tribunal du travail d\u2019Eupen",
             "Arbeitsgericht Eupen", "Labour court of Eupen"),
        )
    }
)  # fmt: skip
