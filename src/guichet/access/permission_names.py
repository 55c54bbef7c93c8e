"""What each right is called, for whoever gives it and whoever has it."""

from __future__ import annotations

from typing import Final

from guichet.access.services import Permission
from guichet.kernel.label import Label

PERMISSION_NAMES: Final[dict[Permission, Label]] = {
    Permission.PRESENCE: Label(
        nl="Aanwezigheden raadplegen en opvolgen",
        fr="Consulter et suivre les présences",
        de="Anwesenheiten einsehen und verfolgen",
        en="Consult and follow presences",
    ),
    Permission.DIMONA_CONSULT: Label(
        nl="Dimona raadplegen",
        fr="Consulter Dimona",
        de="Dimona einsehen",
        en="Consult Dimona",
    ),
    Permission.DIMONA_DECLARE: Label(
        nl="Dimona aangeven", fr="Déclarer Dimona", de="Dimona melden", en="Declare Dimona"
    ),
    Permission.WORKS: Label(
        nl="Werken aangeven",
        fr="Déclarer des travaux",
        de="Arbeiten melden",
        en="Declare works",
    ),
    Permission.LIMOSA: Label(
        nl="Detacheringen melden (Limosa)",
        fr="Déclarer des détachements (Limosa)",
        de="Entsendungen melden (Limosa)",
        en="Declare postings (Limosa)",
    ),
    Permission.CAREER_BREAK: Label(
        nl="Tijdskrediet behandelen",
        fr="Traiter le crédit-temps",
        de="Zeitkredit bearbeiten",
        en="Handle time credit",
    ),
    Permission.TEMPORARY_UNEMPLOYMENT: Label(
        nl="Tijdelijke werkloosheid meedelen",
        fr="Communiquer le chômage temporaire",
        de="Vorübergehende Arbeitslosigkeit mitteilen",
        en="Communicate temporary unemployment",
    ),
    Permission.EBOX: Label(
        nl="De e-Box lezen", fr="Lire l\u2019e-Box", de="Die e-Box lesen", en="Read the e-Box"
    ),
    Permission.CHANNELS: Label(
        nl="Technische kanalen beheren",
        fr="Gérer les canaux techniques",
        de="Technische Kanäle verwalten",
        en="Manage technical channels",
    ),
    Permission.MANDATES_CONSULT: Label(
        nl="Mandaten raadplegen",
        fr="Consulter les mandats",
        de="Vollmachten einsehen",
        en="Consult mandates",
    ),
    Permission.MANDATES: Label(
        nl="Mandaten beheren",
        fr="Gérer les mandats",
        de="Vollmachten verwalten",
        en="Manage mandates",
    ),
    Permission.CONTACT_DESK: Label(
        nl="Vragen beantwoorden",
        fr="Répondre aux questions",
        de="Fragen beantworten",
        en="Answer questions",
    ),
    Permission.IDENTIFICATION_DESK: Label(
        nl="Videogesprekken voor BelgianID voeren",
        fr="Mener les entretiens vidéo de BelgianID",
        de="Videogespräche für BelgianID führen",
        en="Hold the video interviews of BelgianID",
    ),
    Permission.ENTERPRISE_DESK: Label(
        nl="Buitenlandse ondernemingen inschrijven",
        fr="Inscrire des entreprises étrangères",
        de="Ausländische Unternehmen eintragen",
        en="Register foreign enterprises",
    ),
    Permission.INSPECTION: Label(
        nl="Aanwezigheden controleren als inspecteur",
        fr="Contrôler les présences comme inspecteur",
        de="Anwesenheiten als Inspektor kontrollieren",
        en="Check presences as an inspector",
    ),
    Permission.CORRECTION_DESK: Label(
        nl="Beslissen over correcties van aanwezigheden",
        fr="Décider des corrections de présences",
        de="Über Berichtigungen von Anwesenheiten entscheiden",
        en="Decide on corrections of presences",
    ),
    Permission.CAREER_BREAK_DESK: Label(
        nl="Dossiers loopbaanonderbreking behandelen",
        fr="Traiter les dossiers d\u2019interruption de carrière",
        de="Akten zur Laufbahnunterbrechung bearbeiten",
        en="Handle files of career breaks",
    ),
    Permission.CAREER_BREAK_SIGN: Label(
        nl="Beslissingen loopbaanonderbreking mee ondertekenen",
        fr="Contresigner les décisions d\u2019interruption de carrière",
        de="Entscheidungen zur Laufbahnunterbrechung gegenzeichnen",
        en="Countersign decisions on career breaks",
    ),
    Permission.DIMONA_DESK: Label(
        nl="Dimona-periodes overnemen van werkgevers",
        fr="Reprendre des périodes Dimona aux employeurs",
        de="Dimona-Zeiträume von Arbeitgebern übernehmen",
        en="Take Dimona periods over from employers",
    ),
    Permission.CRISIS_DESK: Label(
        nl="Maatregelen nemen bij een toeloop van mededelingen",
        fr="Prendre des mesures en cas d\u2019afflux de communications",
        de="Ma\u00dfnahmen bei einem Andrang von Mitteilungen treffen",
        en="Take measures when communications rush in",
    ),
    Permission.CAREER_BREAK_READ: Label(
        nl="Dossiers loopbaanonderbreking inkijken",
        fr="Consulter les dossiers d\u2019interruption de carrière",
        de="Akten zur Laufbahnunterbrechung einsehen",
        en="Read files of career breaks",
    ),
    Permission.TEMPORARY_UNEMPLOYMENT_DESK: Label(
        nl="Mededelingen van tijdelijke werkloosheid behandelen",
        fr="Traiter les communications de chômage temporaire",
        de="Mitteilungen vorübergehender Arbeitslosigkeit bearbeiten",
        en="Handle communications of temporary unemployment",
    ),
    Permission.TEMPORARY_UNEMPLOYMENT_SIGN: Label(
        nl="Beslissingen tijdelijke werkloosheid herzien",
        fr="Revoir les décisions de chômage temporaire",
        de="Entscheidungen über vorübergehende Arbeitslosigkeit überprüfen",
        en="Revise decisions on temporary unemployment",
    ),
    Permission.TEMPORARY_UNEMPLOYMENT_READ: Label(
        nl="Mededelingen van tijdelijke werkloosheid inkijken",
        fr="Consulter les communications de chômage temporaire",
        de="Mitteilungen vorübergehender Arbeitslosigkeit einsehen",
        en="Read communications of temporary unemployment",
    ),
}
