# ruff: noqa: RUF001 - typographic apostrophes
"""Those who work at a desk of an institution, behind the counter."""

from typing import Final

from guichet.demo import numbers, people
from guichet.demo.firms import INSTITUTION
from guichet.demo.persona import Persona
from guichet.kernel.label import Label

_DESK: Final = Label(
    nl="Zien wat er aan het loket wacht",
    fr="Voir ce qui attend au guichet",
    de="Sehen, was am Schalter wartet",
    en="See what waits at the desk",
)

INSIDE: Final[tuple[Persona, ...]] = (
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
            nl="Ambtenaar loopbaanonderbreking en tijdelijke werkloosheid",
            fr="Agente : interruption de carrière et chômage temporaire",
            de="Sachbearbeiterin: Laufbahnunterbrechung und vorübergehende Arbeitslosigkeit",
            en="Officer for career breaks and temporary unemployment",
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
            nl="Teamleider loopbaanonderbreking en tijdelijke werkloosheid",
            fr="Chef d’équipe : interruption de carrière et chômage temporaire",
            de="Teamleiter: Laufbahnunterbrechung und vorübergehende Arbeitslosigkeit",
            en="Team leader for career breaks and temporary unemployment",
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
