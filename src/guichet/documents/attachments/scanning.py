"""Looking for viruses, behind a port: a ClamAV daemon, or nobody."""

import socket
import struct
from typing import Final, Protocol
from urllib.parse import urlsplit

from django.conf import settings

_SECONDS: Final = 30
_CHUNK: Final = 64 * 1024


class ScannerAway(OSError):
    """The scanner does not answer, or not as it should: nothing is accepted meanwhile."""


class Scanner(Protocol):
    """Who looks at files."""

    def is_clean(self, data: bytes) -> bool:
        """Whether nothing was found; raises ScannerAway."""


class Clamd:
    """The daemon of ClamAV at ``tcp://host:port`` or ``unix:/path``, by its command INSTREAM."""

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)

    def is_clean(self, data: bytes) -> bool:
        """Whether nothing was found; raises ScannerAway."""
        try:
            with self._connected() as link:
                link.sendall(b"zINSTREAM\0")
                for at in range(0, len(data), _CHUNK):
                    chunk = data[at : at + _CHUNK]
                    link.sendall(struct.pack(">I", len(chunk)) + chunk)
                link.sendall(struct.pack(">I", 0))
                answer = link.makefile("rb").read(1_000)
        except OSError as fault:
            raise ScannerAway(type(fault).__name__) from None
        said = answer.rstrip(b"\0\n").decode("ascii", "replace")
        if said.endswith(" FOUND"):
            return False
        if said != "stream: OK":
            raise ScannerAway("an answer that is none")
        return True

    def _connected(self) -> socket.socket:
        if self._parts.scheme == "tcp":
            place = (self._parts.hostname or "", self._parts.port or 3310)
            return socket.create_connection(place, timeout=_SECONDS)
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(_SECONDS)
        try:
            link.connect(self._parts.path)
        except OSError:
            link.close()
            raise
        return link


def scanner() -> Scanner | None:
    """The scanner of this Guichet; None when it has none, which the pages say."""
    address = settings.ENVIRONMENT.clamav
    return Clamd(address) if address else None
