"""The people whom the demonstration knows by name: they play on the same site on the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from guichet.demo import numbers


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody with a part to play; ``niss`` follows from birth date and sex."""

    given_name: str
    family_name: str
    born_on: date
    is_female: bool
    language: str
    is_bis: bool = False

    @property
    def niss(self) -> str:
        """His number: never issued, as all numbers of the demonstration."""
        make = numbers.bis if self.is_bis else numbers.niss
        return make(born_on=self.born_on, is_female=self.is_female)


AMINA: Final = Known("Amina", "Roussel", date(1985, 7, 31), is_female=True, language="fr")
SOFIE: Final = Known("Sofie", "Claerhout", date(1981, 3, 16), is_female=True, language="nl")
MARC: Final = Known("Marc", "Delvaux", date(1969, 11, 8), is_female=False, language="fr")
LUC: Final = Known("Luc", "Vandermeulen", date(1978, 9, 23), is_female=False, language="nl")
EWA: Final = Known("Ewa", "Nowicka", date(1990, 4, 12), is_female=True, language="en", is_bis=True)
JONAS: Final = Known("Jonas", "Verbeeck", date(1987, 6, 14), is_female=False, language="nl")
RUI: Final = Known("Rui", "Da Silva-Peeters", date(1991, 8, 5), is_female=False, language="fr")
NADEGE: Final = Known("Nadège", "Lambotte", date(1994, 2, 6), is_female=True, language="fr")
SAMI: Final = Known("Sami", "El Amrani-Dubois", date(1997, 7, 12), is_female=False, language="fr")

EVERYBODY: Final = (AMINA, SOFIE, MARC, LUC, EWA, JONAS, RUI, NADEGE, SAMI)
"""In the order of their parts."""

INGE: Final = Known("Inge", "De Wachter", date(1976, 5, 18), is_female=True, language="nl")
NOOR: Final = Known("Noor", "Van Acker", date(1992, 10, 3), is_female=True, language="nl")
BRUNO: Final = Known("Bruno", "Tasset", date(1983, 1, 27), is_female=False, language="fr")
SABINE: Final = Known("Sabine", "Lejeune", date(1967, 6, 9), is_female=True, language="fr")
THIERRY: Final = Known("Thierry", "Gosset", date(1974, 12, 2), is_female=False, language="fr")
DENIS: Final = Known("Denis", "Maréchal", date(1980, 4, 21), is_female=False, language="fr")
HANNE: Final = Known("Hanne", "Vercruysse", date(1989, 8, 30), is_female=True, language="nl")
OTTO: Final = Known("Otto", "Lennertz", date(1971, 3, 11), is_female=False, language="de")
NADIA: Final = Known("Nadia", "Lemmens", date(1977, 10, 9), is_female=True, language="nl")
YVES: Final = Known("Yves", "Lambrecht", date(1972, 9, 15), is_female=False, language="fr")
LEA: Final = Known("Léa", "Marchal", date(1986, 2, 19), is_female=True, language="fr")
ODILE: Final = Known("Odile", "Renard", date(1979, 8, 24), is_female=True, language="fr")
KAREL: Final = Known("Karel", "Goossens", date(1968, 4, 5), is_female=False, language="nl")

OFFICE: Final = (
    INGE, NOOR, BRUNO, SABINE, THIERRY, DENIS, HANNE, OTTO, NADIA, YVES, LEA, ODILE, KAREL,
)  # fmt: skip
"""Those who manage access or sit at a desk; no presence of theirs is registered."""
