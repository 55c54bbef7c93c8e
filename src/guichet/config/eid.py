"""The eid role: a listener of its own that asks the browser for an identity card.

It holds no page and no session: it judges the certificate and sends the browser on to the sign-in
provider with a ticket. Composition only; what is done stands in ``guichet.csam.eid``.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Generic, TypeVar

from cryptography import x509
from OpenSSL import SSL

from guichet.config.environment import Environment
from guichet.config.orphans import end_with_parent
from guichet.config.texts import SettingRefused
from guichet.csam.eid.door import Door
from guichet.csam.eid.judge import Holder, Refusal, judge
from guichet.csam.eid.listener import Listener, tls_context
from guichet.csam.eid.ocsp import OcspResponder
from guichet.csam.eid.revocation import NoRevocation, Revocation, RevocationLists
from guichet.csam.eid.tickets import RevokedTestCards, TicketStore
from guichet.csam.eid.trust import TrustRefused, TrustStore, read_trust
from guichet.platform import clock, masking
from guichet.platform.embedded import url

T = TypeVar("T")
_log = logging.getLogger(__name__)


def main() -> int:
    """Serve until told to stop; 1 when certificate, key or trust store cannot be used."""
    end_with_parent()
    try:
        environment = Environment.read(os.environ)
        masking.install()
        logging.basicConfig(
            level=environment.log_level.upper(),
            format="%(asctime)s %(levelname)s %(name)s %(message)s",
        )
        listener = made(environment)
    except (SettingRefused, TrustRefused) as refusal:
        print(refusal, file=sys.stderr)
        return 1

    def stop(_number: int, _frame: FrameType | None) -> None:
        listener.stop()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    listener.serve()
    return 0


def made(environment: Environment) -> Listener:
    """A listener with these settings, bound to its port; raises SettingRefused, TrustRefused."""
    environment.require_secrets()
    read_trust(environment.eid_trust, simulation=environment.simulation)
    files = _Files(environment)
    try:
        files.context()
    except SSL.Error:
        raise SettingRefused(
            "GUICHET_EID_CERTIFICATE and GUICHET_EID_KEY must be a certificate and its key, in PEM."
        ) from None
    address = environment.database_url or url(var=environment.var)
    door = Door(
        pages=f"{environment.csam_url}/eid",
        judge=_judge(environment, files.trust, _revocation(environment, address)),
        tickets=TicketStore(address),
        clock=clock.now,
    )
    return Listener(
        bind=environment.bind,
        port=environment.eid_port,
        context=files.context,
        answer=door.answer,
    )


class _Files:
    """Certificate, key and trust store as they lie there now: renewed without a restart.

    While a renewal is half done, or went wrong, the former ones serve on.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._trust = _Renewed(self._read_trust)
        self._context = _Renewed(self._read_context)

    def trust(self) -> TrustStore:
        return self._trust.current(_state(*_listed(self._environment.eid_trust)))

    def context(self) -> SSL.Context:
        folder = _listed(self._environment.eid_trust)
        own = (self._environment.eid_certificate, self._environment.eid_key)
        return self._context.current(_state(*own, *folder))

    def _read_trust(self) -> TrustStore:
        return read_trust(self._environment.eid_trust, simulation=self._environment.simulation)

    def _read_context(self) -> SSL.Context:
        return tls_context(
            certificate=self._environment.eid_certificate,
            key=self._environment.eid_key,
            hints=self.trust().authorities,
            rsa_cards=self._environment.eid_rsa_cards,
        )


class _Renewed(Generic[T]):
    """Something made from files; made again when their state differs, kept when that fails."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: tuple[object, T] | None = None

    def current(self, state: object) -> T:
        made = self._made
        if made is not None and made[0] == state:
            return made[1]
        try:
            value = self._make()
        except (TrustRefused, SSL.Error, OSError):
            if made is None:
                raise
            _log.error("a renewed certificate or trust store cannot be used; the former serves on")
            value = made[1]
        self._made = (state, value)
        return value


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _state(*files: Path) -> tuple[tuple[str, int], ...]:
    """Names and moments of change; 0 for a file that is not there."""
    return tuple((str(file), file.stat().st_mtime_ns if file.exists() else 0) for file in files)


def _judge(
    environment: Environment, trust: Callable[[], TrustStore], revocation: Revocation
) -> Callable[[x509.Certificate | None, datetime], Holder | Refusal]:
    def judged(certificate: x509.Certificate | None, now: datetime) -> Holder | Refusal:
        return judge(
            certificate,
            trust=trust(),
            revocation=revocation,
            status_required=environment.eid_status_required,
            now=now,
        )

    return judged


def _revocation(environment: Environment, address: str) -> Revocation:
    """Whom to ask, by GUICHET_EID_REVOCATION."""
    word, _, rest = environment.eid_revocation.partition(":")
    if word == "test":
        return RevokedTestCards(address)
    if word == "crl":
        return RevocationLists(Path(rest))
    return OcspResponder(url=rest or None) if word == "ocsp" else NoRevocation()


if __name__ == "__main__":
    raise SystemExit(main())
