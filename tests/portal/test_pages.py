"""Languages, headers, errors, the pages at the foot, and what production leaves out."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError
from django.template import engines
from django.test import Client
from jinja2 import UndefinedError

from guichet.platform import icons, wording
from guichet.platform.routes import public
from tests.database import python_environment
from tests.portal.browsing import text, words
from tests.portal.world import World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
LANGUAGES = ("fr", "nl", "de", "en")
FOOT = ("/help/", "/glossary/", "/accessibility/", "/privacy/")
NOT_FOUND = {
    "fr": "Cette page n\N{RIGHT SINGLE QUOTATION MARK}existe pas",
    "nl": "Deze pagina bestaat niet",
    "de": "Diese Seite gibt es nicht",
    "en": "This page does not exist",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_speaks_the_language_of_the_browser(language: str) -> None:
    response = Client(headers={"accept-language": f"{language}-BE"}).get("/")

    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_switched_by_post_on_the_same_page_and_kept(language: str) -> None:
    client = Client()
    place = "/glossary/?a=1&b=2"

    response = client.post("/language/", {"language": language, "next": place})

    assert response["Location"] == place
    assert f'<html lang="{language}"' in client.get(place).content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == language


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example"])
def test_the_switch_leads_to_no_foreign_site(place: str) -> None:
    response = Client().post("/language/", {"language": "fr", "next": place})

    assert "elsewhere" not in response["Location"]


def test_the_language_is_not_switched_by_a_link() -> None:
    assert Client().get("/language/").status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", FOOT)
def test_the_pages_at_the_foot_exist_in_every_language(place: str, language: str) -> None:
    client = Client(headers={"accept-language": language})

    page = client.get(place).content.decode()

    assert f'<html lang="{language}"' in page
    assert len(words(page)) > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_does_not_exist_says_so_in_the_language(language: str) -> None:
    response = Client(headers={"accept-language": language}).get("/nothing-here/")

    assert response.status_code == 404
    assert NOT_FOUND[language] in words(response.content.decode())


def test_a_fault_of_ours_shows_a_page_without_the_fault(
    monkeypatch: pytest.MonkeyPatch, world: World, clerk: Client
) -> None:
    clerk.raise_request_exception = False
    monkeypatch.setattr("guichet.access.views.start.homes", _faulty(ValueError("85073100130")))

    response = clerk.get("/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "85073100130" not in response.content.decode()


def test_without_a_database_the_page_says_to_come_back(
    monkeypatch: pytest.MonkeyPatch, world: World, clerk: Client
) -> None:
    clerk.raise_request_exception = False
    monkeypatch.setattr("guichet.access.views.start.homes", _faulty(OperationalError("down")))

    response = clerk.get("/")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "closed for a moment" in response.content.decode()


def test_a_form_without_its_token_is_refused_with_a_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-out/")

    assert response.status_code == 403
    assert "This form is no longer valid" in response.content.decode()


def test_every_page_says_what_the_browser_may_load() -> None:
    first, second = Client().get("/"), Client().get("/")

    policy = first["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
    assert policy != second["Content-Security-Policy"]
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["Referrer-Policy"] == "same-origin"
    assert "usb=()" in first["Permissions-Policy"]
    assert first["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("place", ["/", *FOOT])
def test_no_page_carries_style_attributes_or_inline_script(place: str) -> None:
    page = Client().get(place).content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page


def test_an_undefined_variable_fails_loudly() -> None:
    with pytest.raises(UndefinedError):
        engines["jinja2"].from_string("{{ nothing_of_that_name }}").render({})


def test_what_people_typed_is_escaped(clerk: Client) -> None:
    place = "/presence/staff/registrations/"
    response = clerk.post(place, {"first": "", "last": "", "worker": "<script>x</script>"})

    assert response.status_code == 422
    assert "<script>x" not in response.content.decode()


def test_in_production_there_is_no_picker() -> None:
    program = (
        "import django; django.setup()\n"
        "from django.urls import NoReverseMatch, reverse\n"
        "from guichet.access import front\n"
        "try: reverse('demo:personas')\n"
        "except NoReverseMatch: print('no picker', front.landing() is None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=python_environment(
            GUICHET_ENVIRONMENT="production",
            GUICHET_SECRET_KEY="x" * 60,
            GUICHET_DATABASE_URL=settings.ENVIRONMENT.database_url or "",
        ),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == "no picker True", done.stderr


def test_each_state_has_a_shape_of_its_own_within_its_colour() -> None:
    looks = [(look.icon, look.css) for look in icons.STATUSES.values()]

    assert len(set(looks)) == len(looks)
    assert {look.icon for look in icons.STATUSES.values()} <= set(icons.ICONS)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ("1er mars", "lundi 2 mars 2026", "7 h 05")),
        ("nl", ("1 maart", "maandag 2 maart 2026", "07:05")),
        ("de", ("1. März", "Montag, 2. März 2026", "07:05")),
        ("en", ("1 March", "Monday 2 March 2026", "07:05")),
    ],
)
def test_days_and_hours_are_written_as_the_language_does(
    language: str, expected: tuple[str, str, str]
) -> None:
    from datetime import UTC, date, datetime

    from django.utils.translation import override

    with override(language):
        written = (
            wording.day_words(date(2026, 3, 1)),
            wording.long_day(date(2026, 3, 2)),
            wording.clock(datetime(2026, 3, 2, 6, 5, tzinfo=UTC)),
        )

    assert tuple(text.replace(wording.NBSP, " ") for text in written) == expected


@pytest.mark.parametrize(("language", "said"), [("fr", "Jour\N{NO-BREAK SPACE}:"), ("nl", "Jour:")])
def test_french_puts_a_blank_before_its_colon(language: str, said: str) -> None:
    from django.utils.translation import override

    with override(language):
        assert wording.colon("Jour") == said


def test_a_visitor_of_the_demonstration_sees_whom_he_can_be() -> None:
    assert "Who do you want to be?" in text(Client(), "/")


def test_a_view_marked_public_stays_what_it_was() -> None:
    def view() -> None: ...

    assert public(view) is view  # type: ignore[type-var]


def _faulty(fault: Exception) -> object:
    def fail(*_args: object) -> None:
        raise fault

    return fail
