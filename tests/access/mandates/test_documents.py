"""The document of a mandate: what stands in it, who signs it with a card, what is not taken."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.reader import PdfFileReader

from guichet.access import cards
from guichet.access.cards import CardRefusal
from guichet.access.mandates import documents, operations, verification
from guichet.access.mandates.models import Document, Lent, Mandate, Signature
from guichet.access.mandates.verification import DocumentRefused
from guichet.audit.actors import Actor
from guichet.audit.models import Entry
from guichet.csam.eid.models import TestCard
from guichet.rules.mandates import Domain
from tests.access.mandates import papers
from tests.access.mandates.parties import (
    FIRM,
    INGE,
    KOEN,
    NADIA,
    OFFICE,
    PAUL,
    browser,
    proposed,
    seat,
    sign,
)
from tests.portal.browsing import NOW, words
from tests.standards import breaches

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our test authority is the one whose cards are accepted."""
    environment = replace(settings.ENVIRONMENT, eid_trust=papers.folder("ours") / "trust")
    monkeypatch.setattr(settings, "ENVIRONMENT", environment)


def _sent(mandate: Mandate, pdf: bytes, by: str = INGE, number: str = FIRM) -> Any:
    file = SimpleUploadedFile("mandate.pdf", pdf, content_type="application/pdf")
    place = f"/mandates/{mandate.pk}/send-in/"
    return browser(by, number).post(place, {"document": file})


def _unsigned(mandate: Mandate) -> bool:
    mandate.refresh_from_db()
    return mandate.status == "to_finalise" and not Signature.objects.exists()


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_document_has_a_visible_field_for_each_party_on_its_last_page(language: str) -> None:
    mandate = proposed(*Domain)
    mandate.language = language

    made = documents.made(mandate, now=NOW)
    reader = PdfFileReader(io.BytesIO(made))

    assert breaches(made) == []
    fields = reader.root["/AcroForm"]["/Fields"]
    names = {field["/T"]: field for field in (one.get_object() for one in fields)}
    assert set(names) == {"mandator", "mandatary"}
    pages = reader.root["/Pages"]["/Kids"]
    for field in names.values():
        left, bottom, right, top = (float(one) for one in field["/Rect"])
        assert right - left > 200
        assert top - bottom > 60
        assert field["/TU"]
        assert field.raw_get("/P") == pages.raw_get(len(pages) - 1)
    assert INGE.encode() not in documents.made(mandate, now=NOW)
    tree = reader.root["/StructTreeRoot"]
    parents = tree["/ParentTree"]["/Nums"]
    for field in names.values():  # it is read aloud where it stands
        place = [int(parents[at]) for at in range(0, len(parents), 2)].index(field["/StructParent"])
        element = parents[place * 2 + 1]
        assert (element["/S"], element["/Alt"]) == ("/Form", field["/TU"])
        assert element["/K"]["/Obj"]["/T"] == field["/T"]
    assert int(tree["/ParentTreeNextKey"]) == len(parents) // 2


@pytest.mark.usefixtures("parties")
def test_both_parties_sign_the_document_with_their_cards_and_both_signatures_hold() -> None:
    mandate = proposed()
    first = papers.signed(documents.current(mandate.pk), papers.card(INGE), "mandator")
    assert _sent(mandate, first).status_code == 302
    # Whoever sends it in need not be the one who signed.
    second = papers.signed(documents.current(mandate.pk), papers.card(KOEN), "mandatary")
    assert _sent(mandate, second, KOEN, OFFICE).status_code == 302

    mandate.refresh_from_db()
    assert mandate.status == "active"
    assert Lent.objects.count() == 1
    assert set(Signature.objects.values_list("side", "way", "person__niss")) == {
        ("mandator", "document", INGE),
        ("mandatary", "document", KOEN),
    }
    kept = documents.current(mandate.pk)
    assert [one.field_name for one in PdfFileReader(io.BytesIO(kept)).embedded_signatures] == [
        "mandator",
        "mandatary",
    ]
    assert Document.objects.filter(mandate=mandate).count() == 3


@pytest.mark.usefixtures("parties")
def test_one_party_signs_on_the_page_and_the_other_with_a_card() -> None:
    mandate = proposed()
    sign(mandate, INGE, FIRM)
    pdf = papers.signed(documents.current(mandate.pk), papers.card(KOEN), "mandatary")

    assert _sent(mandate, pdf, KOEN, OFFICE).status_code == 302

    mandate.refresh_from_db()
    assert mandate.status == "active"


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("required", [True, False])
def test_a_revoked_card_signs_nothing_and_silence_is_settled_by_the_setting(
    monkeypatch: pytest.MonkeyPatch, required: bool
) -> None:
    mandate, made = proposed(), papers.card(INGE)
    pdf = papers.signed(documents.current(mandate.pk), made, "mandator")
    TestCard.objects.create(
        serial=f"{made.certificate.serial_number:x}", niss=INGE, name="Somebody",
        kind="signature", made_at=NOW, valid_until=NOW + timedelta(days=9), revoked_at=NOW,
    )  # fmt: skip

    assert "was revoked" in words(_sent(mandate, pdf).content.decode())
    silent = replace(
        settings.ENVIRONMENT, eid_revocation="crl:/nowhere", eid_status_required=required
    )
    monkeypatch.setattr(settings, "ENVIRONMENT", silent)
    answer = _sent(mandate, pdf)

    assert answer.status_code == (422 if required else 302)
    assert ("nobody can tell" in words(answer.content.decode())) if required else True


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("folder", ["nowhere", "production"])
def test_without_a_trust_store_of_real_cards_nobody_signs_with_one(
    monkeypatch: pytest.MonkeyPatch, folder: str, tmp_path: Path
) -> None:
    certificate = papers.card(INGE).certificate
    changed = {"eid_trust": tmp_path} if folder == "nowhere" else {"environment": "production"}
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, **changed))

    assert cards.signatory(certificate, now=NOW) is CardRefusal.UNKNOWN_ISSUER


WRONG_PEOPLE: Final = {
    "the other party": KOEN, "a clerk of the other party": NADIA, "a stranger": PAUL,
    "nobody known": "85073003328",
}  # fmt: skip


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("who", WRONG_PEOPLE)
def test_a28_a_mandate_signed_with_the_wrong_persons_certificate_is_rejected(who: str) -> None:
    mandate = proposed()
    pdf = papers.signed(documents.current(mandate.pk), papers.card(WRONG_PEOPLE[who]), "mandator")

    answer = _sent(mandate, pdf)

    assert answer.status_code == 422
    assert "may not sign for this party" in words(answer.content.decode())
    assert _unsigned(mandate)
    refused = Entry.objects.using("audit").get(action="access.mandate.documentRefused")
    assert (refused.result, refused.reason) == ("refused", "wrong_person")


@pytest.mark.usefixtures("parties")
def test_a28_a_mandate_that_was_changed_after_signing_is_rejected() -> None:
    mandate = proposed()
    pdf = papers.signed(documents.current(mandate.pk), papers.card(INGE), "mandator")

    answer = _sent(mandate, papers.with_script(pdf))

    assert answer.status_code == 422
    assert "was changed" in words(answer.content.decode())
    assert _unsigned(mandate)


@pytest.mark.usefixtures("parties")
def test_a28_every_single_byte_that_differs_makes_the_mandate_rejected() -> None:
    mandate = proposed()
    current = documents.current(mandate.pk)
    pdf = papers.signed(current, papers.card(INGE), "mandator")

    for place in (20, len(current) // 2, len(current) - 30):
        spoilt = bytearray(pdf)
        spoilt[place] ^= 1
        with pytest.raises(DocumentRefused):
            operations.sign_document(
                seat=seat(FIRM), mandate=mandate.pk, pdf=bytes(spoilt),
                by=Actor("person", INGE, FIRM), now=NOW,
            )  # fmt: skip
    assert _unsigned(mandate)


HOSTILE: Final[dict[str, tuple[Callable[[bytes], bytes], str]]] = {
    "no pdf": (lambda _pdf: b"hello", "not a PDF"),
    "an empty shell": (lambda _pdf: b"%PDF-1.7\n%%EOF\n", "not a PDF"),
    "cut in the middle": (lambda pdf: pdf[: len(pdf) // 2], "not a PDF"),
    "huge": (lambda pdf: pdf + b"0" * verification.LARGEST, "larger than two megabytes"),
    "encrypted": (papers.encrypted, "protected with a password"),
    "unsigned": (lambda pdf: pdf, "carries no new signature"),
    "unsigned with a script": (papers.with_script, "was changed"),
    "a script slipped in with the signature": (
        lambda pdf: papers.signed_with_more(pdf, papers.card(INGE), "mandator"), "was changed",
    ),
    "another document": (lambda pdf: b"%PDF-1.4\n" + pdf[9:], "not the document|not a PDF"),
    "the field of the other party": (
        lambda pdf: papers.signed(pdf, papers.card(INGE), "mandatary"), "field of your party",
    ),
    "a field of its own": (
        lambda pdf: papers.signed(pdf, papers.card(INGE), "mine"), "field of your party",
    ),
    "the certificate to sign in": (
        lambda pdf: papers.signed(
            pdf, papers.card(INGE, kind=papers.CardKind.AUTHENTICATION), "mandator"
        ),
        "not the one with which the card signs",
    ),
    "an expired card": (
        lambda pdf: papers.signed(pdf, papers.card(INGE, expired=True), "mandator"),
        "was not valid",
    ),
    "a card of a stranger": (
        lambda pdf: papers.signed(pdf, papers.card(INGE, of="theirs"), "mandator"),
        "was not issued for an identity card",
    ),
    "trailing bytes": (
        lambda pdf: papers.signed(pdf, papers.card(INGE), "mandator") + b"\n% more\n",
        "was changed",
    ),
    "two signatures": (
        lambda pdf: papers.signed(
            papers.signed(pdf, papers.card(INGE), "mandator"), papers.card(KOEN), "mandatary"
        ),
        "field of your party",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_document_is_refused_with_its_reason_and_nothing_is_kept(what: str) -> None:
    import re

    make, said = HOSTILE[what]
    mandate = proposed()

    answer = _sent(mandate, make(documents.current(mandate.pk)))

    assert answer.status_code == 422
    assert re.search(said, words(answer.content.decode()))
    assert _unsigned(mandate)
    assert Document.objects.count() == 1
