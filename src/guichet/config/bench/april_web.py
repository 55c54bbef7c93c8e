"""Clerks at the pages, all at once: each types communications for the firm he acts for.

Plain HTTP as a browser without JavaScript sends it; no Django. Nobody asks twice for what was not
answered, so that what was lost is seen.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from typing import Final
from urllib.parse import urlencode, urlsplit

from guichet.config.bench import april_plan
from guichet.config.bench.april_plan import Firm

_AT_ONCE: Final = 8
_HERE: Final = "/temporary-unemployment/"
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SEEN: Final = re.compile(r'name="seen"[^>]*value="([0-9a-f]*)"')
_REFRESHED: Final = 3


class Unanswered(Exception):
    """A page that was not what its clerk expected."""


class Clerk:
    """One session; keeps its connection as a browser does."""

    def __init__(self, port: int, session: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies = {"guichet_portal": session, "guichet_language": "nl"}
        self._token = ""

    def get(self, place: str) -> str:
        """A page."""
        _status, body, _place = self._ask("GET", place, None)
        return body

    def post(self, place: str, boxes: Mapping[str, str], *, file: str = "") -> str:
        """Send a form; where it leads. A file travels as the pages ask it."""
        status, body, to = self._ask("POST", place, dict(boxes), file=file)
        if status != 302:
            raise Unanswered(f"{place}: {status} {_said(body)}")
        return to

    def _ask(
        self, how: str, place: str, boxes: dict[str, str] | None, *, file: str = ""
    ) -> tuple[int, str, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Host": f"127.0.0.1:{self._line.port}",
        }
        body = None
        if boxes is not None:
            boxes["csrfmiddlewaretoken"] = self._token
            kind, body = _multipart(boxes, file) if file else _encoded(boxes)
            headers |= {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self._line.port}"}
        self._line.request(how, place, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _is, rest = line.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        if found := _TOKEN.search(text):
            self._token = found[1]
        if answer.status >= 400:
            raise Unanswered(f"{how} {place}: {answer.status} {_said(text)}")
        return answer.status, text, urlsplit(answer.headers.get("Location", "")).path


class Rush:
    """All clerks; how many items were received, and what went wrong."""

    def __init__(self, port: int, today: date, scale: int) -> None:
        self._port, self._today, self._scale = port, today, scale
        self._lock = threading.Lock()
        self.received = 0
        self.slowest = 0.0
        self.faults: list[str] = []

    def run(self, sessions: Mapping[str, str], places: Mapping[str, str]) -> float:
        """Seconds until the last one is done."""
        began = time.perf_counter()
        firms = [one for one in april_plan.firms(self._scale) if not one.by_file]
        with ThreadPoolExecutor(_AT_ONCE) as clerks:
            list(clerks.map(lambda one: self._typed(one, sessions, places), firms))
        return time.perf_counter() - began

    def _typed(self, firm: Firm, sessions: Mapping[str, str], places: Mapping[str, str]) -> None:
        clerk = Clerk(self._port, sessions[str(firm.at)])
        for at, group in enumerate(firm.groups):
            began = time.perf_counter()
            try:
                self._one(clerk, firm.day(at, self._today), group, places[str(firm.at)])
            except (Unanswered, OSError, http.client.HTTPException) as fault:
                with self._lock:
                    self.faults.append(str(fault))
                return
            with self._lock:
                self.received += len(group)
                self.slowest = max(self.slowest, time.perf_counter() - began)

    def _one(self, clerk: Clerk, day: date, group: list[str], place: str) -> None:
        clerk.get(f"{_HERE}new/E/")
        draft = clerk.post(f"{_HERE}new/E/", {"kind": "first_day"}).rsplit("/", 2)[0]
        boxes = {"do": "next", "establishment": place, "committee": "124"}
        clerk.post(f"{draft}/place/", boxes)
        clerk.post(f"{draft}/month/", {"do": "next", "day": f"{day:%d/%m/%Y}"})
        lines = "\r\n".join(["insz;naam;voornaam", *(f"{niss};Family;Given" for niss in group)])
        clerk.post(f"{draft}/workers/", {"do": "upload"}, file=lines)
        clerk.post(f"{draft}/workers/", {"do": "next"})
        seen = _SEEN.search(clerk.get(f"{draft}/check/"))
        told = {"do": "send", "remarks": "Rush of the day.", "seen": seen[1] if seen else ""}
        to = clerk.post(f"{draft}/check/", told)
        if not to.endswith("/receipt/"):
            raise Unanswered(f"no receipt but {to}")


def _encoded(boxes: Mapping[str, str]) -> tuple[str, bytes]:
    return "application/x-www-form-urlencoded", urlencode(boxes).encode()


def _multipart(boxes: Mapping[str, str], file: str) -> tuple[str, bytes]:
    edge = "edge-of-april"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in boxes.items()
    ]
    parts.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="w.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n{file}\r\n--{edge}--\r\n"
    )
    return f"multipart/form-data; boundary={edge}", "".join(parts).encode()


def _said(body: str) -> str:
    """What a page complains about, without its marks."""
    found = re.findall(r'class="(?:govuk-error-message|govuk-error-summary__body)[^>]*>(.*?)</',
                       body, re.DOTALL)  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", body, re.DOTALL)
    words = [unescape(re.sub(r"<[^>]+>", " ", one)).strip() for one in found[:_REFRESHED]]
    return " ".join([title[1].strip() if title else "", *words])[:400]
