"""Every setting is read once, checked, and refused in one sentence."""

from pathlib import Path

import pytest

from guichet.config import keys
from guichet.config.environment import Environment
from guichet.config.known import SETTINGS, settings_table
from guichet.config.texts import SettingRefused

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_defaults_are_a_simulation_on_two_ports() -> None:
    environment = Environment.read({})
    assert environment.simulation
    assert (environment.port, environment.services_port) == (8000, 8001)
    assert environment.url == "http://portal.localhost:8000"
    assert environment.issuer == "http://services.localhost:8001/REST/oauth/v5"
    assert environment.ingest_enabled


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("GUICHET_PORT", "0"),
        ("GUICHET_PORT", "http"),
        ("GUICHET_SERVICES_PORT", "65536"),
        ("GUICHET_URL", "guichet.example"),
        ("GUICHET_URL", "https://guichet.example/path"),
        ("GUICHET_ENVIRONMENT", "test"),
        ("GUICHET_DATABASE_URL", "mysql://x"),
        ("GUICHET_INGEST", "maybe"),
        ("GUICHET_CLOCK_SHIFT", "nan"),
        ("GUICHET_CLOCK_SHIFT", "1e12"),
        ("GUICHET_LOG_LEVEL", "loud"),
        ("GUICHET_ROLE", "king"),
        ("GUICHET_SECRET_KEY", "short"),
        ("GUICHET_PROT", "8000"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name: str, text: str) -> None:
    with pytest.raises(SettingRefused) as refusal:
        Environment.read({name: text})
    assert "secret" in str(refusal.value) or name in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_a_secret_is_never_repeated_in_a_refusal_or_a_repr() -> None:
    secret = "s" * 49
    with pytest.raises(SettingRefused) as refusal:
        Environment.read({"GUICHET_SECRET_KEY": secret})
    assert secret not in str(refusal.value)
    assert secret not in repr(Environment.read({"GUICHET_SECRET_KEY": secret + "s"}))


@pytest.mark.parametrize("role", ["portal", "services", "worker"])
def test_production_does_not_serve_without_its_secret_key(role: str) -> None:
    environment = Environment.read({"GUICHET_ENVIRONMENT": "production", "GUICHET_ROLE": role})
    with pytest.raises(SettingRefused, match="GUICHET_SECRET_KEY"):
        environment.require_secrets()


def test_production_services_need_their_signing_keys_and_the_portal_does_not(
    tmp_path: Path,
) -> None:
    variables = {
        "GUICHET_ENVIRONMENT": "production",
        "GUICHET_SECRET_KEY": "k" * 50,
        "GUICHET_VAR": str(tmp_path),
    }
    environment = Environment.read(variables)
    environment.of_role("portal").require_secrets()
    with pytest.raises(SettingRefused, match="GUICHET_OAUTH_KEYS"):
        environment.of_role("services").require_secrets()


def test_production_makes_no_secret_for_itself(tmp_path: Path) -> None:
    keys.prepare(
        Environment.read({"GUICHET_ENVIRONMENT": "production", "GUICHET_VAR": str(tmp_path)})
    )
    assert list(tmp_path.iterdir()) == []


def test_a_simulation_makes_its_secrets_once_and_for_its_owner_only(tmp_path: Path) -> None:
    environment = Environment.read({"GUICHET_VAR": str(tmp_path)})
    keys.prepare(environment)
    files = (environment.secret_key_file, environment.oauth_keys)
    first = [file.read_bytes() for file in files]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    keys.prepare(environment)
    assert [file.read_bytes() for file in files] == first
    assert keys.secret_key(environment) == first[0].decode().strip()


def test_the_secret_key_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("f" * 60 + "\n")
    environment = Environment.read({"GUICHET_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert environment.secret_key == "f" * 60
    with pytest.raises(SettingRefused, match="GUICHET_SECRET_KEY_FILE"):
        Environment.read({"GUICHET_SECRET_KEY_FILE": str(tmp_path / "none")})


def test_production_has_no_movable_clock() -> None:
    with pytest.raises(SettingRefused, match="simulation only"):
        Environment.read({"GUICHET_ENVIRONMENT": "production", "GUICHET_CLOCK_SHIFT": "60"})


def test_a_simulation_accepts_both_local_forms_of_the_token_audience() -> None:
    audiences = Environment.read({}).assertion_audiences
    for host in ("localhost", "127.0.0.1", "services.localhost"):
        assert f"http://{host}:8001/REST/oauth/v5/token" in audiences


def test_production_accepts_the_configured_audiences_only() -> None:
    variables = {
        "GUICHET_ENVIRONMENT": "production",
        "GUICHET_SERVICES_URL": "https://api.example",
        "GUICHET_TOKEN_AUDIENCES": "https://old.example/token",
    }
    assert Environment.read(variables).assertion_audiences == (
        "https://api.example/REST/oauth/v5/token",
        "https://api.example/REST/oauth/v5",
        "https://old.example/token",
    )


def test_the_documented_table_is_the_table_of_the_program() -> None:
    assert settings_table() in (REPOSITORY / "docs/settings.md").read_text("utf-8")


def test_every_setting_has_a_name_of_ours_and_a_sentence() -> None:
    for setting in SETTINGS:
        assert setting.name.startswith("GUICHET_")
        assert setting.meaning.endswith(".")
