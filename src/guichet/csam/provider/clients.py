"""Relying parties: the portal's own, from the settings, and those that an operator registers."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.csam.provider.models import Client
from guichet.platform.db import transaction

CALLBACK: Final = "/sign-in/callback/"


class ClientRefused(Exception):
    """A relying party that cannot be registered; `str()` is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who may send people here, and where they go back to."""

    client_id: str
    name: str
    secret_hash: str = field(repr=False)
    redirect_uris: tuple[str, ...]
    logout_uris: tuple[str, ...] = ()

    def knows(self, secret: str) -> bool:
        """Whether this is its secret, in constant time."""
        return hmac.compare_digest(self.secret_hash, secret_hash(secret))


def relying_party(client_id: str) -> RelyingParty | None:
    """The portal itself, or a registered one, or None."""
    environment = settings.ENVIRONMENT
    if client_id == environment.client_id:
        return RelyingParty(
            client_id=client_id,
            name="Guichet",
            secret_hash=secret_hash(settings.CLIENT_SECRET),
            redirect_uris=(environment.url + CALLBACK,),
            logout_uris=(environment.url + "/",),
        )
    if "\x00" in client_id:
        return None
    row = Client.objects.filter(client_id=client_id).first()
    if row is None:
        return None
    return RelyingParty(
        client_id=row.client_id,
        name=row.name,
        secret_hash=row.secret_hash,
        redirect_uris=tuple(row.redirect_uris),
        logout_uris=tuple(row.logout_uris),
    )


def register(
    *,
    client_id: str,
    name: str,
    redirect_uris: Sequence[str],
    logout_uris: Sequence[str] = (),
    actor: Actor,
    now: datetime,
) -> str:
    """Register a relying party, or replace one; its new secret, which is not kept in clear.

    Raises ClientRefused.
    """
    if client_id == settings.ENVIRONMENT.client_id:
        raise ClientRefused("This client id is the portal's own.")
    if not (client_id.isascii() and client_id.replace("-", "").replace("_", "").isalnum()):
        raise ClientRefused("A client id has letters, digits, hyphens and underscores only.")
    for address in (*redirect_uris, *logout_uris):
        _check(address)
    if not redirect_uris:
        raise ClientRefused("A relying party needs an address to return to.")
    secret = secrets.token_urlsafe(32)
    with transaction():
        Client.objects.update_or_create(
            client_id=client_id,
            defaults={
                "name": name.strip() or client_id,
                "secret_hash": secret_hash(secret),
                "redirect_uris": list(redirect_uris),
                "logout_uris": list(logout_uris),
                "created_at": now,
            },
        )
        trail.record(action="csam.client.registered", actor=actor, target=client_id, now=now)
    return secret


def registered() -> list[Client]:
    """Every relying party that an operator registered, by client id."""
    return list(Client.objects.order_by("client_id"))


def remove(*, client_id: str, actor: Actor, now: datetime) -> None:
    """Forget a relying party: nobody is sent here by it any more.

    Raises ClientRefused when it is the portal's own, or unknown.
    """
    if client_id == settings.ENVIRONMENT.client_id:
        raise ClientRefused("This client id is the portal's own.")
    with transaction():
        count, _ = Client.objects.filter(client_id=client_id).delete()
        if not count:
            raise ClientRefused("There is no relying party with this client id.")
        trail.record(action="csam.client.removed", actor=actor, target=client_id, now=now)


def secret_hash(secret: str) -> str:
    """A digest is enough: secrets are long and random."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _check(address: str) -> None:
    parts = urlsplit(address)
    is_local = parts.hostname in ("localhost", "127.0.0.1") or (parts.hostname or "").endswith(
        ".localhost"
    )
    if parts.fragment or not parts.hostname or parts.scheme not in ("http", "https"):
        raise ClientRefused("An address looks like https://host/path, without a fragment.")
    if parts.scheme == "http" and not is_local:
        raise ClientRefused("Outside this machine an address begins with https.")
