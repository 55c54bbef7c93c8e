"""The time-stamp authority behind its port: RFC 3161 over HTTP, or none."""

import functools
from typing import Final

import httpx
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

_SECONDS: Final = 10
_LARGEST: Final = 64 * 1024


class StampRefused(OSError):
    """The time-stamp authority did not give a time stamp; try again later."""


@functools.cache
def stamper(url: str) -> TimeStamper:
    """The authority at ``url``; kept, because the size of its answers is asked once."""
    return HttpStamper(url)


class HttpStamper(TimeStamper):
    """Asks a time-stamp authority for each seal."""

    def __init__(self, url: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # of pyHanko
        self._url, self._transport = url, transport

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """One question, one answer; raises StampRefused."""
        headers = {"Content-Type": "application/timestamp-query"}
        try:
            async with httpx.AsyncClient(timeout=_SECONDS, transport=self._transport) as client:
                answer = await client.post(self._url, content=req.dump(), headers=headers)
        except httpx.HTTPError as fault:
            raise StampRefused(type(fault).__name__) from None
        kind = answer.headers.get("Content-Type", "")
        is_stamp = kind.startswith("application/timestamp-reply")
        if answer.status_code != httpx.codes.OK or not is_stamp or len(answer.content) > _LARGEST:
            raise StampRefused(f"status {answer.status_code}")
        try:
            return tsp.TimeStampResp.load(answer.content)
        except ValueError:
            raise StampRefused("not a time stamp") from None
