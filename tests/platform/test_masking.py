"""A44: no number of a person in a log, by whatever way it came there."""

import io
import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.niss import niss_check_holds
from guichet.platform import masking
from guichet.platform.masking import holds_number, masked
from tests import database, leaks

NUMBER = "85073003328"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NUMBER, "85*********"),
        ("85.07.30-033.28", "85*********"),
        ("850730/033-28", "85*********"),
        ("850730 033 28", "85*********"),
        ("person 85073003328 and 01020300170.", "person 85********* and 01*********."),
        ("GET /persons/85073003328/ 200", "GET /persons/85*********/ 200"),
        ('{"ssin":"90411200467"}', '{"ssin":"90*********"}'),
        ("niss=85073003328&x=1", "niss=85*********&x=1"),
    ],
)
def test_a44_a_number_is_masked_however_it_is_written(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert holds_number(text)
    assert not holds_number(shown)


@pytest.mark.parametrize(
    "text",
    [
        "85073003329",  # the check is wrong
        "185073003328",  # twelve digits
        "850730033281",
        "0712345630",  # an enterprise
        "261124000000017",  # a receipt
        "00000000097",
        "1764086400.85073003328",
        "2026-11-25 22:31:07,123",
        "",
    ],
)
def test_what_is_no_number_of_a_person_stays(text: str) -> None:
    assert masked(text) == text
    assert not holds_number(text)


@given(st.text(alphabet="0123456789 .-/x", max_size=60))
def test_what_is_masked_holds_no_number_and_masking_again_changes_nothing(text: str) -> None:
    once = masked(text)

    assert masked(once) == once
    assert not holds_number(once)


@given(st.integers(1, 999_999_999), st.booleans())
def test_every_number_with_a_right_check_is_masked(body: int, is_after_2000: bool) -> None:
    check = 97 - (body + (2_000_000_000 if is_after_2000 else 0)) % 97
    number = f"{body:09d}{check:02d}"
    assert niss_check_holds(number)

    assert masked(f"<{number}>") == f"<{number[:2]}*********>"


class _Kept:
    """A handler of somebody who knows nothing of masking."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.logger = logging.Logger("of a library")
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.logger.addHandler(handler)

    @property
    def text(self) -> str:
        return self.stream.getvalue()


def test_a44_message_arguments_and_traceback_are_masked_for_every_handler() -> None:
    masking.install()
    kept = _Kept()

    kept.logger.error("about %s", NUMBER)
    kept.logger.error("about %(niss)s", {"niss": NUMBER})
    kept.logger.error(f"about {NUMBER}")
    kept.logger.error("about %s", SimpleNamespace(niss=NUMBER))
    try:
        raise ValueError(f"no person {NUMBER}") from KeyError(NUMBER)
    except ValueError:
        kept.logger.exception("an accident with %s", "85.07.30-033.28")

    assert NUMBER not in kept.text
    assert "033.28" not in kept.text
    assert kept.text.count("85*********") == 7
    assert "Traceback" in kept.text


def test_arguments_that_do_not_fit_are_an_accident_of_nobody() -> None:
    masking.install()
    kept = _Kept()

    kept.logger.error("about %d", NUMBER)

    assert "about %d" in kept.text
    assert NUMBER not in kept.text


def test_a44_an_uncaught_exception_shows_no_number() -> None:
    program = (
        "import threading;from guichet.platform import masking;masking.install()\n"
        "def fail(): raise ValueError('no person 85073003328')\n"
        "thread = threading.Thread(target=fail);thread.start();thread.join()\n"
        "fail()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=database.python_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.count("no person 85*********") == 2
    assert NUMBER not in done.stderr


def test_the_roles_that_log_without_django_mask_too() -> None:
    from guichet.config import asgi, eid

    assert asgi.masking is masking
    assert eid.masking is masking
    assert logging.getLogRecordFactory() is masking._make_record


def test_the_scanner_of_the_run_finds_a_number_that_nobody_masked() -> None:
    found: list[str] = []
    record = logging.LogRecord("x", logging.INFO, "file.py", 7, "about %s", (NUMBER,), None)

    leaks._Scanner(found).emit(record)

    assert found == ["log x, file.py:7"]


def test_the_scanner_of_the_run_reads_redirects_and_addresses_in_pages() -> None:
    from django.http import HttpResponse, HttpResponseRedirect

    page = HttpResponse(f'<a href="/persons/{NUMBER}/">x</a><form action="/y/"></form>')

    assert list(leaks.addresses_in(page)) == ["", f"/persons/{NUMBER}/", "/y/"]
    assert next(leaks.addresses_in(HttpResponseRedirect(f"/?{NUMBER}"))) == f"/?{NUMBER}"
