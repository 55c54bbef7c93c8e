from __future__ import annotations

import re

import pytest

from guichet.rules.remarks import ACTIVITIES, REMARKS, MalformedCatalogue, Remark, read


def test_p61_rule_the_catalogue_lists_the_published_codes_and_ours() -> None:
    assert list(REMARKS) == [
        *(f"caw_{n}" for n in range(1, 18)),
        "ciao_21",
        "ciao_26",
        *(f"ciao_{n}" for n in range(901, 908)),
    ]
    assert "cleaning" in ACTIVITIES


@pytest.mark.parametrize("remark", REMARKS.values(), ids=lambda remark: remark.code)
def test_a_remark_is_complete_and_different_in_every_language(remark: Remark) -> None:
    for text in (remark.label, remark.meaning, remark.repair):
        said = list(text.as_mapping().values())
        assert len(set(said)) == 4
        assert all(each == each.strip() for each in said)
    assert all(each.endswith(".") for each in remark.meaning.as_mapping().values())
    assert all(each.endswith(".") for each in remark.repair.as_mapping().values())
    assert (remark.soap is not None) == remark.code.startswith("caw_")


def test_printed_labels_are_used_as_printed() -> None:
    assert REMARKS["ciao_26"].label.as_mapping() == {
        "nl": "Gps-coördinaten niet gevonden in AVW",
        "fr": "Coordonnées GPS introuvables pour la DDT",
        "de": "GPS-Koordinaten für Arbeitsmeldung nicht gefunden",
        "en": "GPS coordinates not found for DOW",
    }
    assert REMARKS["caw_1"].label.fr == (
        "Il n'existe pas de relation entre le travailleur et l'entreprise"
    )
    assert REMARKS["ciao_21"].label.nl == "Twee of meer IN's na elkaar"


def test_the_texts_of_the_older_schema_keep_their_double_spaces() -> None:
    assert REMARKS["caw_12"].soap == (
        "COMPANY IS NOT KNOWN  AS BUILDER OR  SUBCONTRACTOR IN THIS DUC"
    )
    assert len({remark.soap for remark in REMARKS.values() if remark.soap}) == 17


def test_only_a_correction_leaves_the_validity_alone() -> None:
    assert [code for code, remark in REMARKS.items() if remark.only_informs] == ["ciao_907"]


def test_no_remark_can_be_added_while_running() -> None:
    with pytest.raises(TypeError):
        REMARKS["caw_99"] = REMARKS["caw_1"]  # type: ignore[index]


@pytest.mark.parametrize(
    "text",
    [
        "caw_1: 3",
        "caw_1: {label: {nl: a, fr: b, de: c}}",
        "caw_1: {label: {nl: a, fr: b, de: c, en: ''}}",
        "caw_1: {label: {nl: a, fr: b, de: c, en: d}, meaning: {nl: a, fr: b, de: c, en: d}}",
    ],
)
def test_a_catalogue_with_a_gap_is_refused(text: str) -> None:
    with pytest.raises(MalformedCatalogue):
        read(text)


def test_activities_are_named_in_four_languages() -> None:
    assert set(ACTIVITIES) == {"cleaning", "construction", "meat", "moving", "guarding"}
    assert all(re.fullmatch(r"[a-z]+", code) for code in ACTIVITIES)
    assert ACTIVITIES["construction"].in_language("de") == "Bau"
