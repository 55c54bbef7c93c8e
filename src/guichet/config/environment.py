"""Every setting of Guichet: read once from the environment, checked, frozen.

No Django here. The ingest receives plain values from this object, settings.py reads the rest.
What each is for: `known`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from guichet.config.known import SETTINGS

ENVIRONMENTS: Final = ("simulation", "production")
Role = Literal["portal", "services", "worker", "csam", "eid"]
ROLES: Final[tuple[Role, ...]] = ("portal", "services", "worker", "csam", "eid")
# Where the bundled provider keeps its OpenID endpoints, as the federal provider does.
ISSUER_PATH: Final = "/fas/oauth2"
LEVELS: Final = ("debug", "info", "warning", "error")


class SettingRefused(Exception):
    """One sentence about one setting, for the person who starts Guichet."""


@dataclass(frozen=True, slots=True, repr=False)
class Environment:
    """The settings of this process; `repr` is silent because secrets are among them."""

    environment: Literal["simulation", "production"]
    role: Role
    port: int
    services_port: int
    csam_port: int
    eid_port: int
    bind: str
    url: str
    services_url: str
    csam_url: str
    eid_url: str
    sign_in_issuer: str
    client_id: str
    client_secret: str | None
    password_profile: str
    smtp_url: str | None
    mail_from: str
    hosts: tuple[str, ...]
    var: Path
    database_url: str | None
    pg_bin: Path | None
    pg_user: str | None
    secret_key: str | None
    secret_files: tuple[Path, ...]
    oauth_keys: Path
    receipt_keys: Path
    csam_keys: Path
    eid_certificate: Path
    eid_key: Path
    eid_trust: Path
    eid_revocation: str
    eid_status_required: bool
    eid_rsa_cards: bool
    seal: Path
    seal_provider: str | None
    timestamp_url: str | None
    clamav: str | None
    token_audiences: tuple[str, ...]
    ingest_enabled: bool
    site_ref_strict: bool
    ssin_strict: bool
    terms_asked: bool
    clock_shift: float
    log_level: str

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Environment":
        """Read and check every setting; raises SettingRefused with one sentence.

        A secret that is absent is not refused here: `require_secrets` does, before serving.
        """
        reader = _Reader(variables)
        port = reader.port("GUICHET_PORT", 8000)
        services_port = reader.port("GUICHET_SERVICES_PORT", 8001)
        url = reader.url("GUICHET_URL", f"http://portal.localhost:{port}")
        services_url = reader.url(
            "GUICHET_SERVICES_URL", f"http://services.localhost:{services_port}"
        )
        csam_port = reader.port("GUICHET_CSAM_PORT", 8002)
        eid_port = reader.port("GUICHET_EID_PORT", 8003)
        csam_url = reader.url("GUICHET_CSAM_URL", f"http://csam.localhost:{csam_port}")
        eid_url = reader.url("GUICHET_EID_URL", f"https://eid.localhost:{eid_port}")
        var = Path(reader.text("GUICHET_VAR") or "var").absolute()
        environment = reader.choice("GUICHET_ENVIRONMENT", ENVIRONMENTS, "simulation")
        keys = reader.text("GUICHET_OAUTH_KEYS")
        eid, own_trust = var / "secrets" / "eid", reader.path("GUICHET_EID_TRUST")
        return cls(
            environment="production" if environment == "production" else "simulation",
            role=_role(reader.text("GUICHET_ROLE") or "portal"),
            port=port,
            services_port=services_port,
            csam_port=csam_port,
            eid_port=eid_port,
            bind=reader.text("GUICHET_BIND") or "127.0.0.1",
            url=url,
            services_url=services_url,
            csam_url=csam_url,
            eid_url=eid_url,
            sign_in_issuer=reader.issuer() or f"{csam_url}{ISSUER_PATH}",
            client_id=reader.text("GUICHET_CLIENT_ID") or "guichet-portal",
            client_secret=reader.secret("GUICHET_CLIENT_SECRET"),
            password_profile=reader.choice(
                "GUICHET_PASSWORD_PROFILE", ("official", "modern"), "official"
            ),
            smtp_url=reader.smtp_url(),
            mail_from=reader.text("GUICHET_MAIL_FROM") or "guichet@localhost",
            hosts=_hosts((url, services_url, csam_url, eid_url), reader.words("GUICHET_HOSTS")),
            var=var,
            database_url=reader.database_url(),
            pg_bin=reader.path("GUICHET_PG_BIN"),
            pg_user=reader.text("GUICHET_PG_USER"),
            secret_key=reader.secret_key(),
            secret_files=reader.paths("GUICHET_SECRET_KEY_FILE", "GUICHET_CLIENT_SECRET_FILE"),
            oauth_keys=Path(keys).absolute() if keys else var / "secrets" / "oauth-keys.json",
            receipt_keys=reader.path("GUICHET_RECEIPT_KEYS")
            or var / "secrets" / "receipt-keys.json",
            csam_keys=reader.path("GUICHET_CSAM_KEYS") or var / "secrets" / "csam-keys.json",
            eid_certificate=reader.path("GUICHET_EID_CERTIFICATE") or eid / "server/server.pem",
            eid_key=reader.path("GUICHET_EID_KEY") or eid / "server/server.key",
            eid_trust=own_trust or eid / "authority/trust",
            eid_revocation=reader.revocation(
                "test" if environment == "simulation" and not own_trust else "ocsp"
            ),
            eid_status_required=reader.switch("GUICHET_EID_STATUS_REQUIRED", default=True),
            eid_rsa_cards=reader.switch("GUICHET_EID_RSA_CARDS", default=True),
            seal=reader.path("GUICHET_SEAL") or var / "secrets" / "seal",
            seal_provider=reader.seal_provider(),
            timestamp_url=reader.timestamp_url(),
            clamav=reader.clamav(),
            token_audiences=reader.words("GUICHET_TOKEN_AUDIENCES"),
            ingest_enabled=reader.switch("GUICHET_INGEST", default=True),
            site_ref_strict=reader.switch("GUICHET_SITE_REF_STRICT", default=False),
            ssin_strict=reader.switch("GUICHET_SSIN_STRICT", default=False),
            terms_asked=reader.switch("GUICHET_TERMS", default=True),
            clock_shift=reader.seconds("GUICHET_CLOCK_SHIFT", allowed=environment == "simulation"),
            log_level=reader.choice("GUICHET_LOG_LEVEL", LEVELS, "info"),
        )

    @property
    def simulation(self) -> bool:
        """Whether demo data, personas and a movable clock may exist."""
        return self.environment == "simulation"

    @property
    def issuer(self) -> str:
        """The `iss` of our access tokens and the base of the authorisation server."""
        return f"{self.services_url}/REST/oauth/v5"

    @property
    def presence_audience(self) -> str:
        """The `aud` of an access token for the presence service."""
        return f"{self.services_url}/REST/presenceRegistration/v1"

    @property
    def own_acts_audience(self) -> str:
        """The `aud` of a token for a worker's own acts, and the base of their door."""
        return f"{self.services_url}/REST/checkInOut/v1"

    @property
    def own_acts_origins(self) -> tuple[str, ...]:
        """Whose pages may call that door: the portal's, in simulation its local forms too."""
        local = (f"http://{host}:{self.port}" for host in ("localhost", "127.0.0.1"))
        return tuple(dict.fromkeys([self.url, *(local if self.simulation else ())]))

    @property
    def assertion_audiences(self) -> tuple[str, ...]:
        """What a client assertion may name as `aud`; in simulation both local forms too."""
        bases = [self.services_url]
        if self.simulation:
            local = ("localhost", "127.0.0.1", "services.localhost")
            bases += [f"http://{host}:{self.services_port}" for host in local]
        own = [f"{base}/REST/oauth/v5{path}" for base in bases for path in ("/token", "")]
        return tuple(dict.fromkeys([*own, *self.token_audiences]))

    @property
    def static(self) -> Path:
        """Where `make setup` collects the static files."""
        return Path(__file__).resolve().parents[3] / "build" / "static"

    @property
    def fonts(self) -> Path:
        """Where `make setup` puts the fonts of documents."""
        return Path(__file__).resolve().parents[3] / "build" / "fonts"

    @property
    def secret_key_file(self) -> Path:
        """Where the simulation keeps the secret key that it made for itself."""
        return self.var / "secrets" / "secret-key"

    @property
    def card_authority(self) -> Path:
        """The folder of the test authority of the simulation."""
        return self.var / "secrets" / "eid" / "authority"

    @property
    def has_bundled_provider(self) -> bool:
        """Whether people sign in at the provider that comes with Guichet."""
        return self.sign_in_issuer == f"{self.csam_url}{ISSUER_PATH}"

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that a whole Guichet with these settings needs."""
        return ROLES if self.has_bundled_provider else ROLES[:3]

    @property
    def ports(self) -> dict[Role, tuple[str, int]]:
        """For each role that listens: the setting that names its port, and the port."""
        every: dict[Role, tuple[str, int]] = {
            "portal": ("GUICHET_PORT", self.port),
            "services": ("GUICHET_SERVICES_PORT", self.services_port),
            "csam": ("GUICHET_CSAM_PORT", self.csam_port),
            "eid": ("GUICHET_EID_PORT", self.eid_port),
        }
        return {role: port for role, port in every.items() if role in self.roles}

    def of_role(self, role: str) -> "Environment":
        """The same settings for another role; raises SettingRefused for an unknown one."""
        return replace(self, role=_role(role))

    def require_secrets(self) -> None:
        """Refuse to serve without what production needs; raises SettingRefused."""
        if self.simulation:
            return
        if self.secret_key is None:
            raise SettingRefused(
                "GUICHET_SECRET_KEY or GUICHET_SECRET_KEY_FILE must be set in production."
            )
        if not self.has_bundled_provider and self.client_secret is None:
            raise SettingRefused(
                "GUICHET_CLIENT_SECRET or its _FILE must be set with a GUICHET_ISSUER of others."
            )
        if self.role == "csam" and not self.csam_keys.is_file():
            raise SettingRefused(
                f"GUICHET_CSAM_KEYS must name a file with the signing keys in production; "
                f"{self.csam_keys} is not there."
            )
        if self.role == "eid":
            self._require_card_files()
        if self.role == "worker" and not self.seal_provider and not self.seal.is_dir():
            raise SettingRefused(
                f"GUICHET_SEAL must name a folder with the seal of documents in production; "
                f"{self.seal} is not there."
            )
        if self.role == "services" and not self.oauth_keys.is_file():
            raise SettingRefused(
                f"GUICHET_OAUTH_KEYS must name a file with the signing keys in production; "
                f"{self.oauth_keys} is not there."
            )

    def _require_card_files(self) -> None:
        """The listener's own certificate, its key, and whose cards it accepts."""
        for name, path in (
            ("GUICHET_EID_CERTIFICATE", self.eid_certificate),
            ("GUICHET_EID_KEY", self.eid_key),
            ("GUICHET_EID_TRUST", self.eid_trust),
        ):
            if not path.exists():
                raise SettingRefused(f"{name} must be set in production; {path} is not there.")


class _Reader:
    """Turns one text into one value, or says which setting is wrong and why."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        for name in variables:
            if name.startswith("GUICHET_") and name not in _KNOWN:
                raise SettingRefused(f"{name} is not a setting of Guichet; see docs/settings.md.")

    def text(self, name: str) -> str | None:
        return self._variables.get(name, "").strip() or None

    def words(self, name: str) -> tuple[str, ...]:
        parts = (self.text(name) or "").split(",")
        return tuple(part.strip() for part in parts if part.strip())

    def path(self, name: str) -> Path | None:
        text = self.text(name)
        return Path(text).absolute() if text else None

    def paths(self, *names: str) -> tuple[Path, ...]:
        return tuple(path for name in names if (path := self.path(name)))

    def port(self, name: str, default: int) -> int:
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
            raise SettingRefused(f"{name} must be a port between 1 and 65535, not {text!r}.")
        return int(text)

    def seconds(self, name: str, *, allowed: bool) -> float:
        text = self.text(name) or "0"
        if text != "0" and not allowed:
            raise SettingRefused(f"{name} moves the clock and exists in simulation only.")
        try:
            # Ten years either way: beyond that no rule has parameters and dates overflow.
            if abs(value := float(text)) <= 315_576_000:
                return value
        except ValueError:
            pass
        raise SettingRefused(f"{name} must be a number of seconds within ten years, not {text!r}.")

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        text = self.text(name) or default
        if text not in allowed:
            raise SettingRefused(f"{name} must be one of {', '.join(allowed)}, not {text!r}.")
        return text

    def switch(self, name: str, *, default: bool) -> bool:
        return self.choice(name, ("on", "off"), "on" if default else "off") == "on"

    def url(self, name: str, default: str) -> str:
        text = (self.text(name) or default).rstrip("/")
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            raise SettingRefused(f"{name} must look like https://host[:port], not {text!r}.")
        return text

    def database_url(self) -> str | None:
        text = self.text("GUICHET_DATABASE_URL")
        if text and urlsplit(text).scheme not in ("postgresql", "postgres"):
            raise SettingRefused("GUICHET_DATABASE_URL must begin with postgresql://.")
        return text

    def secret(self, name: str) -> str | None:
        """The text of a setting, or of the file that ``name`` with ``_FILE`` names."""
        file = self.path(f"{name}_FILE")
        if file is None:
            return self.text(name)
        try:
            return file.read_text("utf-8").strip()
        except OSError as fault:
            raise SettingRefused(f"{name}_FILE cannot be read: {fault.strerror}.") from None

    def issuer(self) -> str | None:
        text = (self.text("GUICHET_ISSUER") or "").rstrip("/")
        parts = urlsplit(text)
        if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
            raise SettingRefused(f"GUICHET_ISSUER must look like https://host/path, not {text!r}.")
        return text or None

    def revocation(self, default: str) -> str:
        """One of the ways of asking for the status of a card, as docs/settings.md lists them."""
        text = self.text("GUICHET_EID_REVOCATION") or default
        word, _, rest = text.partition(":")
        is_way = text in ("ocsp", "none", default) or (word == "crl" and rest.startswith("/"))
        if not is_way and not (word == "ocsp" and urlsplit(rest).scheme in ("http", "https")):
            raise SettingRefused(
                "GUICHET_EID_REVOCATION must be ocsp, ocsp:http://…, crl:/folder or none."
            )
        return text

    def smtp_url(self) -> str | None:
        text = self.text("GUICHET_SMTP_URL")
        parts = urlsplit(text or "")
        if text and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise SettingRefused("GUICHET_SMTP_URL must begin with smtp:// or smtps:// and a host.")
        return text

    def seal_provider(self) -> str | None:
        text = self.text("GUICHET_SEAL_PROVIDER")
        module, _, name = (text or "a:a").partition(":")
        if not all(part.isidentifier() for part in (*module.split("."), name)):
            raise SettingRefused("GUICHET_SEAL_PROVIDER must look like module:function.")
        return text

    def timestamp_url(self) -> str | None:
        text = self.text("GUICHET_TIMESTAMP_URL")
        parts = urlsplit(text or "")
        if text and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise SettingRefused("GUICHET_TIMESTAMP_URL must begin with http:// or https://.")
        return text

    def clamav(self) -> str | None:
        text = self.text("GUICHET_CLAMAV")
        parts = urlsplit(text or "")
        is_tcp = parts.scheme == "tcp" and parts.hostname and ":" in parts.netloc
        is_socket = parts.scheme == "unix" and parts.path.startswith("/")
        if text and not (is_tcp or is_socket):
            raise SettingRefused("GUICHET_CLAMAV must be tcp://host:port or unix:/path.")
        return text

    def secret_key(self) -> str | None:
        text = self.secret("GUICHET_SECRET_KEY")
        if text and len(text) < 50:
            raise SettingRefused("The secret key must have at least 50 signs.")
        return text


# Settings of the tests and of programs beside the server; they change nothing here.
_KNOWN: Final = {setting.name for setting in SETTINGS} | {"GUICHET_TEST_PG_BIN"}


def _role(text: str) -> Role:
    for role in ROLES:
        if text == role:
            return role
    raise SettingRefused(f"GUICHET_ROLE must be one of {', '.join(ROLES)}, not {text!r}.")


def _hosts(urls: tuple[str, ...], further: tuple[str, ...]) -> tuple[str, ...]:
    own = [urlsplit(address).hostname or "" for address in urls]
    return tuple(dict.fromkeys([*own, "localhost", ".localhost", "127.0.0.1", "[::1]", *further]))
