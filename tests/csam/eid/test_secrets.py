"""What the simulation makes for itself, and what production refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from guichet.config import keys
from guichet.config.eid import _Files
from guichet.config.environment import Environment
from guichet.config.texts import SettingRefused
from guichet.csam.eid.authority import ensure_authority
from guichet.csam.eid.local_tls import ensure_server_certificate
from guichet.csam.eid.trust import TrustRefused, read_trust
from tests.csam.eid.cards import NOW, folder


def test_many_who_begin_at_once_share_one_authority(tmp_path: Path) -> None:
    place = tmp_path / "authority"
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: ensure_authority(place, now=NOW), range(6)))
    assert [one.name for one in tmp_path.iterdir()] == ["authority"]
    assert len(read_trust(place / "trust", simulation=True).authorities) == 3


def test_private_keys_are_closed_to_others(tmp_path: Path) -> None:
    keys.prepare(Environment.read({"GUICHET_VAR": str(tmp_path)}))
    found = list((tmp_path / "secrets/eid").rglob("*.key"))
    assert len(found) == 4
    assert {file.stat().st_mode & 0o777 for file in found} == {0o600}


def test_the_listener_is_called_by_its_own_names(tmp_path: Path) -> None:
    settings = {"GUICHET_VAR": str(tmp_path), "GUICHET_EID_URL": "https://cards.example:9003"}
    environment = Environment.read(settings)
    keys.prepare(environment)
    certificate = x509.load_pem_x509_certificate(environment.eid_certificate.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    hosts = names.get_values_for_type(x509.DNSName)
    assert hosts == ["cards.example", "eid.localhost", "localhost"]


@pytest.mark.parametrize(
    ("after", "hosts", "is_kept"),
    [
        (timedelta(days=300), ["a.example"], True),
        (timedelta(days=370), ["a.example"], False),
        (timedelta(), ["b.example"], False),
    ],
)
def test_a_server_certificate_is_renewed_before_it_ends_or_for_another_name(
    tmp_path: Path, after: timedelta, hosts: list[str], is_kept: bool
) -> None:
    place = tmp_path / "server"
    ensure_server_certificate(place, hosts=["a.example"], now=NOW)
    before = (place / "server.pem").read_bytes()
    ensure_server_certificate(place, hosts=hosts, now=NOW + after)
    assert ((place / "server.pem").read_bytes() == before) is is_kept


def test_production_trusts_no_test_authority(tmp_path: Path) -> None:
    with pytest.raises(TrustRefused, match="test authority"):
        read_trust(folder("ours") / "trust", simulation=False)


def test_a_trust_store_is_read_in_either_form_and_rubbish_is_refused(tmp_path: Path) -> None:
    given = read_trust(folder("ours") / "trust", simulation=True)
    (tmp_path / "root.crt").write_bytes(given.roots[0].public_bytes(Encoding.DER))
    both = b"".join(one.public_bytes(Encoding.PEM) for one in given.between)
    (tmp_path / "between.pem").write_bytes(both)
    (tmp_path / "readme.txt").write_text("no certificate")
    found = read_trust(tmp_path, simulation=True)
    assert set(found.authorities) == set(given.authorities)
    (tmp_path / "broken.cer").write_bytes(b"no certificate")
    with pytest.raises(TrustRefused, match=r"broken\.cer is not a certificate"):
        read_trust(tmp_path, simulation=True)
    with pytest.raises(TrustRefused, match="cannot be read"):
        read_trust(tmp_path / "absent", simulation=True)


@pytest.mark.parametrize("name", ["CERTIFICATE", "KEY", "TRUST"])
def test_the_listener_in_production_needs_its_files(tmp_path: Path, name: str) -> None:
    own = {f"GUICHET_EID_{one}": str(tmp_path) for one in ("CERTIFICATE", "KEY", "TRUST")}
    common = {"GUICHET_ENVIRONMENT": "production", "GUICHET_SECRET_KEY": "k" * 50}
    own[f"GUICHET_EID_{name}"] = str(tmp_path / "absent")
    environment = Environment.read(common | own | {"GUICHET_VAR": str(tmp_path)})
    environment.of_role("portal").require_secrets()
    with pytest.raises(SettingRefused, match=f"GUICHET_EID_{name}"):
        environment.of_role("eid").require_secrets()


@pytest.mark.parametrize(
    ("settings", "way"),
    [
        ({}, "test"),
        ({"GUICHET_EID_TRUST": "/somewhere"}, "ocsp"),
        ({"GUICHET_ENVIRONMENT": "production"}, "ocsp"),
        ({"GUICHET_EID_REVOCATION": "none"}, "none"),
        ({"GUICHET_EID_REVOCATION": "crl:/lists"}, "crl:/lists"),
        ({"GUICHET_EID_REVOCATION": "ocsp:http://host/path"}, "ocsp:http://host/path"),
    ],
)
def test_how_the_status_of_a_card_is_asked(settings: dict[str, str], way: str) -> None:
    assert Environment.read(settings).eid_revocation == way


@pytest.mark.parametrize("text", ["crl", "crl:lists", "ocsp:host", "ocsp:ftp://host", "maybe"])
def test_another_way_is_refused(text: str) -> None:
    with pytest.raises(SettingRefused, match="GUICHET_EID_REVOCATION"):
        Environment.read({"GUICHET_EID_REVOCATION": text})
    production = {"GUICHET_ENVIRONMENT": "production", "GUICHET_EID_REVOCATION": "test"}
    with pytest.raises(SettingRefused, match="GUICHET_EID_REVOCATION"):
        Environment.read(production)


def test_a_renewed_certificate_is_used_at_once_and_a_broken_one_is_not(tmp_path: Path) -> None:
    environment = Environment.read({"GUICHET_VAR": str(tmp_path)})
    keys.prepare(environment)
    files = _Files(environment)
    first = files.context()
    assert files.context() is first

    other = tmp_path / "other"
    ensure_server_certificate(other, hosts=["eid.localhost"], now=NOW)
    (other / "server.key").replace(environment.eid_key)
    assert files.context() is first  # the key is not of the certificate that still lies there
    (other / "server.pem").replace(environment.eid_certificate)
    assert files.context() is not first

    (environment.eid_trust / "broken.pem").write_bytes(b"no certificate")
    assert len(files.trust().authorities) == 3
