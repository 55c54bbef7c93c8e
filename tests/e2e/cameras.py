"""A browser whose camera plays a film of codes on white paper, one after the other."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page

from tests.browser import FLAGS, PHONE, Window
from tests.live import Live
from tests.portal.visits import Told

Open = Callable[..., Page]
_WIDE, _HIGH, _SIDE, _TURNS = 640, 480, 440, 10


def film(*texts: str | None) -> bytes:
    """YUV4MPEG2: each code, or paper alone, for a second in turn."""
    head = f"YUV4MPEG2 W{_WIDE} H{_HIGH} F{_TURNS}:1 Ip A1:1 C420mpeg2\n".encode()
    grey = b"\x80" * (_WIDE * _HIGH // 2)
    frames = [b"FRAME\n" + _paper(text) + grey for text in texts]
    return head + b"".join(frame * (_TURNS if len(frames) > 1 else 1) for frame in frames)


def _paper(text: str | None) -> bytes:
    paper = bytearray(b"\xeb" * (_WIDE * _HIGH))
    if text is not None:
        code = segno.make(text, error="m", micro=False).matrix
        scale = min(8, _SIDE // len(code))
        left, top = (_WIDE - len(code) * scale) // 2, (_HIGH - len(code) * scale) // 2
        for row, modules in enumerate(code):
            line = b"".join((b"\x10" if dark else b"\xeb") * scale for dark in modules)
            for y in range(top + row * scale, top + (row + 1) * scale):
                paper[y * _WIDE + left : y * _WIDE + left + len(line)] = line
    return bytes(paper)


@pytest.fixture
def camera(browser: Browser, live: Live, filled: Told, tmp_path: Path) -> Iterator[Open]:
    """A phone of somebody of the world, the worker without a word, whose camera sees codes."""
    opened: list[tuple[Browser, Window]] = []

    def open_phone(*texts: str | None, who: str = "worker") -> Page:
        played = tmp_path / "camera.y4m"
        played.write_bytes(film(*texts))
        phone = browser.browser_type.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=[
                *FLAGS,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={played}",
            ],
        )
        window = Window(phone, live)
        opened.append((phone, window))
        page = window.page(viewport=PHONE, permissions=["camera"])
        if who:
            cookie = {"name": "guichet_portal", "value": getattr(filled, who), "url": live.portal}
            page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain cookie
        return page

    yield open_phone
    for phone, window in opened:
        phone.close()
        assert window.complaints == []
