"""``guichet eid-bridge``: reads identity cards for the kiosk in the browser of this computer."""

from __future__ import annotations

import argparse
import os
import re
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from guichet.eservices.presence.kiosk.bridge.cards import (
    FileReader,
    PcscReader,
    Reader,
    ReaderMissing,
)
from guichet.eservices.presence.kiosk.bridge.server import HOST, Bridge, Rules
from guichet.rules.presence_means import CARD_LETTERS

PORT: Final = 8779
_LENGTH: Final = 24
_TOKEN: Final = re.compile(rf"[{CARD_LETTERS}]{{{_LENGTH}}}")


def main(arguments: Sequence[str]) -> int:
    """Serve until told to stop; 1 when there is no reader or the port is taken."""
    chosen = _parser().parse_args(arguments)
    try:
        reader: Reader = FileReader(chosen.card) if chosen.card else PcscReader()
    except ReaderMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    token = _token(chosen.pairing)
    try:
        bridge = Bridge(port=chosen.port, rules=Rules(chosen.origin, token), reader=reader)
    except OSError as fault:
        print(f"Port {chosen.port} cannot be used: {fault.strerror}", file=sys.stderr)
        return 1
    port = bridge.server_address[1]
    kind = "Simulated reader" if chosen.card else "Reader"
    print(f"{kind} for {chosen.origin} on {HOST}:{port}")
    print(f"Pairing code of the kiosk: {port}-{_grouped(token)}", flush=True)
    try:
        bridge.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        bridge.server_close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guichet eid-bridge", description="Read identity cards for the kiosk on this computer."
    )
    parser.add_argument("--origin", type=_origin, required=True, help="of the kiosk's page")
    parser.add_argument("--port", type=int, default=PORT, help=f"on {HOST}; {PORT} when absent")
    parser.add_argument("--card", type=Path, metavar="FILE", help="simulate: in while it is there")
    parser.add_argument(
        "--pairing",
        type=Path,
        metavar="FILE",
        default=Path.home() / ".config" / "guichet" / "eid-bridge",
        help="where the pairing code is kept",
    )
    return parser


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
        raise argparse.ArgumentTypeError("an address such as https://portal.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _token(path: Path) -> str:
    """The code of this computer: made once, readable by its owner alone."""
    try:
        kept = path.read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        kept = ""
    if _TOKEN.fullmatch(kept):
        return kept
    made = "".join(secrets.choice(CARD_LETTERS) for _ in range(_LENGTH))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(made)
    return made


def _grouped(token: str) -> str:
    return "-".join(token[at : at + 4] for at in range(0, len(token), 4))
