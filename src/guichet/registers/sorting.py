"""The order of names: the database collates by bytes, so the key is made here."""

import unicodedata


def sort_key(*parts: str) -> str:
    """Casefolded, unaccented, single blanks: ``De Smét  Léa`` and ``de smet lea`` are one key."""
    text = unicodedata.normalize("NFKD", " ".join(parts).casefold())
    bare = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(bare.split())
