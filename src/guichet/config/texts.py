"""From the text of one environment variable to one value, or the sentence that says what is wrong.

No Django here. Which variables there are: `known`; what they become together: `environment`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from guichet.config.known import SETTINGS

# Settings of the tests and of programs beside the server; they change nothing here.
_KNOWN: Final = {setting.name for setting in SETTINGS} | {"GUICHET_TEST_PG_BIN"}


class SettingRefused(Exception):
    """One sentence about one setting, for the person who starts Guichet."""


class Texts:
    """Turns one text into one value, or says which setting is wrong and why."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        for name in variables:
            if name.startswith("GUICHET_") and name not in _KNOWN:
                raise SettingRefused(f"{name} is not a setting of Guichet; see docs/settings.md.")

    def text(self, name: str) -> str | None:
        """The text without blanks around it; None for none."""
        return self._variables.get(name, "").strip() or None

    def words(self, name: str) -> tuple[str, ...]:
        """The parts between commas."""
        parts = (self.text(name) or "").split(",")
        return tuple(part.strip() for part in parts if part.strip())

    def path(self, name: str) -> Path | None:
        """A path, made absolute; None for none."""
        text = self.text(name)
        return Path(text).absolute() if text else None

    def paths(self, *names: str) -> tuple[Path, ...]:
        """The paths of those that are set."""
        return tuple(path for name in names if (path := self.path(name)))

    def port(self, name: str, default: int) -> int:
        """A port from 1 to 65535."""
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
            raise SettingRefused(f"{name} must be a port between 1 and 65535, not {text!r}.")
        return int(text)

    def count(self, name: str, default: int) -> int:
        """A whole number from 1 to a million."""
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1_000_000):
            raise SettingRefused(f"{name} must be a number from 1 to 1000000, not {text!r}.")
        return int(text)

    def seconds(self, name: str, *, allowed: bool) -> float:
        """A number of seconds within ten years, where the clock may be moved."""
        text = self.text(name) or "0"
        if text != "0" and not allowed:
            raise SettingRefused(f"{name} moves the clock and exists in simulation only.")
        try:
            # Ten years either way: beyond that no rule has parameters and dates overflow.
            if abs(value := float(text)) <= 315_576_000:
                return value
        except ValueError:
            pass
        raise SettingRefused(f"{name} must be a number of seconds within ten years, not {text!r}.")

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        text = self.text(name) or default
        if text not in allowed:
            raise SettingRefused(f"{name} must be one of {', '.join(allowed)}, not {text!r}.")
        return text

    def switch(self, name: str, *, default: bool) -> bool:
        """``on`` or ``off``."""
        return self.choice(name, ("on", "off"), "on" if default else "off") == "on"

    def url(self, name: str, default: str) -> str:
        """An origin, without a path."""
        text = (self.text(name) or default).rstrip("/")
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            raise SettingRefused(f"{name} must look like https://host[:port], not {text!r}.")
        return text

    def database_url(self) -> str | None:
        """The address of PostgreSQL; None for the embedded one."""
        text = self.text("GUICHET_DATABASE_URL")
        if text and urlsplit(text).scheme not in ("postgresql", "postgres"):
            raise SettingRefused("GUICHET_DATABASE_URL must begin with postgresql://.")
        return text

    def secret(self, name: str) -> str | None:
        """The text of a setting, or of the file that ``name`` with ``_FILE`` names."""
        file = self.path(f"{name}_FILE")
        if file is None:
            return self.text(name)
        try:
            return file.read_text("utf-8").strip()
        except OSError as fault:
            raise SettingRefused(f"{name}_FILE cannot be read: {fault.strerror}.") from None

    def issuer(self) -> str | None:
        """The address of a sign-in provider of others; None for the bundled one."""
        text = (self.text("GUICHET_ISSUER") or "").rstrip("/")
        parts = urlsplit(text)
        if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
            raise SettingRefused(f"GUICHET_ISSUER must look like https://host/path, not {text!r}.")
        return text or None

    def revocation(self, default: str) -> str:
        """One of the ways of asking for the status of a card, as docs/settings.md lists them."""
        text = self.text("GUICHET_EID_REVOCATION") or default
        word, _, rest = text.partition(":")
        is_way = text in ("ocsp", "none", default) or (word == "crl" and rest.startswith("/"))
        if not is_way and not (word == "ocsp" and urlsplit(rest).scheme in ("http", "https")):
            raise SettingRefused(
                "GUICHET_EID_REVOCATION must be ocsp, ocsp:http://…, crl:/folder or none."
            )
        return text

    def smtp_url(self) -> str | None:
        """Where mail goes; None for the outbox."""
        text = self.text("GUICHET_SMTP_URL")
        parts = urlsplit(text or "")
        if text and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise SettingRefused("GUICHET_SMTP_URL must begin with smtp:// or smtps:// and a host.")
        return text

    def seal_provider(self) -> str | None:
        """A function of others that seals, as ``module:function``."""
        text = self.text("GUICHET_SEAL_PROVIDER")
        module, _, name = (text or "a:a").partition(":")
        if not all(part.isidentifier() for part in (*module.split("."), name)):
            raise SettingRefused("GUICHET_SEAL_PROVIDER must look like module:function.")
        return text

    def timestamp_url(self) -> str | None:
        """The time-stamp authority; None for none."""
        text = self.text("GUICHET_TIMESTAMP_URL")
        parts = urlsplit(text or "")
        if text and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise SettingRefused("GUICHET_TIMESTAMP_URL must begin with http:// or https://.")
        return text

    def clamav(self) -> str | None:
        """The virus scanner; None for none."""
        text = self.text("GUICHET_CLAMAV")
        parts = urlsplit(text or "")
        is_tcp = parts.scheme == "tcp" and parts.hostname and ":" in parts.netloc
        is_socket = parts.scheme == "unix" and parts.path.startswith("/")
        if text and not (is_tcp or is_socket):
            raise SettingRefused("GUICHET_CLAMAV must be tcp://host:port or unix:/path.")
        return text

    def secret_key(self) -> str | None:
        """The secret key, of at least fifty signs."""
        text = self.secret("GUICHET_SECRET_KEY")
        if text and len(text) < 50:
            raise SettingRefused("The secret key must have at least 50 signs.")
        return text
