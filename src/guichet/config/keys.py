"""The secrets that the simulation makes for itself, under var/secrets with mode 0600."""

import hmac
import os
import secrets
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from guichet.access.keys import ensure_keys
from guichet.config.environment import Environment
from guichet.config.sftp import ensure_host_key
from guichet.csam.eid.authority import ensure_authority
from guichet.csam.eid.local_tls import ensure_server_certificate
from guichet.documents.seal_key import ensure_seal
from guichet.eservices.presence.receipts.keys import new_key as new_receipt_key
from guichet.platform import clock

_LOCAL_HOSTS: Final = ("eid.localhost", "localhost", "127.0.0.1", "::1")


def secret_key(environment: Environment) -> str:
    """The key that signs sessions; raises SettingRefused in production when none is set.

    In simulation: the one that `prepare` made, else one for this process only, enough for a
    command that serves nobody (collecting static files, checking types).
    """
    environment.require_secrets()
    if environment.secret_key:
        return environment.secret_key
    file = environment.secret_key_file
    return file.read_text("utf-8").strip() if file.is_file() else secrets.token_urlsafe(64)


def client_secret(environment: Environment, *, key: str) -> str:
    """Our secret at the sign-in provider; both sides of the bundled one derive it from ``key``."""
    if environment.client_secret:
        return environment.client_secret
    return hmac.digest(key.encode(), b"guichet sign-in client", "sha256").hex()


def prepare(environment: Environment) -> None:
    """Make in simulation what is missing: the secret key and the keys that sign tokens."""
    if not environment.simulation:
        return
    if environment.secret_key is None and not environment.secret_key_file.is_file():
        _write(environment.secret_key_file, secrets.token_urlsafe(64))
    ensure_keys(environment.oauth_keys)
    ensure_keys(environment.csam_keys)
    ensure_keys(environment.receipt_keys, make=new_receipt_key)
    _prepare_cards(environment)
    ensure_host_key(environment.sftp_key)
    if environment.seal_provider is None:
        ensure_seal(environment.seal, now=clock.now())


def _prepare_cards(environment: Environment) -> None:
    """A test authority for cards, and a certificate for the listener that asks for them."""
    folder, now = environment.var / "secrets" / "eid", clock.now()
    ensure_authority(environment.card_authority, now=now)
    hosts = (urlsplit(environment.eid_url).hostname or "localhost", *_LOCAL_HOSTS)
    ensure_server_certificate(folder / "server", hosts=tuple(dict.fromkeys(hosts)), now=now)


def _write(file: Path, text: str) -> None:
    """Write once, whole, readable by nobody else; whoever comes second keeps the first's file."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    passing = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text + "\n")
    try:
        os.link(passing, file)
    except FileExistsError:
        pass
    finally:
        passing.unlink()
