"""The benchmark of the pages runs, refuses what is no measure, and leaves nothing."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from guichet.config.bench import load as load_module
from guichet.config.bench import presence, sign_in
from guichet.config.bench.load import load_page
from guichet.config.bench.sign_in import Page, Refused
from tests import database

WANTED = tuple(
    f"{part}{figure}"
    for figure in ("PerSecond", "P99Ms")
    for part in ("tiles", "authorize", "sessions", "help")
)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the generator of load waits with epoll")
def test_the_quick_benchmark_prints_every_figure_and_leaves_nothing() -> None:
    command = [sys.executable, "-m", "guichet.config.command", "bench", "sign-in"]

    with tempfile.TemporaryDirectory(prefix="guichet-tests-") as folder:
        # Not under pytest's own folder: nobody but its owner may enter that one.
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [*command, "--quick", "--json", "--folder", folder],
            env=database.python_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        left = list(Path(folder).iterdir())

    assert left == []
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert list(figures)[: len(WANTED)] == list(WANTED)
    assert all(figures[name] > 0 for name in (*WANTED, "passwordHashMs"))
    [only] = figures["rounds"]
    assert figures["tilesPerSecond"] == only["tilesPerSecond"]


def test_an_unknown_subject_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        sign_in.main(["presence"])

    assert ended.value.code == 2
    assert "sign-in" in capsys.readouterr().err


class _Answers(BaseHTTPRequestHandler):
    """Says what the path names, and keeps what came with it."""

    protocol_version = "HTTP/1.1"
    cookies: set[str]

    def do_GET(self) -> None:
        self.cookies.add(self.headers["Cookie"])
        self.send_response(int(self.path.partition("?")[0].strip("/")))
        self.send_header("Set-Cookie", "given=1; Path=/")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"OK")

    def log_message(self, *_args: object) -> None:
        """Silence."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, set[str]]]:
    """A server of this test, and the cookies that it saw."""
    monkeypatch.setattr(load_module.shutil, "which", lambda _name: None)
    monkeypatch.setenv("PYTHONPATH", str(Path(presence.__file__).parents[3]))
    cookies: set[str] = set()
    answers = type("Answers", (_Answers,), {"cookies": cookies})
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as listener:
        thread = threading.Thread(target=listener.serve_forever, args=[0.01], daemon=True)
        thread.start()
        yield listener.server_port, cookies
        listener.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "is_fault"), [(200, False), (303, False), (403, True)])
def test_a_page_is_asked_for_with_its_cookie_and_a_refusal_is_a_fault(
    server: tuple[int, set[str]], status: int, is_fault: bool
) -> None:
    port, cookies = server

    done = load_page(port=port, connections=2, seconds=1, place=f"/{status}", cookie="a=b")

    assert cookies == {"a=b"}
    assert done.calls > 0
    assert done.faults == (done.calls if is_fault else 0)


def test_another_answer_than_the_one_meant_is_no_measure(server: tuple[int, set[str]]) -> None:
    port, _ = server

    assert sign_in._look_at(Page(port, "/303", "a=b"), 303) == ["given=1; Path=/"]
    with pytest.raises(Refused, match="status 302, not 200"):
        sign_in._look_at(Page(port, "/302?secret=x", "a=b"), 200)
