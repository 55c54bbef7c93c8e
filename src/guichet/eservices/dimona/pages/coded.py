"""A form whose anomalies are said where they belong."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from guichet.eservices.dimona.pages import words


class Coded(forms.Form):
    """``fields_of``: the fields on which an anomaly of a zone (or one anomaly by its whole code)
    may be said, all others above."""

    fields_of: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def tell(self, codes: Iterable[str]) -> None:
        """Put each anomaly, in the language of the page, on its field or above the form."""
        for code in codes:
            self.add_error(self._place(code), f"{words.anomaly(code)} ({code})")

    def may_tell(self, code: str) -> bool:
        """Whether a field of this form is what an anomaly is about."""
        return self._place(code) is not None

    def _place(self, code: str) -> str | None:
        zone, _, fault = code.partition("-")
        known = self.fields_of.get(code) or self.fields_of.get(zone, ())
        names = [name for name in known if name in self.fields]
        if fault == "001":  # missing: the first one that is empty
            names = [name for name in names if not self._given(name)] or names
        return names[0] if names else None

    def _given(self, name: str) -> Any:
        return self.cleaned_data.get(name) if hasattr(self, "cleaned_data") else None

    def hour(self, name: str) -> str | None:
        """An hour as messages write it, ``0830``, or as it was typed."""
        return (self.cleaned_data.get(name) or "").replace(":", "") or None
