"""The pages of attachments: every route, role and foreign object."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.documents.attachments.models import Attachment
from tests.documents.attachments import samples
from tests.portal.browsing import text, words
from tests.portal.world import STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
BOX = "/attachments/trial/"


def _given(data: bytes, name: str = "a.pdf") -> dict[str, object]:
    return {"attachment": SimpleUploadedFile(name, data), "clean_picture": "on"}


def _kept(browser: Client) -> Attachment:
    assert browser.post(BOX, _given(samples.pdf())).status_code == 302
    return Attachment.objects.get()


def test_a_file_is_kept_shown_as_not_sent_opened_and_removed(worker: Client) -> None:
    row = _kept(worker)

    said = text(worker, BOX)
    assert "a.pdf" in said
    assert "Not yet sent" in said
    assert "Files are not searched for viruses on this site." in said
    opened = worker.get(f"{BOX}{row.pk}/")
    assert opened.content == samples.pdf()
    assert opened["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in opened["Content-Security-Policy"]
    assert worker.post(f"{BOX}{row.pk}/remove/").status_code == 302
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("case", ["program called pdf", "script", "encrypted", "bomb", "empty"])
def test_a_refused_file_is_said_at_its_field(worker: Client, case: str) -> None:
    name, data, _code = samples.HOSTILE[case]

    response = worker.post(BOX, _given(data, name))

    assert response.status_code == 422
    assert "There is a problem" in words(response.content.decode())
    assert "<title>Error:" in response.content.decode()


def test_no_file_is_said(worker: Client) -> None:
    response = worker.post(BOX, {})

    assert response.status_code == 422
    assert "Choose the file that you want to attach." in words(response.content.decode())


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_the_way_back_stays_on_this_site(worker: Client, place: str) -> None:
    response = worker.post(BOX, _given(samples.pdf()) | {"next": place})

    assert response["Location"] == BOX


def test_the_way_back_leads_to_the_form(worker: Client) -> None:
    response = worker.post(BOX, _given(samples.pdf()) | {"next": "/contact/"})

    assert response["Location"] == "/contact/"


@pytest.mark.parametrize(
    ("method", "rest"),
    [("get", ""), ("post", ""), ("post", "begin/"), ("get", "{pk}/"), ("post", "{pk}/remove/"),
     ("get", "{pk}/parts/"), ("put", "{pk}/parts/"), ("post", "{pk}/parts/")],
)  # fmt: skip
def test_a_visitor_is_led_to_the_sign_in(method: str, rest: str) -> None:
    response = getattr(Client(), method)(BOX + rest.format(pk=uuid4()))

    assert response.status_code == (302 if method == "get" else 403)


@pytest.mark.parametrize(
    ("method", "rest"),
    [("get", "{pk}/"), ("post", "{pk}/remove/"), ("get", "{pk}/parts/"), ("put", "{pk}/parts/"),
     ("post", "{pk}/parts/")],
)  # fmt: skip
def test_anothers_file_and_none_are_the_same_404(
    world: World, worker: Client, someone: Callable[..., Client], method: str, rest: str
) -> None:
    row, ewa = _kept(worker), someone(STAFF[0].niss)

    for pk in (row.pk, uuid4()):
        offset = {"HTTP_UPLOAD_OFFSET": "0"}
        assert getattr(ewa, method)(BOX + rest.format(pk=pk), **offset).status_code == 404
    assert Attachment.objects.filter(pk=row.pk).exists()


def test_a_service_that_takes_no_files_is_no_page(worker: Client) -> None:
    for place in ("/attachments/none/", "/attachments/none/begin/"):
        assert worker.post(place).status_code == 404


def test_a_large_file_arrives_in_parts(worker: Client) -> None:
    data = samples.pdf(b"%" + b"x" * 5000)
    begun = worker.post(f"{BOX}begin/", {"name": "a.pdf", "size": len(data)})
    assert begun.status_code == 201
    place = begun.json()["parts"]

    def put(begin: int, end: int, offset: str | None = None) -> tuple[int, dict[str, object]]:
        given = {"HTTP_UPLOAD_OFFSET": offset or str(begin)}
        answer = worker.put(place, data[begin:end], "application/octet-stream", **given)  # type: ignore[arg-type]
        return answer.status_code, answer.json()

    assert put(0, 3000) == (200, {"received": 3000})
    assert put(3000, 4000, "x")[0] == 422
    assert worker.get(place).json() == {"received": 3000}
    assert worker.post(place).status_code == 422
    assert put(3000, len(data)) == (200, {"received": len(data)})
    assert worker.post(place).json() == {"state": "pending"}
    assert "a.pdf" in text(worker, BOX)


@pytest.mark.parametrize(
    ("given", "code"),
    [({}, "part"), ({"name": "a.pdf", "size": "x"}, "part"), ({"name": "a", "size": 0}, "empty"),
     ({"name": "a.pdf", "size": 10 * 1024 * 1024 + 1}, "too_large")],
)  # fmt: skip
def test_an_announcement_that_cannot_be_is_refused(
    worker: Client, given: dict[str, object], code: str
) -> None:
    response = worker.post(f"{BOX}begin/", given)

    assert response.status_code == 422
    assert response.json()["code"] == code
