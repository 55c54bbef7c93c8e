"""The services behind the door: who they are for, which sign-in they ask, what a right opens.

A right names one permission here. Plain values, no Django; the official names stay official.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from guichet.kernel.label import Label
from guichet.rules.assurance import Means, Policy


class Group(StrEnum):
    """For whom a service is."""

    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"


class Permission(StrEnum):
    """What a right opens for one enterprise in one quality; the words kept in the database."""

    PRESENCE = "presence"
    DIMONA_CONSULT = "dimona_consult"
    DIMONA_DECLARE = "dimona"
    WORKS = "works"
    LIMOSA = "limosa"
    CAREER_BREAK = "career_break"
    TEMPORARY_UNEMPLOYMENT = "temporary_unemployment"
    EBOX = "ebox"
    CHANNELS = "chaman"
    MANDATES_CONSULT = "mandates_consult"
    MANDATES = "mandates"
    # Desks of institutions
    CONTACT_DESK = "contact_desk"
    IDENTIFICATION_DESK = "identification_desk"
    ENTERPRISE_DESK = "enterprise_desk"
    INSPECTION = "inspection"
    CORRECTION_DESK = "correction_desk"
    CAREER_BREAK_DESK = "career_break_desk"
    CAREER_BREAK_SIGN = "career_break_sign"
    CAREER_BREAK_READ = "career_break_read"
    TEMPORARY_UNEMPLOYMENT_DESK = "temporary_unemployment_desk"
    TEMPORARY_UNEMPLOYMENT_SIGN = "temporary_unemployment_sign"
    TEMPORARY_UNEMPLOYMENT_READ = "temporary_unemployment_read"
    CRISIS_DESK = "crisis_desk"
    DIMONA_DESK = "dimona_desk"


EMPLOYER_QUALITIES: Final = ("employer", "temp_agency", "principal", "public_body")
PROVIDER: Final = "service_provider"


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its official name, a line about it, whom it is for, what it asks."""

    key: str
    name: Label
    line: Label
    groups: frozenset[Group]
    policy: Policy
    permissions: tuple[Permission, ...] = ()
    qualities: tuple[str, ...] = EMPLOYER_QUALITIES
    can_be_mandated: bool = False


def _same(name: str) -> Label:
    return Label(name, name, name, name)


# Leaflets of the services: itsme, eIDAS or a code by app or mail, a Belgian card of course; for a
# worker's relations identity card or paper card; for temporary unemployment access codes alone.
_PRESENCE: Final = Policy(
    300, frozenset({Means.EID, Means.ITSME, Means.EIDAS, Means.APP, Means.MAIL, Means.PASSKEY})
)
_INTERIM: Final = Policy(300)
_CODES: Final = Policy(200)
STRONG: Final = Policy(450, frozenset({Means.EID, Means.ITSME, Means.EIDAS}))
# A legal representative without a Belgian card has eIDAS or codes by app or mail.
REPRESENTATIVE_ABROAD: Final = Policy(
    300, frozenset({Means.ITSME, Means.EIDAS, Means.APP, Means.MAIL})
)

SERVICES: Final[tuple[Service, ...]] = (
    Service(
        "presence",
        _same("Check In and Out at Work"),
        Label(
            nl="Begin, pauzes en einde van het werk registreren en nakijken.",
            fr="Enregistrer et consulter le début, les pauses et la fin du travail.",
            de="Beginn, Pausen und Ende der Arbeit registrieren und nachsehen.",
            en="Register and consult the start, the breaks and the end of work.",
        ),
        frozenset({Group.CITIZEN, Group.ENTERPRISE}),
        _PRESENCE,
        (Permission.PRESENCE,),
        (*EMPLOYER_QUALITIES, PROVIDER),
        can_be_mandated=True,
    ),
    Service(
        "checkinatwork",
        _same("Checkin@Work"),
        Label(
            nl="Aanwezigheden op bouwplaatsen en in de vleessector vooraf melden.",
            fr="Annoncer les présences sur les chantiers et dans le secteur de la viande.",
            de="Anwesenheiten auf Baustellen und in der Fleischbranche melden.",
            en="Announce presences on construction sites and in the meat sector.",
        ),
        frozenset({Group.ENTERPRISE}),
        _PRESENCE,
        (Permission.PRESENCE,),
        (*EMPLOYER_QUALITIES, PROVIDER),
        can_be_mandated=True,
    ),
    Service(
        "interim",
        _same("Interim@Work"),
        Label(
            nl="Zien wat een uitzendbureau over u heeft aangegeven.",
            fr="Voir ce qu\u2019un bureau d\u2019intérim a déclaré à votre sujet.",
            de="Sehen, was ein Zeitarbeitsbüro über Sie gemeldet hat.",
            en="See what a temp agency declared about you.",
        ),
        frozenset({Group.CITIZEN}),
        _INTERIM,
    ),
    Service(
        "career-break",
        Label(
            nl="Dossier loopbaanonderbreking en tijdskrediet",
            fr="Dossier Interruption de carrière et crédit-temps",
            de="Akte Laufbahnunterbrechung und Zeitkredit",
            en="Career break and time credit dossier",
        ),
        Label(
            nl="Een onderbreking of vermindering aanvragen en opvolgen.",
            fr="Demander et suivre une interruption ou une réduction.",
            de="Eine Unterbrechung oder Verkürzung beantragen und verfolgen.",
            en="Ask for an interruption or a reduction, and follow it.",
        ),
        frozenset({Group.CITIZEN, Group.ENTERPRISE}),
        _CODES,
        (Permission.CAREER_BREAK,),
        (*EMPLOYER_QUALITIES, PROVIDER),
        can_be_mandated=True,
    ),
    Service(
        "temporary-unemployment",
        Label(
            nl="Tijdelijke werkloosheid",
            fr="Chômage temporaire",
            de="Vorübergehende Arbeitslosigkeit",
            en="Temporary unemployment",
        ),
        Label(
            nl="Tijdelijke werkloosheid meedelen en de beslissingen lezen.",
            fr="Communiquer un chômage temporaire et lire les décisions.",
            de="Vorübergehende Arbeitslosigkeit mitteilen und Entscheidungen lesen.",
            en="Communicate temporary unemployment and read the decisions.",
        ),
        frozenset({Group.ENTERPRISE}),
        _CODES,
        (Permission.TEMPORARY_UNEMPLOYMENT,),
        (*EMPLOYER_QUALITIES, PROVIDER),
        can_be_mandated=True,
    ),
    Service(
        "dimona",
        _same("Dimona"),
        Label(
            nl="Het begin en het einde van elke tewerkstelling aangeven.",
            fr="Déclarer le début et la fin de chaque occupation.",
            de="Beginn und Ende jeder Beschäftigung melden.",
            en="Declare the start and the end of each employment.",
        ),
        frozenset({Group.ENTERPRISE}),
        _CODES,
        (Permission.DIMONA_CONSULT, Permission.DIMONA_DECLARE),
        (*EMPLOYER_QUALITIES, PROVIDER),
        can_be_mandated=True,
    ),
    Service(
        "works",
        Label(
            nl="Aangifte van werken",
            fr="Déclaration de travaux",
            de="Meldung von Arbeiten",
            en="Declaration of works",
        ),
        Label(
            nl="Werken, plaatsen en onderaannemers aangeven.",
            fr="Déclarer les travaux, les lieux et les sous-traitants.",
            de="Arbeiten, Orte und Subunternehmer melden.",
            en="Declare works, places and subcontractors.",
        ),
        frozenset({Group.ENTERPRISE}),
        _CODES,
        (Permission.WORKS,),
        (*EMPLOYER_QUALITIES, PROVIDER),
        can_be_mandated=True,
    ),
    Service(
        "limosa",
        _same("Limosa"),
        Label(
            nl="Melden wie uit het buitenland tijdelijk in België komt werken.",
            fr="Déclarer qui vient de l\u2019étranger travailler un temps en Belgique.",
            de="Melden, wer aus dem Ausland eine Zeit lang in Belgien arbeitet.",
            en="Declare who comes from abroad to work in Belgium for a time.",
        ),
        frozenset({Group.CITIZEN, Group.ENTERPRISE}),
        _CODES,
        (Permission.LIMOSA,),
        (*EMPLOYER_QUALITIES, PROVIDER),
        can_be_mandated=True,
    ),
    Service(
        "ebox",
        _same("e-Box"),
        Label(
            nl="Officiële berichten en documenten ontvangen.",
            fr="Recevoir messages et documents officiels.",
            de="Amtliche Nachrichten und Dokumente empfangen.",
            en="Receive official messages and documents.",
        ),
        frozenset({Group.CITIZEN, Group.ENTERPRISE}),
        Policy(300),
        (Permission.EBOX,),
    ),
    Service(
        "chaman",
        _same("Chaman"),
        Label(
            nl="Technische kanalen voor software beheren.",
            fr="Gérer les canaux techniques des logiciels.",
            de="Technische Kanäle für Software verwalten.",
            en="Manage the technical channels of software.",
        ),
        frozenset({Group.ENTERPRISE}),
        Policy(300),
        (Permission.CHANNELS,),
        (*EMPLOYER_QUALITIES, PROVIDER),
    ),
    Service(
        "mandates",
        _same("Mahis"),
        Label(
            nl="Mandaten aan dienstverrichters geven en opvolgen.",
            fr="Donner et suivre des mandats à des prestataires.",
            de="Vollmachten an Dienstleister geben und verfolgen.",
            en="Give and follow mandates to service providers.",
        ),
        frozenset({Group.ENTERPRISE}),
        Policy(300),
        (Permission.MANDATES_CONSULT, Permission.MANDATES),
        (*EMPLOYER_QUALITIES, PROVIDER),
    ),
)

BY_KEY: Final = {service.key: service for service in SERVICES}


def service_of(permission: str) -> Service | None:
    """The service that a permission opens first, or None for a desk of an institution."""
    return next((one for one in SERVICES if permission in one.permissions), None)
