"""The screen film is a walk through the real pages; its pictures are made here.

To make them anew, after pages changed, run this module with ``MAKE_FILM=1``: it writes them
where the page shows them. Without it the walk only holds that the scenes still exist.
"""

import base64
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from guichet.eservices.temporary_unemployment.library import film
from tests.browser import Window
from tests.e2e import letter
from tests.e2e.letter import Post

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_IS_MADE = bool(os.environ.get("MAKE_FILM"))
# Chromium itself makes the small pictures: no other program is needed.
_SMALLER = """async (png) => {
  const picture = new Image(); picture.src = 'data:image/png;base64,' + png; await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.width; canvas.height = picture.height;
  canvas.getContext('2d').drawImage(picture, 0, 0);
  return canvas.toDataURL('image/webp', 0.62).split(',')[1];
}"""


@pytest.fixture(scope="module")
def post(worker_id: str, database_url: str) -> Iterator[Post]:
    with letter.posted(url=database_url, name=f"guichet_film_{worker_id}") as one:
        yield one


@pytest.fixture
def window(browser: Browser, post: Post) -> Iterator[Window]:
    window = Window(browser, post.live)
    yield window
    window.close()
    assert window.complaints == []


@pytest.mark.parametrize("language", film.LANGUAGES)
def test_the_film_shows_the_pages_of_the_walk_in_its_order(
    window: Window, post: Post, language: str
) -> None:
    size = {"width": film.WIDTH, "height": film.HEIGHT}
    page = window.page(locale=f"{language}-{'GB' if language == 'en' else 'BE'}", viewport=size)
    studio, seen, one = window.page(), [], post.next_letter()

    def pictured(at: Page, step: str) -> None:
        seen.append(step)
        if step == "sign-in":
            at.locator("form[action='/codes/sign-in/']").scroll_into_view_if_needed()
        if _IS_MADE:
            png = base64.b64encode(at.screenshot()).decode()
            webp = base64.b64decode(studio.evaluate(_SMALLER, png))
            (film.FOLDER / language).mkdir(parents=True, exist_ok=True)
            (film.FOLDER / language / f"{step}.webp").write_bytes(webp)

    letter.read_service(page, pictured)
    letter.first_connection(page, one, pictured)
    letter.arrive(page, post, one, pictured)

    assert seen == [scene.key for scene in film.SCENES]
