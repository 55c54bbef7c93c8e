"""The map of the sites with its table, and what is seen at each; no person is shown here."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.backoffice.inspection import signal_words, words
from guichet.backoffice.inspection.board import SORTS, Board, SiteRow, board
from guichet.backoffice.inspection.views.entering import current, inspector, language, show
from guichet.platform import clock
from guichet.rules.presence_signals import Kind
from guichet.rules.remarks import ACTIVITIES

# The table is complete: what does not stand on one page stands on the next.
ROWS: Final = 100


@require_GET
@inspector
def index(request: ActingRequest) -> HttpResponse:
    """Signals, map and table of this moment."""
    now = clock.now()
    asked = _asked(request)
    found = _board(asked, now)
    page = _page(request, len(found.rows))
    shown = found.rows[(page - 1) * ROWS : page * ROWS]
    context = {
        "inquiry": current(request, now),
        "board": found,
        "rows": shown,
        "page": page,
        "pages": _pages(len(found.rows)),
        "given": asked,
        "moment": now,
        "sentences": signal_words,
        "activities": {code: words.activity(code) for code in ACTIVITIES},
        "kinds": signal_words.TITLES,
        "persons": sum(row.persons for row in found.rows),
        "empty": sum(not row.persons for row in found.rows),
    }
    return show(request, "board.html", context)


@require_GET
@inspector
def points(request: ActingRequest) -> HttpResponseBase:
    """The same rows for the map, as GeoJSON; 304 while nothing changed."""
    found = _board(_asked(request), clock.now())
    features = [_feature(found, row) for row in found.rows if row.longitude is not None]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="application/geo+json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _board(asked: Mapping[str, str], now: datetime) -> Board:
    sort = asked.get("sort", "signals")
    return board(
        now=now,
        language=language(),
        activity=asked.get("activity"),
        kind=Kind(asked["signal"]) if "signal" in asked else None,
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
    )


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address asks, of the words that exist; anything else asks nothing."""
    known = {
        "activity": set(ACTIVITIES),
        "signal": {kind.value for kind in Kind},
        "sort": {*SORTS, *(f"-{name}" for name in SORTS)},
    }
    return {
        name: request.GET[name] for name, words_ in known.items() if request.GET.get(name) in words_
    }


def _pages(total: int) -> int:
    return max(1, -(-total // ROWS))


def _page(request: HttpRequest, total: int) -> int:
    text = request.GET.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(page, 1), _pages(total))


def _feature(found: Board, row: SiteRow) -> dict[str, Any]:
    """A point with the words that the map says; the same as in the table."""
    weight = found.weight(row.reference)
    numbers = [each.number for each in found.by_site.get(row.reference, ())]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
        "properties": {
            "name": row.name or row.reference,
            "place": row.place,
            "activity": words.activity(row.activity),
            "persons": row.persons,
            "weight": weight.value if weight else "",
            "numbers": numbers,
            "signals": [
                str(signal_words.TITLES[each.signal.kind])
                for each in found.by_site.get(row.reference, ())
            ],
            "href": reverse("inspection:site", args=[row.reference]),
        },
    }
