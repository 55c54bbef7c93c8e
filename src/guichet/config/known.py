"""The table of the settings: what each is called, its default in words, what it does.

No Django here. `guichet doctor --settings` prints it as it stands in docs/settings.md.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it is called, its default in words, what it does."""

    name: str
    default: str
    meaning: str


SETTINGS: Final = (
    Setting(
        "GUICHET_ENVIRONMENT", "simulation", "`simulation`, or `production`: nothing demo-like."
    ),
    Setting("GUICHET_PORT", "8000", "Port of the pages."),
    Setting("GUICHET_SERVICES_PORT", "8001", "Port of the services for machines."),
    Setting("GUICHET_CSAM_PORT", "8002", "Port of the bundled sign-in provider."),
    Setting("GUICHET_EID_PORT", "8003", "Port of the listener for identity cards (always TLS)."),
    Setting("GUICHET_BIND", "127.0.0.1", "Address on which all ports listen."),
    Setting("GUICHET_URL", "http://portal.localhost:PORT", "What the world calls the pages."),
    Setting(
        "GUICHET_SERVICES_URL",
        "http://services.localhost:PORT",
        "What the world calls the services; tokens are issued under this name.",
    ),
    Setting(
        "GUICHET_CSAM_URL",
        "http://csam.localhost:PORT",
        "What the world calls the bundled sign-in provider.",
    ),
    Setting(
        "GUICHET_EID_URL",
        "https://eid.localhost:PORT",
        "What the world calls the listener for identity cards.",
    ),
    Setting(
        "GUICHET_ISSUER",
        "the bundled provider",
        "Issuer of the OpenID provider at which people sign in; its configuration is read there.",
    ),
    Setting("GUICHET_CLIENT_ID", "guichet-portal", "Our client id at that provider."),
    Setting(
        "GUICHET_CLIENT_SECRET",
        "derived from the secret key for the bundled provider",
        "Our client secret at that provider; required with another issuer.",
    ),
    Setting("GUICHET_CLIENT_SECRET_FILE", "none", "File with the client secret, instead of it."),
    Setting(
        "GUICHET_PASSWORD_PROFILE",
        "official",
        "`official`: the rules of the posted access codes; `modern`: length and a breach list.",
    ),
    Setting(
        "GUICHET_SMTP_URL",
        "none: mail stays in the outbox",
        "`smtp://user:password@host:port`, `smtps://` for TLS from the start.",
    ),
    Setting("GUICHET_MAIL_FROM", "guichet@localhost", "Sender of our mail."),
    Setting(
        "GUICHET_HOSTS",
        "hosts of all URLs, localhost, 127.0.0.1",
        "Host names that are answered, separated by commas; adds to the default.",
    ),
    Setting("GUICHET_VAR", "./var", "Folder of what is kept: database, secrets, logs."),
    Setting(
        "GUICHET_DATABASE_URL",
        "embedded PostgreSQL in the var folder",
        "`postgresql://…` of a server of your own, version 15 or newer.",
    ),
    Setting(
        "GUICHET_PG_BIN",
        "the wheel's PostgreSQL 18, else the system's",
        "Folder with `initdb` and `postgres` for the embedded database.",
    ),
    Setting(
        "GUICHET_PG_USER",
        "`postgres`, else `nobody`",
        "Account that runs the embedded database when Guichet is started by root.",
    ),
    Setting(
        "GUICHET_SECRET_KEY",
        "made under var/secrets in simulation",
        "Signs sessions and forms, at least 50 signs; required in production.",
    ),
    Setting("GUICHET_SECRET_KEY_FILE", "none", "File with the secret key, instead of the key."),
    Setting(
        "GUICHET_OAUTH_KEYS",
        "made under var/secrets in simulation",
        "File with a JWK set of private P-256 keys; the first signs. Required in production by "
        "the services.",
    ),
    Setting(
        "GUICHET_CSAM_KEYS",
        "made under var/secrets in simulation",
        "File with a JWK set of private P-256 keys: they sign what the bundled provider says.",
    ),
    Setting(
        "GUICHET_EID_CERTIFICATE",
        "made under var/secrets in simulation",
        "PEM file with the certificate of the listener for identity cards and those above it; "
        "required in production with the bundled provider.",
    ),
    Setting("GUICHET_EID_KEY", "beside it", "PEM file with the private key of that certificate."),
    Setting(
        "GUICHET_EID_TRUST",
        "a test authority under var/secrets in simulation",
        "Folder with the certificates of every authority whose cards are accepted: roots and "
        "those between; required in production with the bundled provider.",
    ),
    Setting(
        "GUICHET_EID_REVOCATION",
        "`ocsp`; in simulation the test authority's own list",
        "`ocsp`, the responder that the card names; `ocsp:http://host/path`, another; "
        "`crl:/folder`, revocation lists that you keep current; `none`.",
    ),
    Setting(
        "GUICHET_EID_STATUS_REQUIRED",
        "on",
        "`off`: a card whose status nobody can tell at this moment is accepted.",
    ),
    Setting(
        "GUICHET_EID_RSA_CARDS",
        "on",
        "`off`: TLS 1.3 too, which hides the card from the network, but only cards with a key on "
        "an elliptic curve can sign in.",
    ),
    Setting(
        "GUICHET_RECEIPT_KEYS",
        "made under var/secrets in simulation",
        "File with the keys of receipts of presence, a JSON Web Key set of Ed25519 keys: the first "
        "signs, all are published. Where it is not there, receipts carry no QR code.",
    ),
    Setting(
        "GUICHET_SEAL",
        "made under var/secrets in simulation",
        "Folder with the seal of documents: `seal.key` (P-256), `seal.pem` (its certificate and "
        "those above it), `former.pem` (earlier certificates, if any). Required in production by "
        "the worker.",
    ),
    Setting(
        "GUICHET_SEAL_PROVIDER",
        "none: the files of GUICHET_SEAL",
        "`module:function` that gives an institution's own seal, in a security module for example.",
    ),
    Setting(
        "GUICHET_TIMESTAMP_URL",
        "none: seals without a time stamp",
        "Address of a time-stamp authority (RFC 3161).",
    ),
    Setting(
        "GUICHET_CLAMAV",
        "none: attachments are not searched for viruses",
        "`tcp://host:port` or `unix:/path` of a ClamAV daemon that looks at every attachment.",
    ),
    Setting(
        "GUICHET_TOKEN_AUDIENCES",
        "none",
        "Further audiences accepted in client assertions, separated by commas.",
    ),
    Setting("GUICHET_INGEST", "on", "`off`: Django answers the hot operations too (reference)."),
    Setting(
        "GUICHET_SITE_REF_STRICT",
        "off",
        "`on`: a works reference must obey its check digit to be accepted.",
    ),
    Setting(
        "GUICHET_SSIN_STRICT", "off", "`on`: a person's number must obey its check to be accepted."
    ),
    Setting(
        "GUICHET_TERMS",
        "on",
        "`off`: nobody is asked to accept the terms of use, because another site does.",
    ),
    Setting("GUICHET_SFTP_PORT", "8022", "Port of the folders for files (SFTP)."),
    Setting(
        "GUICHET_SFTP_KEY",
        "VAR/secrets/sftp/host.key",
        "File with the host key of the SFTP port; made at the first start of a simulation.",
    ),
    Setting(
        "GUICHET_MESSAGE_FILE_MEGABYTES",
        "200",
        "How large a file of communications of temporary unemployment may be.",
    ),
    Setting("GUICHET_MESSAGE_FILE_FORMS", "50000", "How many forms such a file may hold."),
    Setting("GUICHET_CLOCK_SHIFT", "0", "Seconds by which the clock is moved; simulation only."),
    Setting("GUICHET_LOG_LEVEL", "info", "`debug`, `info`, `warning` or `error`."),
    Setting(
        "GUICHET_ROLE",
        "portal",
        "`portal`, `services`, `worker`, `sftp`, `csam` or `eid`; set by `guichet run` and "
        "`serve`.",
    ),
)


def settings_table() -> str:
    """The Markdown table of every setting, as printed in docs/settings.md."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    lines += [f"| `{item.name}` | {item.default} | {item.meaning} |" for item in SETTINGS]
    return "\n".join(lines) + "\n"
