"""The screen film: every picture is there, small, with its caption; it runs without a script."""

import re

import pytest

from guichet.eservices.temporary_unemployment.library import film
from tests.eservices.temporary_unemployment.library.reading import (
    AT,
    LANGUAGES,
    SERVICE,
    read,
    visitor,
)

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = AT + "film/"
LARGEST = 1_500_000


def test_every_scene_has_a_picture_in_every_language_and_none_is_left_over() -> None:
    for language in film.LANGUAGES:
        files = {file.stem for file in (film.FOLDER / language).glob("*.webp")}
        assert files == {scene.key for scene in film.SCENES}


def test_the_film_is_small() -> None:
    files = list(film.FOLDER.rglob("*.webp"))

    assert sum(file.stat().st_size for file in files) < LARGEST
    assert all(file.read_bytes()[8:12] == b"WEBP" for file in files)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", range(1, len(film.SCENES) + 1))
def test_a_scene_shows_its_picture_and_caption_in_the_language_of_the_reader(
    step: int, language: str
) -> None:
    page = visitor(language).get(f"{PLACE}?step={step}").content.decode()

    scene = film.SCENES[step - 1]
    assert f"film/{language}/{scene.key}" in page
    [caption] = re.findall("<figcaption>(.*?)</figcaption>", page)
    assert page.count(caption) == 2  # beside the picture, and in the text of the film
    assert len(re.findall(r'<li><a href="\?step=', page)) == len(film.SCENES)


def test_the_film_runs_only_when_asked_and_stops_at_its_end() -> None:
    last = len(film.SCENES)

    assert "Refresh" not in visitor().get(PLACE)
    assert visitor().get(PLACE + "?step=2&play=1")["Refresh"] == (
        f"{film.SECONDS}; url={PLACE}?step=3&play=1#film"
    )
    assert "Refresh" not in visitor().get(f"{PLACE}?step={last}&play=1")


@pytest.mark.parametrize("step", ["0", "99", "x", "-1", "\N{FULLWIDTH DIGIT ONE}", ""])
def test_a_scene_that_does_not_exist_is_the_first(step: str) -> None:
    assert "1. The page of the service" in read(f"{PLACE}?step={step}")


def test_the_home_page_names_the_film_with_its_size() -> None:
    assert re.search(r"Démo vidéo \(\d+ kB\)", read(SERVICE, "fr"))
