"""The printable overview: asked for as the list is narrowed, made, downloaded, linked by mail."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connections
from django.test import Client
from procrastinate import testing
from procrastinate.contrib.django import app
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.audit.models import Entry
from guichet.documents import operations, queries
from guichet.documents.models import Document
from guichet.eservices.interim import jobs
from guichet.eservices.interim.models import Delivery
from guichet.platform import clock, post
from guichet.platform.models import Dispatch
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, KARIM, NOW, said
from tests.eservices.interim.test_interim import declared
from tests.live import free_port
from tests.platform.test_post import Received, with_smtp
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = "/interim/export/"


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def karim() -> Client:
    """A worker whom agencies lend."""
    return signed_in(KARIM)


def _asked(client: Client, query: str = "", **given: str) -> str:
    """Ask for the overview; its reference."""
    answer = client.post(PLACE + query, {"way": "download", "email": ""} | given)
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"]).split("/")[2]


def test_a_visitor_and_a_password_alone_do_not_get_in() -> None:
    assert "level=300" in Client().get(PLACE)["Location"]
    weak = signed_in(KARIM, means="password", level=200)
    assert weak.post(PLACE, {"way": "download"})["Location"].startswith("/sign-in/step-up/")
    assert not Document.objects.exists()


def test_i13_the_overview_holds_what_the_list_shows_in_the_language_of_the_page(
    karim: Client, tmp_path: Path
) -> None:
    declared(1)
    gone = declared(10)
    said(world.cancel(gone, employer=AGENCY))
    karim.cookies["guichet_language"] = "fr"

    reference = _asked(karim)
    assert operations.make(reference=reference, now=NOW)

    pdf = karim.get(f"/documents/{reference}/document.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    content = b"".join(pdf.streaming_content) if pdf.streaming else pdf.content  # type: ignore[attr-defined]
    assert PdfFileReader(io.BytesIO(content)).root["/Lang"] == "fr"
    file = tmp_path / "overview.pdf"
    file.write_bytes(content)
    said_there = _text_of(file)
    for words_there in ("Firme 3", "Firme 2", "Annulée", "Déclarée, à venir", "contrat de travail"):
        assert words_there in said_there


def test_i13_400_relations_fill_numbered_pages(karim: Client, tmp_path: Path) -> None:
    declared(1)
    reference = _asked(karim)
    row = Document.objects.get(reference=reference)
    table = row.data["sections"][0]["table"]
    table["rows"] = table["rows"] * 400
    row.save()

    assert operations.make(reference=reference, now=NOW)

    file = tmp_path / "overview.pdf"
    file.write_bytes(queries.sealed_pdf(reference=reference) or b"")
    pages = int(PdfFileReader(io.BytesIO(file.read_bytes())).root["/Pages"]["/Count"])
    said_there = _text_of(file)
    assert pages > 5
    assert f"{pages} / {pages}" in said_there or f"{pages} of {pages}" in said_there


def test_the_overview_is_narrowed_as_the_list_is(karim: Client) -> None:
    declared(1)
    declared(3)

    page = text(karim, f"{PLACE}?first={world.day(3)}&agency={AGENCY}")
    reference = _asked(karim, f"?first={world.day(3)}&agency={AGENCY}")

    assert "One relation from 05/03/2026 to 31/12/2027" in page
    assert "Narrowed to: Firme 2" in page
    data = Document.objects.get(reference=reference).data
    assert len(data["sections"][0]["table"]["rows"]) == 1


def test_nothing_declared_is_a_document_too(karim: Client) -> None:
    data = Document.objects.get(reference=_asked(karim)).data

    assert data["sections"][0]["table"] is None
    assert data["sections"][0]["paragraphs"] == ["No agency declared anything that fits."]


def test_i14_without_an_address_one_is_asked_for_and_nothing_is_lost(karim: Client) -> None:
    answer = karim.post(PLACE, {"way": "mail", "email": ""})

    assert answer.status_code == 422
    assert "Enter the e-mail address to which the link goes." in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("given", [{"way": ""}, {"way": "fax"}, {"way": "mail", "email": "x"}])
def test_a_way_that_cannot_be_is_said(karim: Client, given: dict[str, str]) -> None:
    assert karim.post(PLACE, given).status_code == 422
    assert not Document.objects.exists()


def test_i13_a_mail_holds_a_link_and_no_number_and_is_sent_once(karim: Client) -> None:
    declared(1)
    reference = _asked(karim, way="mail", email="karim@example.org")
    assert not Dispatch.objects.filter(recipient="karim@example.org").exists()

    assert operations.make(reference=reference, now=NOW)
    for _ in range(2):  # the job may come twice
        jobs.deliver(reference=reference)

    [mail] = Dispatch.objects.filter(recipient="karim@example.org")
    assert f"/documents/{reference}/" in mail.body
    assert KARIM not in mail.body
    assert "Firme" not in mail.body
    assert Delivery.objects.get().sent_at == NOW


def test_somebody_elses_overview_is_not_there(karim: Client) -> None:
    reference = _asked(karim)
    operations.make(reference=reference, now=NOW)
    lotte = signed_in(world.LOTTE)

    assert lotte.get(f"/documents/{reference}/").status_code == 404
    assert lotte.get(f"/documents/{reference}/document.pdf").status_code == 404
    assert queries.progress(reference=reference) is not None


def test_a_refused_filter_leads_back_to_the_list(karim: Client) -> None:
    assert karim.get(f"{PLACE}?first=x")["Location"] == "/interim/list/?first=x"


def test_asking_leaves_a_line_in_the_trail(karim: Client) -> None:
    reference = _asked(karim)

    entry = Entry.objects.get(action="interim.exported")
    assert (entry.target, entry.detail) == (
        reference,
        {"relations": 0, "mailed": False, "toEbox": False},
    )


def test_old_addresses_are_forgotten(karim: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    _asked(karim, way="mail", email="karim@example.org")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=31))

    jobs.forget(timestamp=0)

    assert not Delivery.objects.exists()


def _text_of(file: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.xfail("pdftotext is not on this machine")
    done = subprocess.run(
        [program, "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


def _connect() -> None:
    from guichet.audit.actors import system
    from guichet.ebox import senders
    from guichet.kernel.label import Label
    from guichet.platform.db import transaction

    with transaction():
        senders.connect(
            number=world.CITY, name=Label(*["Stad"] * 4), actor=system("tests"), now=NOW,
            applications={"interim": Label(*["Interim@Work"] * 4)},
        )  # fmt: skip


def _open_box() -> None:
    from guichet.audit.actors import system
    from guichet.audit.history import acting
    from guichet.ebox.boxes import CONSENT_VERSION
    from guichet.ebox.models import Box
    from guichet.platform.db import transaction
    from guichet.registers.persons.models import Person

    with transaction(), acting(system("tests"), now=NOW):
        Box.objects.create(
            person=Person.objects.get(niss=KARIM), opened_at=NOW, language="fr", created_at=NOW,
            consent_version=CONSENT_VERSION, email="karim@example.org",
        )  # fmt: skip


def test_sc93_i13_the_overview_goes_to_the_ebox_once_and_is_the_same_document(
    karim: Client,
) -> None:
    from guichet.ebox.contents import CONTENTS
    from guichet.ebox.models import Attachment, Message

    _connect()
    _open_box()
    declared(1)
    reference = _asked(karim, way="ebox")
    assert operations.make(reference=reference, now=NOW)
    assert "comes to your e-Box as soon" in text(karim, f"/documents/{reference}/")

    for _ in range(2):
        jobs.deliver(reference=reference)

    assert "The overview is in your e-Box since" in text(karim, f"/documents/{reference}/")

    message = Message.objects.get()
    assert (message.type, message.application) == ("employment.overview", "interim")
    document = Attachment.objects.get(message=message)
    assert CONTENTS.read(document.digest) == queries.sealed_pdf(reference=reference)
    assert "Overview of your relations" in text(karim, "/ebox/")


def test_i15_a_box_that_is_not_open_is_explained_and_the_download_offered(karim: Client) -> None:
    _connect()

    page = text(karim, PLACE)

    assert "Your e-Box is not open" in page
    assert "Send it to my e-Box" not in page
    assert karim.post(PLACE, {"way": "ebox"}).status_code == 422
    assert "Download it here" in page


def test_without_a_connected_sender_the_ebox_is_not_offered(karim: Client) -> None:
    _open_box()

    page = text(karim, PLACE)

    assert "e-Box" not in page.replace("e-Box is", "")
    assert karim.post(PLACE, {"way": "ebox"}).status_code == 422


def test_a_box_closed_meanwhile_leaves_the_document_to_be_read(karim: Client) -> None:
    from guichet.ebox import boxes
    from guichet.ebox.models import Box, Message

    _connect()
    _open_box()
    reference = _asked(karim, way="ebox")
    operations.make(reference=reference, now=NOW)
    box = Box.objects.get()
    from guichet.audit.actors import Actor

    boxes.withdraw(box_id=box.pk, actor=Actor("person", KARIM), now=NOW)

    jobs.deliver(reference=reference)

    assert not Message.objects.exists()
    assert "it was not sent there. Download it here" in text(karim, f"/documents/{reference}/")


@pytest.fixture
def _threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker carries out a job in a thread, which closes its connection at the end."""
    for alias in ("default", "audit"):
        monkeypatch.setitem(connections.settings[alias], "CONN_MAX_AGE", 0)


@pytest.mark.usefixtures("_threads")
@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_i14_a_mail_server_that_refuses_is_told_and_the_queue_tries_again_until_it_takes_the_link(
    karim: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = free_port()
    with_smtp(monkeypatch, f"smtp://127.0.0.1:{place}")  # nobody listens there
    connector = testing.InMemoryConnector()
    with app.replace_connector(connector):
        reference = _asked(karim, way="mail", email="karim@example.org")
        operations.make(reference=reference, now=NOW)
        jobs.deliver(reference=reference)
        assert "on its way to your mail address" in text(karim, f"/documents/{reference}/")
        _work(connector)

        job = _mail_job(connector)
        assert (job["status"], job["attempts"]) == ("todo", 1)
        assert job["scheduled_at"] is not None
        page = text(karim, f"/documents/{reference}/")
        assert "The mail server does not answer. The link waits" in page
        assert "Download the PDF" in page
        assert Dispatch.objects.get(recipient="karim@example.org").sent_at is None

        received = Received()
        controller = Controller(received, hostname="127.0.0.1", port=place)
        controller.start()
        _work(connector)
        controller.stop()

    assert _mail_job(connector)["status"] == "succeeded"
    [message] = received.messages
    assert f"/documents/{reference}/" in str(message.get_payload(decode=True))
    assert "The link was mailed on" in text(karim, f"/documents/{reference}/")


@pytest.mark.usefixtures("_threads")
@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_i14_a_server_that_is_away_for_a_day_is_given_up_and_told(
    karim: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_smtp(monkeypatch, f"smtp://127.0.0.1:{free_port()}")
    connector = testing.InMemoryConnector()
    with app.replace_connector(connector):
        reference = _asked(karim, way="mail", email="karim@example.org")
        operations.make(reference=reference, now=NOW)
        jobs.deliver(reference=reference)
        for _try in range(post.TRIES):
            assert "was not mailed" not in text(karim, f"/documents/{reference}/")
            _work(connector)

    assert _mail_job(connector)["status"] == "failed"
    assert "The mail server did not take the link for a day" in text(
        karim, f"/documents/{reference}/"
    )


def _mail_job(connector: testing.InMemoryConnector) -> dict[str, Any]:
    [job] = [one for one in connector.jobs.values() if one["task_name"] == "platform.send_mail"]
    return dict(job)


def _work(connector: testing.InMemoryConnector) -> None:
    """Carry out the mail that waits, whatever the moment for which it is planned."""
    for job in connector.jobs.values():
        job["scheduled_at"] = None
        if job["task_name"] != "platform.send_mail":
            job["status"] = "succeeded"
    app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
