"""The public pages of temporary unemployment: what they say, to whom, in which language."""

from datetime import date

import pytest

from guichet.eservices.temporary_unemployment.library import derogations, tables
from guichet.rules.dated import parameters
from guichet.rules.temporary_unemployment.kinds import Reason
from guichet.rules.temporary_unemployment.reasons import ROWS
from tests.eservices.temporary_unemployment.library.reading import (
    AT,
    LANGUAGES,
    SERVICE,
    read,
    visitor,
)

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGES = ("about", "who", "after", "access", "manual", "committees")
# The home page of the service and the way in, as the instructions for employers print them.
HOME = (
    "Chômage temporaire",
    "employeurs ONSS",
    "Les employeurs qui utilisent l'application « Chômage temporaire » peuvent consulter la "
    "décision prise par l'ONEM au sein de cette application.",
    "Les décisions sont disponibles le lendemain de la prise de décision de l'ONEM. Elles sont "
    "consultables sous format .pdf.",
    "Les déclarants qui effectuent des communications de « Chômage temporaire » par messages "
    "électroniques structurés recevront par cette même voie la décision finale de l'Onem.",
    "La communication de chômage temporaire obligatoirement électronique",
    "Communication électronique du chômage temporaire à l'ONEM",
    "Comment avoir accès au chômage temporaire ?",
    "On entend par « chômeur temporaire », « le travailleur lié par un contrat de travail dont "
    "l'exécution est temporairement, soit totalement, soit partiellement, suspendue ».",
    "Lorsque le travailleur est privé de rémunération pendant ces suspensions, il peut prétendre "
    "aux allocations de chômage comme chômeur temporaire.",
    "Infos générales",
    "A propos du chômage temporaire",
    "Qui doit faire une déclaration ?",
    "Après avoir déclaré",
    "Introduire",
    "Manuel Chômage temporaire Step By Step",
    "Introduire chômage temporaire",
    "Vous n'êtes pas connecté",
    "S'enregistrer",
    "Calendrier",
    "Démo vidéo",
    "Une question ?",
    "formulaire de contact",
)
ACCESS = (
    "Introduisez votre nom d'utilisateur et mot de passe reçus par la poste.",
    "Première connexion du Responsable des Accès",
    "Lorsque vous vous annoncez pour la première fois",
    "Cliquez sur « Suivant ».",
    "Enregistrement d'un Responsable des Accès",
    "Vous devez à présent modifier les codes d'accès que vous avez reçus. Saisissez un nom "
    "d'utilisateur et un mot de passe de votre choix, en respectant les spécificités. Cliquez "
    "ensuite sur « Suivant ».",
    "Quelles spécificités devez-vous respecter ?",
    "Spécificités du nom d'utilisateur",
    "Seuls sont autorisés les chiffres (0-9) et les lettres de l'alphabet (a-z)",
    "8 caractères minimum - 30 caractères maximum",
    "Pas d'espace",
    "Spécificités du mot de passe",
    "10 caractères minimum - 15 caractères maximum",
    "Case-sensible (distinction entre les minuscules et les majuscules)",
    "Minimum 2 caractères alphanumériques (chiffres, caractères spéciaux)",
    "Seuls les caractères spéciaux suivants sont autorisés : ;=./+*%><&@#(!{})_",
    "Pour clôturer votre enregistrement, cliquez sur « Confirmer ».",
    "Vous devez désormais utiliser les nom d'utilisateur et mot de passe que vous avez choisis. "
    "Cliquez sur « S'annoncer » pour vous annoncer maintenant avec vos nouveaux nom "
    "d'utilisateur et mot de passe.",
    "Vous devez à nouveau vous annoncer avec vos nouveaux nom d'utilisateur et mot de passe.",
    "Sur la page d'accueil du chômage temporaire, cliquez sur « Introduire chômage temporaire » "
    "pour accéder au service en ligne.",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_public_and_speaks_the_language_of_the_reader(page: str, language: str) -> None:
    answer = visitor(language).get(f"{AT}{page}/")

    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_read_only(page: str) -> None:
    assert visitor().post(f"{AT}{page}/").status_code == 405


def test_the_home_page_of_the_service_says_what_the_instructions_print() -> None:
    said = read(SERVICE, "fr")

    assert [sentence for sentence in HOME if sentence not in said] == []
    places = [said.index(part) for part in (HOME[2], HOME[5], HOME[8], HOME[9])]
    assert places == sorted(places)


def test_the_home_page_leads_to_every_page() -> None:
    page = visitor().get(SERVICE).content.decode()

    for name in ("about", "who", "after", "access", "manual"):
        assert f'href="{AT}{name}/"' in page


def test_getting_access_is_told_in_the_nine_steps_of_the_instructions() -> None:
    said = read(AT + "access/", "fr")

    places = [said.find(sentence) for sentence in ACCESS]
    assert [one for one, place in zip(ACCESS, places, strict=True) if place < 0] == []
    for number in range(1, 10):
        assert f"Étape {number}" in said
    assert "Étape 10" not in said


def test_each_of_the_eleven_reasons_stands_in_the_table_with_what_it_asks() -> None:
    said = read(AT + "about/", "fr")

    rows = tables.reasons()
    assert [row.reason for row in rows] == list(ROWS)
    assert len(rows) == 11
    assert "Intempéries" in said
    assert "Communication de la nature de l'accident technique" in said
    for row in ROWS.values():
        assert row.nature in said
        assert f"risque {row.risk}" in said


def test_a_reason_without_communication_is_said_to_need_none() -> None:
    said = read(AT + "who/", "fr")
    told, untold = said.split("Aucune communication n'est nécessaire pour")

    for reason in ("Force majeure médicale", "Travailleur protégé", "Fermeture collective"):
        assert reason not in told
        assert reason in untold
    assert "Grève ou lock-out" in told


@pytest.mark.parametrize(
    "sentence",
    ["4 weeks", "3 months", "12 months", "at least 7 calendar days before",
     "from the 5 working days before", "within 6 days", "within 4 days",
     "at most 3 months", "16 weeks of full suspension or 26 weeks of reduced work"],
)  # fmt: skip
def test_the_figures_are_those_of_the_rules(sentence: str) -> None:
    assert sentence in read(AT + "about/")


def test_every_derogation_of_the_file_stands_in_the_table_with_its_source() -> None:
    rows = derogations.rows(today=date(2026, 11, 24))

    names = [name for name in parameters() if name.startswith("temporary_unemployment.committee.")]
    assert {row.code or "all" for row in rows} == {name.split("committee.")[1] for name in names}
    sources = {parameters()[name].source for name in names}
    assert sources == set(derogations.SOURCES)


def test_a_derogation_is_in_force_until_the_day_before_the_next_row() -> None:
    [last_day] = [
        row.last_day for row in derogations.rows(today=date(2021, 6, 1)) if row.code == "126"
    ]
    states = {
        day: [row.state for row in derogations.rows(today=day) if row.code == "126"]
        for day in (date(2019, 12, 31), date(2021, 12, 31), date(2022, 1, 1))
    }

    assert last_day == date(2021, 12, 31)
    assert list(states.values()) == [["later"], ["now"], ["over"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_committees_is_read_in_every_language(language: str) -> None:
    said = read(AT + "committees/", language)

    for code in ("136", "149.01", "324", "120.01"):
        assert code in said
    assert "%(" not in said


def test_a_reason_of_two_committees_names_them() -> None:
    assert "only joint committees 120, 324" in read(AT + "about/")
    assert ROWS[Reason.EXTRA_CLOSURE].committees == ("120", "324")
