"""refData: the catalogues of remarks and activities, encoded once, each with its ETag."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from guichet.kernel.label import Label
from guichet.rules.remarks import ACTIVITIES, REMARKS

CACHE_CONTROL: Final = "private, max-age=3600"


@dataclass(frozen=True, slots=True)
class Page:
    """A JSON body and its strong entity tag, quotes included."""

    body: bytes
    etag: str

    def is_known_by(self, if_none_match: str) -> bool:
        """Whether an If-None-Match header names this very body (or any)."""
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return "*" in tags or self.etag in tags


def _page(content: Any) -> Page:
    body = msgspec.json.encode(content)
    return Page(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _pages(name: str, labels: Mapping[str, Label]) -> dict[str, Page]:
    entries = [{"code": code, "labels": label.as_mapping()} for code, label in labels.items()]
    pages = {f"/refData/{name}": _page(entries)}
    pages.update({f"/refData/{name}/{entry['code']}": _page(entry) for entry in entries})
    return pages


# Path under the base of the service -> page.
PAGES: Final[Mapping[str, Page]] = {
    **_pages("remarks", {code: remark.label for code, remark in REMARKS.items()}),
    **_pages("activities", ACTIVITIES),
}
