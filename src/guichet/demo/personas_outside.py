# ruff: noqa: RUF001 - typographic apostrophes
"""Workers, and those who act for an employer or for many: who comes to the counter."""

from typing import Final

from guichet.demo import fixtures, numbers, people
from guichet.demo.firms import DELVAUX, QUATRE_NUAGES, SECRETARIAT, TREMPLIN
from guichet.demo.persona import Persona
from guichet.kernel.label import Label

_OWN: Final = Label(
    nl="Mijn registraties bekijken",
    fr="Voir mes enregistrements",
    de="Meine Registrierungen ansehen",
    en="See my registrations",
)
_CLEANER: Final = Label(
    nl="Schoonmaakster, PC 121",
    fr="Nettoyeuse, CP 121",
    de="Reinigungskraft, PK 121",
    en="Cleaner, JC 121",
)
OUTSIDE: Final[tuple[Persona, ...]] = (
    Persona(
        key="amina",
        niss=people.AMINA.niss,
        enterprise_number=None,
        name="Amina Roussel",
        role=_CLEANER,
        story=Label(
            nl="Ze maakt de Tour du Grand-Hibou schoon. Ze registreert zich met haar telefoon "
            "en telt haar uren. Ze wil weten of gisteren meetelt.",
            fr="Elle nettoie la Tour du Grand-Hibou. Elle s’enregistre avec son téléphone et "
            "compte ses heures. Elle veut savoir si la journée d’hier compte.",
            de="Sie reinigt die Tour du Grand-Hibou. Sie registriert sich mit dem Handy und "
            "zählt ihre Stunden. Sie will wissen, ob der gestrige Tag zählt.",
            en="She cleans the Tour du Grand-Hibou. She registers on her phone and counts her "
            "hours. She wants to know whether yesterday counts.",
        ),
        first_step=_OWN,
        first_url="/presence/my-registrations/",
    ),
    Persona(
        key="sofie",
        niss=people.SOFIE.niss,
        enterprise_number=numbers.enterprise(QUATRE_NUAGES),
        name="Sofie Claerhout",
        role=Label(
            nl="Personeelsdienst, 140 werknemers",
            fr="Service du personnel, 140 travailleurs",
            de="Personaldienst, 140 Beschäftigte",
            en="Staff office, 140 workers",
        ),
        story=Label(
            nl="Ze doet de personeelsdienst van Quatre-Nuages Nettoyage. Vandaag werken er "
            "zeventien mensen in de Tour du Grand-Hibou. Bij drie van hen klopt er iets niet.",
            fr="Elle tient le service du personnel de Quatre-Nuages Nettoyage. Dix-sept personnes "
            "travaillent à la Tour du Grand-Hibou. Pour trois d’entre elles, quelque chose cloche.",
            de="Sie leitet den Personaldienst von Quatre-Nuages Nettoyage. In der Tour du "
            "Grand-Hibou arbeiten siebzehn Leute. Bei dreien stimmt heute etwas nicht.",
            en="She runs the staff office of Quatre-Nuages Nettoyage. Seventeen people work at "
            "the Tour du Grand-Hibou. For three of them something is wrong today.",
        ),
        first_step=Label(
            nl="De dag van mijn personeel bekijken",
            fr="Voir la journée de mon personnel",
            de="Den Tag meiner Beschäftigten ansehen",
            en="See the day of my staff",
        ),
        first_url=f"/presence/staff/?site={numbers.works_reference(0)}&scope=sites",
    ),
    Persona(
        key="marc",
        niss=people.MARC.niss,
        enterprise_number=numbers.enterprise(DELVAUX),
        name="Marc Delvaux",
        role=Label(
            nl="Aannemer, afwerking en opleveringsschoonmaak",
            fr="Entrepreneur, parachèvement et nettoyage de fin de chantier",
            de="Unternehmer, Ausbau und Bauendreinigung",
            en="Contractor, finishing and final cleaning",
        ),
        story=Label(
            nl="Hij gaf drie werven aan en werkt met onderaannemers. Hij ziet ook wie voor hen "
            "werkt. Om zeven uur wil hij weten wie er is.",
            fr="Il a déclaré trois chantiers et travaille avec des sous-traitants. Il voit aussi "
            "qui travaille pour eux. À sept heures, il veut savoir qui est là.",
            de="Er hat drei Baustellen gemeldet und arbeitet mit Subunternehmern. Er sieht auch, "
            "wer für sie arbeitet. Um sieben Uhr will er wissen, wer da ist.",
            en="He declared three sites and works with subcontractors. He also sees who works for "
            "them. At seven he wants to know who is there.",
        ),
        first_step=Label(
            nl="Zien wie er op de werf is",
            fr="Voir qui est sur place",
            de="Sehen, wer vor Ort ist",
            en="See who is on site",
        ),
        first_url="/presence/staff/on-site/?scope=sites",
    ),
    Persona(
        key="luc",
        niss=people.LUC.niss,
        enterprise_number=None,
        name="Luc Vandermeulen",
        role=Label(
            nl="Uitzendkracht, PC 322",
            fr="Intérimaire, CP 322",
            de="Zeitarbeiter, PK 322",
            en="Temp worker, JC 322",
        ),
        story=Label(
            nl="Twee uitzendbureaus stellen hem tewerk: per week, per dag, op zaterdag. Werd hij "
            "op tijd aangegeven, en voor de juiste onderneming? Eén aangifte kwam te laat.",
            fr="Deux bureaux d’intérim l’occupent : à la semaine, à la journée, le samedi. A-t-il "
            "été déclaré à temps, et pour la bonne entreprise ? Une déclaration est tardive.",
            de="Zwei Zeitarbeitsbüros beschäftigen ihn: wochenweise, tageweise, samstags. Wurde er "
            "rechtzeitig und für das richtige Unternehmen gemeldet? Eine Meldung kam zu spät.",
            en="Two temp agencies employ him: by the week, by the day, on Saturdays. Was he "
            "declared in time, and for the right company? One declaration came late.",
        ),
        first_step=Label(
            nl="Mijn arbeidsrelaties bekijken",
            fr="Voir mes relations de travail",
            de="Meine Arbeitsverhältnisse ansehen",
            en="See my relations",
        ),
        first_url="/interim/",
    ),
    Persona(
        key="ewa",
        niss=people.EWA.niss,
        enterprise_number=None,
        name="Ewa Nowicka",
        role=Label(
            nl="Gedetacheerde, bisnummer en Limosa",
            fr="Détachée, numéro bis et Limosa",
            de="Entsandte, Bis-Nummer und Limosa",
            en="Posted worker, BIS number and Limosa",
        ),
        story=Label(
            nl="Haar Poolse werkgever detacheert haar. Ze heeft geen Belgische identiteitskaart, "
            "wel een bisnummer. Vanmiddag drukte ze twee keer op IN.",
            fr="Son employeur polonais la détache. Elle n’a pas de carte d’identité belge, mais un "
            "numéro bis. Ce midi, elle a appuyé deux fois sur IN.",
            de="Ihr polnischer Arbeitgeber hat sie entsandt. Sie hat keinen belgischen Ausweis, "
            "aber eine Bis-Nummer. Heute Mittag drückte sie zweimal auf IN.",
            en="Her Polish employer posted her. She has no Belgian identity card, only a BIS "
            "number. At noon today she pressed IN twice.",
        ),
        first_step=_OWN,
        first_url="/presence/my-registrations/",
    ),
    Persona(
        key="fatima",
        niss=fixtures.WS,
        enterprise_number=None,
        name="Fatima Bouzid-Maes",
        role=Label(
            nl="Zelfstandige glazenwasser",
            fr="Laveuse de vitres indépendante",
            de="Selbständige Fensterputzerin",
            en="Self-employed window cleaner",
        ),
        story=Label(
            nl="Ze werkt voor eigen rekening, als onderaannemer van een onderaannemer. "
            "Niemand registreert in haar plaats. Een fout meldt ze zelf.",
            fr="Elle travaille à son compte, sous-traitante d’un sous-traitant. Personne ne "
            "s’enregistre à sa place. Une erreur, elle la signale elle-même.",
            de="Sie arbeitet auf eigene Rechnung, als Subunternehmerin eines Subunternehmers. "
            "Niemand registriert sich für sie. Einen Fehler meldet sie selbst.",
            en="She works on her own account, a subcontractor of a subcontractor. Nobody "
            "registers in her place. A mistake she reports herself.",
        ),
        first_step=_OWN,
        first_url="/presence/my-registrations/",
    ),
    Persona(
        key="yves",
        niss=people.YVES.niss,
        enterprise_number=numbers.enterprise(SECRETARIAT),
        quality="service_provider",
        name="Yves Lambrecht",
        role=Label(
            nl="Bestuurder van een sociaal secretariaat",
            fr="Administrateur d’un secrétariat social",
            de="Leiter eines Sozialsekretariats",
            en="Director of a social secretariat",
        ),
        story=Label(
            nl="Zijn secretariaat handelt voor Quatre-Nuages Nettoyage. Eén mandaat is van kracht, "
            "één wacht op de handtekening van Inge, één is beëindigd.",
            fr="Son secrétariat agit pour Quatre-Nuages Nettoyage. Un mandat est en vigueur, un "
            "autre attend la signature d’Inge, un troisième a pris fin.",
            de="Sein Sekretariat handelt für Quatre-Nuages Nettoyage. Eine Vollmacht gilt, eine "
            "wartet auf die Unterschrift von Inge, eine ist beendet.",
            en="His secretariat acts for Quatre-Nuages Nettoyage. One mandate is in force, one "
            "waits for the signature of Inge, one has ended.",
        ),
        first_step=Label(
            nl="De mandaten bekijken",
            fr="Voir les mandats",
            de="Die Vollmachten ansehen",
            en="Look at the mandates",
        ),
        first_url="/mandates/",
    ),
    Persona(
        key="lea",
        niss=people.LEA.niss,
        enterprise_number=numbers.enterprise(TREMPLIN),
        quality="temp_agency",
        name="Léa Marchal",
        role=Label(
            nl="Consulente van een uitzendbureau",
            fr="Consultante d’un bureau d’intérim",
            de="Beraterin einer Zeitarbeitsagentur",
            en="Consultant of a temp agency",
        ),
        story=Label(
            nl="Tremplin Bleu Intérim geeft elke ochtend dagcontracten aan. Gisteren stond er een "
            "verkeerde gebruiker in, en een weekcontract heeft een lege dag.",
            fr="Tremplin Bleu Intérim déclare chaque matin des contrats journaliers. Hier, un "
            "utilisateur était faux, et un contrat de semaine a un jour vide.",
            de="Tremplin Bleu Intérim meldet jeden Morgen Tagesverträge. Gestern war ein Entleiher "
            "falsch, und ein Wochenvertrag hat einen leeren Tag.",
            en="Tremplin Bleu Intérim declares day contracts every morning. Yesterday a user "
            "company was wrong, and a week contract has an empty day.",
        ),
        first_step=Label(
            nl="De aangiften bekijken",
            fr="Voir les déclarations",
            de="Die Meldungen ansehen",
            en="Look at the declarations",
        ),
        first_url="/dimona/declarations/",
    ),
    Persona(
        key="inge",
        niss=people.INGE.niss,
        enterprise_number=numbers.enterprise(QUATRE_NUAGES),
        name="Inge De Wachter",
        role=Label(
            nl="Hoofdtoegangsbeheerder, 140 werknemers",
            fr="Gestionnaire d’Accès Principal, 140 travailleurs",
            de="Hauptzugangsverwalterin, 140 Beschäftigte",
            en="Main access manager, 140 workers",
        ),
        story=Label(
            nl="Ze bestuurt Quatre-Nuages Nettoyage en bepaalt wie er wat mag. Eén recht loopt "
            "binnenkort af, en één uitnodiging wacht nog op een antwoord.",
            fr="Elle dirige Quatre-Nuages Nettoyage et décide qui peut y faire quoi. Un droit se "
            "termine bientôt, et une invitation attend encore sa réponse.",
            de="Sie leitet Quatre-Nuages Nettoyage und bestimmt, wer dort was darf. Ein Recht "
            "endet bald, und eine Einladung wartet noch auf Antwort.",
            en="She directs Quatre-Nuages Nettoyage and decides who may do what there. One right "
            "ends soon, and one invitation still waits for an answer.",
        ),
        first_step=Label(
            nl="Zien wie wat mag",
            fr="Voir qui peut faire quoi",
            de="Sehen, wer was darf",
            en="See who may do what",
        ),
        first_url="/access/",
    ),
)
