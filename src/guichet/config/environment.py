"""Every setting of Guichet: read once from the environment, checked, frozen.

No Django here. The ingest receives plain values from this object, settings.py reads the rest.
What each is for: `known`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from guichet.config.texts import SettingRefused, Texts

ENVIRONMENTS: Final = ("simulation", "production")
Role = Literal["portal", "services", "worker", "sftp", "csam", "eid"]
ROLES: Final[tuple[Role, ...]] = ("portal", "services", "worker", "sftp", "csam", "eid")
# Where the bundled provider keeps its OpenID endpoints, as the federal provider does.
ISSUER_PATH: Final = "/fas/oauth2"
LEVELS: Final = ("debug", "info", "warning", "error")


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
    sftp_port: int
    sftp_key: Path
    message_file_megabytes: int
    message_file_forms: int
    clock_shift: float
    log_level: str

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Environment":
        """Read and check every setting; raises SettingRefused with one sentence.

        A secret that is absent is not refused here: `require_secrets` does, before serving.
        """
        reader = Texts(variables)
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
            sftp_port=reader.port("GUICHET_SFTP_PORT", 8022),
            sftp_key=reader.path("GUICHET_SFTP_KEY") or var / "secrets" / "sftp" / "host.key",
            message_file_megabytes=reader.count("GUICHET_MESSAGE_FILE_MEGABYTES", 200),
            message_file_forms=reader.count("GUICHET_MESSAGE_FILE_FORMS", 50_000),
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
        return ROLES if self.has_bundled_provider else ROLES[:4]

    @property
    def ports(self) -> dict[Role, tuple[str, int]]:
        """For each role that listens: the setting that names its port, and the port."""
        every: dict[Role, tuple[str, int]] = {
            "portal": ("GUICHET_PORT", self.port),
            "services": ("GUICHET_SERVICES_PORT", self.services_port),
            "csam": ("GUICHET_CSAM_PORT", self.csam_port),
            "eid": ("GUICHET_EID_PORT", self.eid_port),
            "sftp": ("GUICHET_SFTP_PORT", self.sftp_port),
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
        if self.role == "eid":
            self._require_card_files()
        if self.role == "worker" and not self.seal_provider and not self.seal.is_dir():
            raise SettingRefused(
                f"GUICHET_SEAL must name a folder with the seal of documents in production; "
                f"{self.seal} is not there."
            )
        self._require_key_files()

    def _require_key_files(self) -> None:
        """The keys of a role, each in a file."""
        for role, name, path, keys in (
            ("csam", "GUICHET_CSAM_KEYS", self.csam_keys, "signing keys"),
            ("services", "GUICHET_OAUTH_KEYS", self.oauth_keys, "signing keys"),
            ("sftp", "GUICHET_SFTP_KEY", self.sftp_key, "host key"),
        ):
            if self.role == role and not path.is_file():
                raise SettingRefused(
                    f"{name} must name a file with the {keys} in production; {path} is not there."
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


def _role(text: str) -> Role:
    for role in ROLES:
        if text == role:
            return role
    raise SettingRefused(f"GUICHET_ROLE must be one of {', '.join(ROLES)}, not {text!r}.")


def _hosts(urls: tuple[str, ...], further: tuple[str, ...]) -> tuple[str, ...]:
    own = [urlsplit(address).hostname or "" for address in urls]
    return tuple(dict.fromkeys([*own, "localhost", ".localhost", "127.0.0.1", "[::1]", *further]))
