# ruff: noqa: RUF001 - typographic apostrophes
"""Firms and places that do not exist: forty employers and how their sites are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Firm:
    """An employer; ``staff``: how many workers. ``seat``: its postcode.

    ``kind``: cleaning, finishing (crews that clean building sites), temp_agency.
    """

    name: str
    language: str
    seat: str
    staff: int
    kind: str = "cleaning"
    second_name: str = ""
    legal_form: str = "610"

    @property
    def joint_committee(self) -> str:
        """The committee of its workers."""
        return {"finishing": "124", "temp_agency": "322"}.get(self.kind, "121")


QUATRE_NUAGES: Final = 0
DELVAUX: Final = 1
TREMPLIN: Final = 2  # the temp agency
DE_BRUG: Final = 20  # another temp agency
CLAIR_MATIN: Final = 22
INSTITUTION: Final = 900  # the public body with the desks; not one of the employers below
SECRETARIAT: Final = 901  # the social secretariat that acts by mandate; not one of them either

FIRMS: Final = (
    Firm("Quatre-Nuages Nettoyage", "fr", "1000", 140, second_name="Vier-Wolken Schoonmaak"),
    Firm("Delvaux Parachèvement", "fr", "6000", 46, kind="finishing"),
    Firm("Tremplin Bleu Intérim", "fr", "1060", 38, kind="temp_agency", legal_form="014"),
    Firm("Helder & Droog", "nl", "2000", 75),
    Firm("Zonneveeg Schoonmaak", "nl", "9000", 67, second_name="Zonneveeg Nettoyage"),
    Firm("De Blinkende Tegel", "nl", "8000", 51),
    Firm("Ruisbeek Facilitair", "nl", "3000", 64, legal_form="014"),
    Firm("Vensterlicht", "nl", "2800", 42),
    Firm("Het Zeemleer", "nl", "8500", 37),
    Firm("Ochtendploeg", "nl", "9300", 45),
    Firm("Bezem en Zoon", "nl", "3500", 33),
    Firm("Stofvrij Kempen", "nl", "2300", 29),
    Firm("Kristalraam", "nl", "8400", 24),
    Firm("Hagelwit Onderhoud", "nl", "9100", 31),
    Firm("Groene Spons", "nl", "3600", 22, legal_form="706"),
    Firm("Nachtuil Schoonmaak", "nl", "1800", 38),
    Firm("Blauwe Dweil", "nl", "9200", 18),
    Firm("Lentebries", "nl", "3300", 15),
    Firm("Sterke Armen Gevelreiniging", "nl", "2100", 26),
    Firm("Steigerlicht Oplevering", "nl", "9700", 28, kind="finishing"),
    Firm("Uitzendhuis De Brug", "nl", "9000", 20, kind="temp_agency", legal_form="014"),
    Firm("Brosse d’Or", "fr", "4000", 72),
    Firm("Clair-Matin Services", "fr", "5000", 54, legal_form="014"),
    Firm("Le Seau Joyeux", "fr", "7000", 38, legal_form="706"),
    Firm("Vitre et Vent", "fr", "1300", 27),
    Firm("Éclat de Sambre", "fr", "6000", 43),
    Firm("Propre & Net Condroz", "fr", "5590", 21),
    Firm("Les Lève-Tôt", "fr", "1070", 35),
    Firm("Savonnerie Verte Entretien", "fr", "7500", 26),
    Firm("Lustre Hesbaye", "fr", "4300", 19),
    Firm("Nettoyage des Trois Rivières", "fr", "4800", 34),
    Firm("Parquet Doux", "fr", "1400", 17),
    Firm("Ardenne Limpide", "fr", "6700", 23),
    Firm("Bulle d’Air Entretien", "fr", "1030", 41),
    Firm("Coup de Balai Bruxelles", "fr", "1080", 36, second_name="Bezemslag Brussel"),
    Firm("Plume Vitrerie", "fr", "1190", 18),
    Firm("Les Finitions du Hainaut", "fr", "7100", 22, kind="finishing"),
    Firm("Ostwind Gebäudereinigung", "de", "4700", 30),
    Firm("Saubere Sache Eifel", "de", "4780", 16),
    Firm("Glanzwerk", "de", "4700", 17),
)

_PLACES: Final = {
    "nl": (
        "Woonzorgcentrum {}",
        "Basisschool {}",
        "Kantoren {}",
        "Residentie {}",
        "Sporthal {}",
        "Bibliotheek {}",
        "Winkelgalerij {}",
        "Station {}",
    ),
    "fr": (
        "Maison de repos {}",
        "École {}",
        "Bureaux {}",
        "Résidence {}",
        "Hall des sports {}",
        "Bibliothèque {}",
        "Galerie {}",
        "Gare {}",
    ),
    "de": ("Seniorenheim {}", "Schule {}", "Bürohaus {}", "Wohnanlage {}", "Sporthalle {}"),
}

_NAMES: Final = {
    "nl": (
        "De Wielewaal", "Ter Linden", "Het Roodborstje", "Molenzicht", "De Zilverberk",
        "Kastanjehof", "De Drie Eiken", "Waterlelie", "Den Egel", "Zuiderlicht", "De Boomgaard",
        "Klaverveld", "De Kievit", "Oude Vest", "Het Baken", "De Meidoorn",
    ),
    "fr": (
        "des Hirondelles", "du Vieux-Chêne", "des Bruyères", "de l’Écluse", "des Coquelicots",
        "du Petit-Bois", "des Quatre-Vents", "du Renard", "de la Fontaine", "des Genêts",
        "du Cerisier", "des Remparts", "de la Libellule", "du Pont-Neuf", "des Peupliers",
        "du Héron",
    ),
    "de": (
        "Lindenhof", "Am Wiesengrund", "Zum Eichhörnchen", "Fliederweg", "Sonnenberg",
        "Alte Mühle", "Am Stadtpark", "Birkenhain",
    ),
}  # fmt: skip

_STREETS: Final = {
    "nl": (
        "Lindelaan", "Molenstraat", "Kerkplein", "Nieuwe Vaart", "Veldweg", "Stationsstraat",
        "Hopmarkt", "Zandpad", "Beukenlaan", "Oude Kaai",
    ),
    "fr": (
        "Avenue des Tilleuls", "Rue du Moulin", "Place du Marché", "Chemin Vert", "Rue Haute",
        "Rue de la Station", "Quai aux Pierres", "Rue des Écoles", "Allée des Érables",
        "Rue du Lavoir",
    ),
    "de": (
        "Lindenallee", "Mühlenweg", "Marktplatz", "Am Bahnhof", "Hochstraße", "Schulstraße",
        "Buchenweg", "Kirchgasse",
    ),
}  # fmt: skip


def site_name(index: int, language: str) -> str:
    """A name for the site of this index; the first some hundred differ."""
    places, names = _PLACES[language], _NAMES[language]
    return places[index % len(places)].format(names[index * 7 // len(places) % len(names)])


def street(index: int, language: str) -> str:
    """A street name for this index."""
    streets = _STREETS[language]
    return streets[index % len(streets)]
