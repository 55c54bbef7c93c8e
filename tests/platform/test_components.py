"""Components that look the same are drawn once; what a person typed is never kept."""

from django.utils import translation
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from guichet.platform import components
from guichet.platform.components import COMPONENTS

INPUT = COMPONENTS["govukInput"]


def _kept() -> int:
    return components._drawn.cache_info().currsize


def test_an_empty_field_is_drawn_once() -> None:
    params = {"id": "drawn-once", "name": "n", "label": {"text": "Name"}, "spellcheck": False}

    first = INPUT(params)
    kept = _kept()

    assert 'id="drawn-once"' in first
    assert INPUT(dict(params)) == first
    assert _kept() == kept


def test_another_component_with_the_same_parameters_is_another() -> None:
    params = {"id": "both", "name": "both", "label": {"text": "Both"}}

    assert "<input" in INPUT(params)
    assert "<textarea" in COMPONENTS["govukTextarea"](params)


def test_what_was_typed_and_what_is_wrong_with_it_are_drawn_anew() -> None:
    empty = {"id": "typed", "name": "typed", "label": {"text": "Typed"}}
    kept = _kept()

    assert 'value="secret"' in INPUT(empty | {"value": "secret"})
    assert "secret is wrong" in INPUT(empty | {"errorMessage": {"text": "secret is wrong"}})
    summary = {"titleText": "Wrong", "errorList": [{"text": "secret is wrong"}]}
    assert "secret is wrong" in COMPONENTS["govukErrorSummary"](summary)

    assert _kept() == kept
    assert "secret" not in INPUT(empty)


def test_a_text_is_drawn_in_the_language_of_the_page() -> None:
    params = {"id": "tongue", "name": "tongue", "label": {"text": gettext_lazy("Password")}}

    with translation.override("en"):
        assert "Password" in INPUT(params)
    with translation.override("fr"):
        assert "Mot de passe" in INPUT(params)
    with translation.override("en"):
        assert "Password" in INPUT(params)


def test_a_safe_text_does_not_make_the_same_text_safe() -> None:
    text = "<b>safe</b>"
    params = {"id": "safe", "name": "safe"}

    assert "<b>safe</b>" in INPUT(params | {"label": {"html": Markup(text)}})
    assert "<b>safe</b>" in INPUT(params | {"label": {"text": Markup(text)}})
    assert "&lt;b&gt;safe" in INPUT(params | {"label": {"text": text}})
