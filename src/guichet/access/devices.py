"""What is kept of a browser: enough for its owner to know it again, too little to follow him."""

import ipaddress
from typing import Final

_BROWSERS: Final = (
    ("Firefox", "Firefox"),
    ("Edg", "Edge"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """Which browser on which system, in two words of a fixed list; nothing for the unknown."""
    words = (
        next((name for sign, name in known if sign in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(word for word in words if word)


def masked_address(text: str) -> str:
    """The network of an address, not the machine: /24, or /48 for IPv6; nothing for no address."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    length = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False).network_address)
