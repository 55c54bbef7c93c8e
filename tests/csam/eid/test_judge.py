"""Every verdict about a certificate, without a network."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from guichet.csam.eid.authority import CARD_YEARS, CardKind, _key_usage, _loaded
from guichet.csam.eid.judge import Holder, Refusal
from guichet.csam.eid.revocation import Status
from guichet.kernel.niss import Niss
from tests.csam.eid.cards import BIS, NISS, NOW, Says, card, folder, judged

DAY = timedelta(days=1)


def test_the_holder_of_a_good_card_is_read_from_the_certificate() -> None:
    holder = judged(card().certificate)

    assert isinstance(holder, Holder)
    assert (holder.niss, holder.given_name, holder.family_name) == (NISS, "Amina", "Roussel")
    assert NISS not in repr(holder)


def test_a_card_of_the_foreigner_authority_is_as_good() -> None:
    assert Niss.parse(BIS).is_bis
    holder = judged(card(niss=BIS).certificate)
    assert isinstance(holder, Holder)
    assert holder.niss == BIS


def test_no_certificate_is_missing() -> None:
    assert judged(None) is Refusal.MISSING


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"kind": CardKind.SIGNATURE}, Refusal.SIGNATURE),
        ({"expired": True}, Refusal.EXPIRED),
        ({"authority": "stranger"}, Refusal.UNKNOWN_ISSUER),
        # What a stranger's card says of itself is not believed, not even its dates.
        ({"authority": "stranger", "expired": True}, Refusal.UNKNOWN_ISSUER),
        ({"kind": CardKind.SIGNATURE, "expired": True}, Refusal.SIGNATURE),
    ],
)
def test_each_fault_has_its_own_word(options: dict[str, Any], refusal: Refusal) -> None:
    assert judged(card(**options).certificate) is refusal


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (-DAY - timedelta(seconds=1), Refusal.NOT_YET_VALID),
        (-DAY, None),
        (timedelta(days=365 * CARD_YEARS) - DAY, None),
        (timedelta(days=365 * CARD_YEARS) - DAY + timedelta(seconds=1), Refusal.EXPIRED),
        (timedelta(days=365 * 26), Refusal.EXPIRED),
    ],
)
def test_the_life_of_a_card_counts_both_ends(after: timedelta, expected: Refusal | None) -> None:
    found = judged(card().certificate, now=NOW + after)
    assert (found if isinstance(found, Refusal) else None) is expected


@pytest.mark.parametrize(
    ("status", "required", "expected"),
    [
        (Status.GOOD, True, None),
        (Status.REVOKED, True, Refusal.REVOKED),
        (Status.REVOKED, False, Refusal.REVOKED),
        (Status.UNAVAILABLE, True, Refusal.STATUS_UNAVAILABLE),
        (Status.UNAVAILABLE, False, None),
    ],
)
def test_a_status_that_nobody_knows_refuses_unless_the_operator_says_otherwise(
    status: Status, required: bool, expected: Refusal | None
) -> None:
    found = judged(card().certificate, revocation=Says(status), status_required=required)
    assert (found if isinstance(found, Refusal) else None) is expected


def test_nobody_is_asked_about_a_card_that_is_refused_anyway() -> None:
    class Unasked:
        def status(self, **_: Any) -> Status:
            raise AssertionError("asked")

    for options in ({"expired": True}, {"authority": "stranger"}):
        assert isinstance(judged(card(**options).certificate, revocation=Unasked()), Refusal)


def _made(
    *,
    names: tuple[tuple[x509.ObjectIdentifier, str], ...] = (),
    signer: str = "citizen",
    usage: x509.KeyUsage | None = None,
    purposes: tuple[x509.ObjectIdentifier, ...] | None = (ExtendedKeyUsageOID.CLIENT_AUTH,),
    is_authority: bool = False,
) -> x509.Certificate:
    """A certificate of our authority that its own software would never make."""
    issuer, key = _loaded(folder("ours") / signer)
    own = ec.generate_private_key(ec.SECP384R1())
    subject = names or (
        (NameOID.COMMON_NAME, "Amina Roussel (Authentication)"),
        (NameOID.SERIAL_NUMBER, NISS),
    )
    constraints = x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(*one) for one in subject]))
        .issuer_name(issuer.subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(constraints, critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    if purposes is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return builder.sign(key, hashes.SHA384())


SIGNS_IN = _key_usage(digital_signature=True)
NAME = (NameOID.COMMON_NAME, "Amina Roussel (Authentication)")


def _number(text: str) -> tuple[x509.ObjectIdentifier, str]:
    return (NameOID.SERIAL_NUMBER, text)


def test_an_older_card_that_lists_no_purposes_is_accepted() -> None:
    assert isinstance(judged(_made(usage=SIGNS_IN, purposes=None)), Holder)


@pytest.mark.parametrize(
    "faulty",
    [
        {"usage": None},
        {"usage": _key_usage(content_commitment=True)},
        {"usage": _key_usage(digital_signature=True, content_commitment=True)},
        {"usage": SIGNS_IN, "purposes": (ExtendedKeyUsageOID.SERVER_AUTH,)},
        {"usage": SIGNS_IN, "names": ((NameOID.COMMON_NAME, "A R (Signature)"), _number(NISS))},
        {"usage": SIGNS_IN, "names": ((NameOID.COMMON_NAME, "A R"), _number(NISS))},
        {"usage": SIGNS_IN, "names": (NAME, NAME, _number(NISS))},
    ],
)
def test_what_is_not_plainly_for_signing_in_is_not_for_signing_in(faulty: dict[str, Any]) -> None:
    assert judged(_made(**faulty)) is Refusal.SIGNATURE


@pytest.mark.parametrize(
    "names",
    [
        (NAME,),
        (NAME, _number("85073100032")),
        (NAME, _number("00000000097")),
        (NAME, _number("8507310003")),
        (NAME, _number("85073100031 OR 1=1")),
        (NAME, _number("85.07.31-000.31")),
        (NAME, _number(NISS), _number(NISS)),
    ],
)
def test_a_number_must_be_there_once_and_right(
    names: tuple[tuple[x509.ObjectIdentifier, str], ...],
) -> None:
    assert judged(_made(usage=SIGNS_IN, names=names)) is Refusal.NO_NUMBER


def test_a_name_is_one_plain_line() -> None:
    names = (NAME, _number(NISS), (NameOID.GIVEN_NAME, " Ami\u0000na\n\u202e  Zoé "))
    holder = judged(_made(usage=SIGNS_IN, names=names))
    assert isinstance(holder, Holder)
    assert (holder.given_name, holder.family_name) == ("Amina Zoé", "")


def test_a_card_signed_by_the_root_itself_has_no_business_there_but_a_chain() -> None:
    assert isinstance(judged(_made(usage=SIGNS_IN, signer="root")), Holder)


def test_a_card_signed_by_a_card_is_of_an_unknown_issuer() -> None:
    real = card()
    forged = (
        x509.CertificateBuilder()
        .subject_name(real.certificate.subject)
        .issuer_name(real.certificate.subject)
        .public_key(real.key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .sign(real.key, hashes.SHA384())
    )
    assert judged(forged) is Refusal.UNKNOWN_ISSUER


def test_an_issuer_of_the_same_name_with_another_key_is_unknown() -> None:
    assert card(authority="stranger").certificate.issuer == card().certificate.issuer
    assert judged(card(authority="stranger").certificate) is Refusal.UNKNOWN_ISSUER


def test_an_authority_below_the_citizen_authority_is_one_too_many() -> None:
    made = _made(usage=_key_usage(key_cert_sign=True), is_authority=True)
    assert judged(made) is not None
    assert isinstance(judged(made), Refusal)


def test_the_root_itself_signs_nobody_in() -> None:
    root, _ = _loaded(folder("ours") / "root")
    assert isinstance(judged(root), Refusal)
