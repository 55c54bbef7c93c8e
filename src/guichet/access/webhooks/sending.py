"""Posting to an address that somebody else chose, without becoming his tool.

Only HTTPS to public addresses; the address that was checked is the one connected to, so that a
name that changes its mind meanwhile leads nowhere. No redirect is followed and no answer is kept.
A simulation may also post to the machine itself, with or without TLS.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 10
_LONGEST: Final = 500


class AddressRefused(ValueError):
    """Not an address to which anything is posted; ``why``: form, scheme, userinfo or private."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Unreachable(Exception):
    """Nobody answered; ``str()`` is a word: unreachable, timeout or tls."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect (an address of IP) and what to ask there."""

    is_tls: bool
    host: str
    port: int
    path: str
    ip: str


def checked(address: str, *, is_simulation: bool) -> None:
    """Look at the form of an address without asking anybody; raises AddressRefused."""
    if len(address) > _LONGEST or not address.isascii() or any(c.isspace() for c in address):
        raise AddressRefused("form")
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise AddressRefused("form") from None
    if not host:
        raise AddressRefused("form")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused("userinfo")
    if parts.scheme != "https" and not (is_simulation and parts.scheme == "http"):
        raise AddressRefused("scheme")
    literal = _literal(host)
    if literal is not None and not _may(literal, is_simulation=is_simulation):
        raise AddressRefused("private")


def target(address: str, *, is_simulation: bool) -> Target:
    """The address with its name resolved; raises AddressRefused and Unreachable."""
    checked(address, is_simulation=is_simulation)
    parts = urlsplit(address)
    is_tls, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or (443 if is_tls else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise Unreachable("unreachable") from None
    ips = [str(one[4][0]) for one in found]
    if not all(_may(ipaddress.ip_address(ip), is_simulation=is_simulation) for ip in ips):
        raise AddressRefused("private")
    if not is_tls and not all(ipaddress.ip_address(ip).is_loopback for ip in ips):
        raise AddressRefused("scheme")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_tls, host, port, path, ips[0])


def post(*, to: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """Post once; the status. Raises Unreachable."""
    connection = _Connection(to)
    try:
        connection.request("POST", to.path, body=body, headers=dict(headers))
        return connection.getresponse().status
    except TimeoutError:
        raise Unreachable("timeout") from None
    except ssl.SSLError:
        raise Unreachable("tls") from None
    except (OSError, http.client.HTTPException):
        raise Unreachable("unreachable") from None
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """To the checked address of IP, under the name of the host."""

    def __init__(self, to: Target) -> None:
        super().__init__(to.host, to.port, timeout=SECONDS)
        self._to = to

    def connect(self) -> None:
        """Connect to what was checked, never to the name again."""
        plain = socket.create_connection((self._to.ip, self._to.port), SECONDS)
        if not self._to.is_tls:
            self.sock = plain
            return
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self._to.host)


def _literal(host: str) -> "ipaddress.IPv4Address | ipaddress.IPv6Address | None":
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _may(ip: "ipaddress.IPv4Address | ipaddress.IPv6Address", *, is_simulation: bool) -> bool:
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    if is_simulation and ip.is_loopback:
        return True
    return ip.is_global and not ip.is_multicast
