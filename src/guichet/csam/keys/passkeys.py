"""Passkeys (WebAuthn, level 3): a key pair in the person's device, found there by our host name.

Each challenge is made here, kept here and good once. The device must have recognised its owner
(user verification); its counter must move forward where it has one.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    RegistrationCredential,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.csam.keys import sealing
from guichet.csam.keys.activation import activate
from guichet.csam.keys.holders import Holder, keeping
from guichet.csam.keys.models import Challenge, Key, Passkey
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import CHALLENGE_LIFE, State, check_activation, level_of

_MILLISECONDS: Final = int(CHALLENGE_LIFE.total_seconds() * 1000)
# What a damaged answer of a browser can make the parser stumble over.
_MALFORMED: Final = (
    WebAuthnException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)
_SYSTEM: Final = system("csam.keys")


class PasskeyRefused(Exception):
    """Not an answer to our challenge by a passkey that we know, or by its owner."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed in with a passkey, and how sure that is."""

    niss: str = field(repr=False)
    level: int


def registration_options(*, holder: Holder, label: str, now: datetime) -> str:
    """The options with which a browser makes a passkey, as JSON; raises TooWeak.

    ``label``: what the device shows beside the passkey; never a number of the person.
    """
    check_activation(kind=Means.PASSKEY, level=holder.level, means=holder.means)
    handle, known = _handle(holder.person_id)
    options = webauthn.generate_registration_options(
        rp_id=_rp_id(),
        rp_name="Guichet",
        user_id=handle,
        user_name=label,
        user_display_name=label,
        timeout=_MILLISECONDS,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(one)) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    with keeping(holder.actor, now=now):
        _remember(f"person {holder.person_id}", options.challenge, now)
    return webauthn.options_to_json(options)


def register(*, holder: Holder, answer: str, name: str, now: datetime) -> Key:
    """Keep the passkey that the browser made; raises TooWeak, PasskeyRefused, KeyThere."""
    check_activation(kind=Means.PASSKEY, level=holder.level, means=holder.means)
    handle, _known = _handle(holder.person_id)
    key = None
    with keeping(holder.actor, now=now):
        made = _made(answer, _taken(f"person {holder.person_id}", now))
        if made is not None:
            credential, verified = made
            key = activate(holder, kind=Means.PASSKEY, name=name, account=None, now=now)
            Passkey.objects.create(
                key=key,
                credential_id=verified.credential_id,
                public_key=verified.credential_public_key,
                user_handle=handle,
                sign_count=verified.sign_count,
                transports=[one.value for one in credential.response.transports or ()],
            )
    if key is None:
        raise PasskeyRefused("registration")
    return key


def sign_in_options(*, login: str, now: datetime) -> str:
    """The options with which a browser asks for a passkey, as JSON: it offers those it has."""
    options = webauthn.generate_authentication_options(
        rp_id=_rp_id(),
        timeout=_MILLISECONDS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    with keeping(_SYSTEM, now=now):
        _remember(f"login {login}", options.challenge, now)
    return webauthn.options_to_json(options)


def sign_in(*, login: str, answer: str, now: datetime) -> Signed:
    """Who answered the challenge of this sign-in; raises PasskeyRefused, the same for all."""
    signed = None
    with keeping(_SYSTEM, now=now):
        challenge = _taken(f"login {login}", now)
        passkey = _passkey(answer)
        if challenge is not None and passkey is not None:
            verified = _verified(answer, challenge, passkey)
            signed = None if verified is None else _use(passkey, verified, now)
    if signed is None:
        raise PasskeyRefused("sign-in")
    return signed


def _use(passkey: Passkey, verified: VerifiedAuthentication, now: datetime) -> Signed:
    passkey.sign_count = verified.new_sign_count
    passkey.save(update_fields=["sign_count"])
    key = passkey.key
    key.last_used_at = now
    key.save(update_fields=["last_used_at"])
    level = level_of(kind=Means.PASSKEY, key_level=key.enrolled_level, account_level=None)
    trail.record(
        action="csam.key.used",
        actor=Actor(kind="person", id=key.person.niss),
        target=f"key/{key.pk}",
        now=now,
        detail={"kind": key.kind, "level": level},
    )
    return Signed(niss=key.person.niss, level=level)


def _passkey(answer: str) -> Passkey | None:
    """The active passkey of the answer, locked; its handle must be the one we gave."""
    try:
        credential = parse_authentication_credential_json(answer)
    except _MALFORMED:
        return None
    keys = Passkey.objects.select_for_update(of=("self", "key")).select_related("key__person")
    found = keys.filter(credential_id=credential.raw_id, key__state=State.ACTIVE).first()
    if found is None or credential.response.user_handle != bytes(found.user_handle):
        return None
    return found


def _verified(answer: str, challenge: bytes, passkey: Passkey) -> VerifiedAuthentication | None:
    try:
        return webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(),
            expected_origin=settings.ENVIRONMENT.csam_url,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _MALFORMED:
        return None


def _made(
    answer: str, challenge: bytes | None
) -> tuple[RegistrationCredential, VerifiedRegistration] | None:
    if challenge is None:
        return None
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(),
            expected_origin=settings.ENVIRONMENT.csam_url,
            require_user_verification=True,
        )
        return parse_registration_credential_json(answer), verified
    except _MALFORMED:
        return None


def _remember(holder: str, challenge: bytes, now: datetime) -> None:
    Challenge.objects.filter(until__lte=now).delete()
    Challenge.objects.update_or_create(
        holder=holder, defaults={"challenge": challenge, "until": now + CHALLENGE_LIFE}
    )


def _taken(holder: str, now: datetime) -> bytes | None:
    """The challenge of ``holder``, used up by being taken."""
    found = Challenge.objects.select_for_update().filter(holder=holder).first()
    if found is None:
        return None
    found.delete()
    return bytes(found.challenge) if found.until > now else None


def _handle(person_id: int) -> tuple[bytes, list[bytes]]:
    """What names the person to his devices (no number of his), and the passkeys he has."""
    kept = Passkey.objects.filter(key__person_id=person_id).exclude(key__state=State.REVOKED)
    rows = list(kept.order_by("pk").values_list("user_handle", "credential_id"))
    if rows:
        return bytes(rows[0][0]), [bytes(row[1]) for row in rows]
    return bytes.fromhex(sealing.digest(str(person_id), purpose="passkey holder")), []


def _rp_id() -> str:
    return urlsplit(settings.ENVIRONMENT.csam_url).hostname or ""
