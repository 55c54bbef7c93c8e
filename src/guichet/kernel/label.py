"""A short official text in the languages of the country, and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """The same text in Dutch, French, German and English; none of them may be empty."""

    nl: str
    fr: str
    de: str
    en: str

    def __post_init__(self) -> None:
        if not all(text.strip() for text in (self.nl, self.fr, self.de, self.en)):
            raise IncompleteLabel("a label needs a text in nl, fr, de and en")

    def in_language(self, code: str) -> str:
        """The text for ``fr``, ``fr-BE``, ``FR_be`` …; English for any other language."""
        match code.replace("_", "-").partition("-")[0].lower():
            case "nl":
                return self.nl
            case "fr":
                return self.fr
            case "de":
                return self.de
            case _:
                return self.en

    def as_mapping(self) -> dict[str, str]:
        """``{"nl": …, "fr": …, "de": …, "en": …}``, ready for JSON."""
        return {"nl": self.nl, "fr": self.fr, "de": self.de, "en": self.en}


class IncompleteLabel(ValueError):
    """A language is missing."""
