# ruff: noqa: RUF001 - typographic apostrophes
"""Who a visitor of the demonstration can be: one click, a story, and a first thing to do."""

from dataclasses import dataclass
from typing import Final

from guichet.demo import fixtures, numbers, people
from guichet.demo.firms import DELVAUX, INSTITUTION, QUATRE_NUAGES, SECRETARIAT, TREMPLIN
from guichet.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Persona:
    """One person of the picker; ``first_url`` is a path of the portal.

    ``quality``: in which his enterprise appears, where it has several.
    """

    key: str
    niss: str
    enterprise_number: str | None
    name: str
    role: Label
    story: Label
    first_step: Label
    first_url: str
    quality: str | None = None


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
_DESK: Final = Label(
    nl="Zien wat er aan het loket wacht",
    fr="Voir ce qui attend au guichet",
    de="Sehen, was am Schalter wartet",
    en="See what waits at the desk",
)

PERSONAS: Final[tuple[Persona, ...]] = (
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
            fr="Consultante d’une agence d’intérim",
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
    Persona(
        key="denis",
        niss=people.DENIS.niss,
        enterprise_number=numbers.enterprise(INSTITUTION),
        name="Denis Maréchal",
        role=Label(
            nl="Contactcentrum van een instelling",
            fr="Centre de contact d’une institution",
            de="Kontaktzentrum einer Einrichtung",
            en="Contact centre of an institution",
        ),
        story=Label(
            nl="Hij beantwoordt de vragen die mensen aan het loket stellen.",
            fr="Il répond aux questions que les gens posent au guichet.",
            de="Er beantwortet die Fragen, die Menschen am Schalter stellen.",
            en="He answers the questions that people ask at the counter.",
        ),
        first_step=_DESK,
        first_url="/",
    ),
    Persona(
        key="hanne",
        niss=people.HANNE.niss,
        enterprise_number=numbers.enterprise(INSTITUTION),
        name="Hanne Vercruysse",
        role=Label(
            nl="Video-identificatie van een instelling",
            fr="Identification par vidéo d’une institution",
            de="Video-Identifizierung einer Einrichtung",
            en="Video identification of an institution",
        ),
        story=Label(
            nl="Ze spreekt met mensen zonder Belgische identiteitskaart en bekijkt hun document.",
            fr="Elle parle avec des personnes sans carte d’identité belge et examine leur "
            "document.",
            de="Sie spricht mit Menschen ohne belgischen Personalausweis und prüft ihr Dokument.",
            en="She talks with people who have no Belgian identity card and looks at their "
            "document.",
        ),
        first_step=_DESK,
        first_url="/",
    ),
    Persona(
        key="otto",
        niss=people.OTTO.niss,
        enterprise_number=numbers.enterprise(INSTITUTION),
        name="Otto Lennertz",
        role=Label(
            nl="Loket voor buitenlandse ondernemingen",
            fr="Guichet des entreprises étrangères",
            de="Schalter für ausländische Unternehmen",
            en="Desk for foreign enterprises",
        ),
        story=Label(
            nl="Hij schrijft ondernemingen uit het buitenland in, met wie hen vertegenwoordigt.",
            fr="Il inscrit les entreprises de l’étranger, avec ceux qui les représentent.",
            de="Er trägt Unternehmen aus dem Ausland ein, mit denen, die sie vertreten.",
            en="He registers enterprises from abroad, with those who represent them.",
        ),
        first_step=_DESK,
        first_url="/",
    ),
    Persona(
        key="odile",
        niss=people.ODILE.niss,
        enterprise_number=numbers.enterprise(INSTITUTION),
        name="Odile Renard",
        role=Label(
            nl="Ambtenaar loopbaanonderbreking",
            fr="Agente de l’interruption de carrière",
            de="Sachbearbeiterin für Laufbahnunterbrechung",
            en="Officer for career breaks",
        ),
        story=Label(
            nl="Ze neemt volledige dossiers, ziet recht en uitkering apart, vraagt wat ontbreekt "
            "en beslist. De brief vertrekt de volgende werkdag.",
            fr="Elle prend les dossiers complets, voit le droit et l’allocation séparément, "
            "demande ce qui manque et décide. La lettre part le jour ouvrable suivant.",
            de="Sie übernimmt vollständige Akten, sieht Anspruch und Unterbrechungsgeld getrennt, "
            "fragt nach, was fehlt, und entscheidet. Der Brief geht am nächsten Werktag hinaus.",
            en="She takes complete files, sees right and allowance apart, asks for what is missing "
            "and decides. The letter goes out the next working day.",
        ),
        first_step=Label(
            nl="De dossiers bekijken",
            fr="Voir les dossiers",
            de="Akten ansehen",
            en="See the files",
        ),
        first_url="/desk/career-breaks/",
    ),
    Persona(
        key="karel",
        niss=people.KAREL.niss,
        enterprise_number=numbers.enterprise(INSTITUTION),
        name="Karel Goossens",
        role=Label(
            nl="Teamleider loopbaanonderbreking",
            fr="Chef d’équipe de l’interruption de carrière",
            de="Teamleiter für Laufbahnunterbrechung",
            en="Team leader for career breaks",
        ),
        story=Label(
            nl="Wie van de regels afwijkt, heeft zijn handtekening nodig. Hij zegt ook wie voor "
            "welk kantoor werkt.",
            fr="Qui s’écarte des règles a besoin de sa signature. Il dit aussi qui travaille pour "
            "quel bureau.",
            de="Wer von den Regeln abweicht, braucht seine Unterschrift. Er sagt auch, wer für "
            "welches Büro arbeitet.",
            en="Whoever differs from the rules needs his signature. He also says who works for "
            "which office.",
        ),
        first_step=Label(
            nl="Beslissingen ondertekenen",
            fr="Signer des décisions",
            de="Entscheidungen zeichnen",
            en="Sign decisions",
        ),
        first_url="/desk/career-breaks/signatures/",
    ),
    Persona(
        key="nadia",
        niss=people.NADIA.niss,
        enterprise_number=numbers.enterprise(INSTITUTION),
        name="Nadia Lemmens",
        role=Label(
            nl="Sociaal inspecteur",
            fr="Inspectrice sociale",
            de="Sozialinspektorin",
            en="Social inspector",
        ),
        story=Label(
            nl="Ze ziet elke werf op de kaart, met wat er niet klopt en waarom. Wie ze opzoekt, "
            "kan later lezen dat ze keek en met welk doel.",
            fr="Elle voit chaque chantier sur la carte, avec ce qui cloche et pourquoi. Qui elle "
            "cherche pourra lire plus tard qu’elle a regardé et dans quel but.",
            de="Sie sieht jede Baustelle auf der Karte, mit dem, was nicht stimmt, und warum. Wen "
            "sie sucht, kann später lesen, dass sie nachsah und wozu.",
            en="She sees every site on the map, with what does not fit and why. Whoever she looks "
            "up can read later that she looked, and for what purpose.",
        ),
        first_step=Label(
            nl="De kaart en de signalen bekijken",
            fr="Voir la carte et les signaux",
            de="Karte und Signale ansehen",
            en="See the map and the signals",
        ),
        first_url="/inspection/",
    ),
)
