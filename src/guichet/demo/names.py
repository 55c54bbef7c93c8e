# ruff: noqa: RUF001 - letters of many languages
"""Names for people who do not exist, as one hears them in the country; our own lists.

A community is a way of naming: given names by sex, family names, the language of its letters.
Persons of any community live anywhere and work for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True)
class Community:
    """``languages``: in which a member wants his letters, the likeliest first."""

    weight: int
    languages: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A given name, a family name, and the language of letters."""

    given: str
    family: str
    language: str


def name(chance: Random, *, is_female: bool, region: str) -> Name:
    """A name; ``region`` (nl, fr, de) is the language of the place, which most letters follow."""
    community = chance.choices(COMMUNITIES, [_weight(each, region) for each in COMMUNITIES])[0]
    given = chance.choice(community.women if is_female else community.men)
    family = chance.choice(community.families)
    if chance.random() < 0.04:
        family = f"{family}-{chance.choice(community.families)}"
    if is_female and family.endswith(("ski", "cki")):  # the Polish form for a woman
        family = f"{family[:-1]}a"
    own = community.languages
    language = region if len(own) > 1 or chance.random() < 0.1 else own[0]
    return Name(given, family, language)


def _weight(community: Community, region: str) -> int:
    return community.weight * (4 if community.languages == (region,) else 1)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


_ANY: Final = ("fr", "nl", "en")

COMMUNITIES: Final = (
    Community(
        10,
        ("nl",),
        _words("Lotte Griet Femke An Hilde Nele Sofie Katrien Joke Liesbet Tine Marleen Els Ilse"),
        _words("Jonas Wout Bram Stijn Koen Pieter Bart Dries Joris Luc Geert Tom Jeroen Wim"),
        _words(
            "Verbeeck Claes Vandermeulen Wouters De_Smedt Van_den_Broeck Goossens Maes Peeters"
            " Vermeersch Hendrickx Claerhout De_Cock Lauwers Segers Van_Damme Michiels Coppens"
            " Aerts Baeten Dewaele Verhaegen Mertens Pauwels Vercammen Bogaerts Thijs Hermans"
        ),
    ),
    Community(
        10,
        ("fr",),
        _words("Nadège Amandine Sylvie Aurélie Chloé Laurence Martine Élodie Céline Fanny Odile"),
        _words("Marc Karim Benoît Thibault Quentin Yves Olivier Cédric Fabrice Alain Grégory Loïc"),
        _words(
            "Lambotte Roussel Delvaux Lemaire Collard Dumont Pirotte Servais Noël Leclercq Lejeune"
            " Thiry Renard Gillard Fontaine Wauthier Bodart Simonis Hubert Jacquemin Delhaye"
            " Marlier Mathot Poncelet Tilmant Grégoire Massart Evrard"
        ),
    ),
    Community(
        2,
        ("de",),
        _words("Monika Sabine Birgit Anneliese Heike Katja Ulrike Petra"),
        _words("Jürgen Dieter Rainer Andreas Ralf Guido Manfred Helmut"),
        _words(
            "Heinen Schröder Küpper Niessen Mertes Pauquet Weynand Klinkenberg Jost Radermacher"
        ),
    ),
    Community(
        5,
        _ANY,
        _words("Amina Fatima Samira Naïma Khadija Loubna Hanane Siham Zineb Ikram"),
        _words("Sami Youssef Mehdi Hicham Rachid Bilal Mustapha Nabil Ismaël Omar"),
        _words("El_Amrani Bouzid Benali Haddad El_Khattabi Ouali Tahiri Chaoui Zerouali Amrani"),
    ),
    Community(
        4,
        _ANY,
        _words("Elif Ayşe Zeynep Hatice Gülsüm Meryem Esra Fadime"),
        _words("Mehmet Emre Murat Hakan Serkan Yusuf Kemal Orhan"),
        _words("Yıldız Kaya Demir Şahin Öztürk Aydın Koç Polat Arslan Çelik"),
    ),
    Community(
        5,
        _ANY,
        _words("Ewa Agnieszka Małgorzata Katarzyna Joanna Beata Magdalena Dorota"),
        _words("Marek Piotr Tomasz Grzegorz Krzysztof Paweł Andrzej Wojciech"),
        _words(
            "Nowicki Zieliński Kowalczyk Wójcik Mazur Krawczyk Piotrowski Dudek Wieczorek Sikora"
        ),
    ),
    Community(
        4,
        _ANY,
        _words("Ioana Mihaela Elena Raluca Gabriela Cristina Daniela Alina"),
        _words("Andrei Ionuț Marius Florin Cătălin Bogdan Vasile Răzvan"),
        _words("Popescu Ionescu Dumitru Stan Munteanu Ciobanu Rusu Constantin Ursu Marin"),
    ),
    Community(
        3,
        _ANY,
        _words("Maria_João Catarina Inês Rosa Teresa Fernanda Conceição"),
        _words("Rui João Nuno Tiago Paulo Hugo Vítor"),
        _words("Da_Silva Ferreira Pereira Rodrigues Carvalho Teixeira Correia Moreira Lopes"),
    ),
    Community(
        4,
        _ANY,
        _words("Grâce Mireille Espérance Divine Clarisse Béatrice Nadine Chantal"),
        _words("Patrick Jean-Claude Fiston Héritier Dieudonné Trésor Emmanuel Papy"),
        _words("Kabongo Mutombo Ilunga Mbuyi Kalala Tshibangu Ngoy Lukusa Mwamba Kasongo"),
    ),
    Community(
        3,
        _ANY,
        _words("Oksana Iryna Nataliia Svitlana Halyna Liudmyla Tetiana"),
        _words("Andriy Volodymyr Serhii Ihor Mykola Vasyl"),
        _words("Shevchuk Kovalenko Bondarenko Tkachenko Oliynyk Lysenko Marchenko Savchuk"),
    ),
    Community(
        2,
        _ANY,
        _words("Lakshmi Tenzin Dolma Sunita Maya Rupa"),
        _words("Tenzin Dorje Bishal Suman Arjun Kiran"),
        _words("Gurung Thapa Sherpa Lama Tamang Rai Norbu"),
    ),
)
