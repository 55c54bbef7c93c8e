"""The benchmark of the rules of career breaks runs; how fast it was is not judged here."""

import json

import pytest

from guichet.config.bench import career_break


def test_the_quick_benchmark_gives_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert career_break.main(["career-break", "--quick", "--json"]) == 0

    figures = json.loads(capsys.readouterr().out)
    assert figures["slowestMs"] >= figures["evaluationMs"] > 0


def test_an_unknown_subject_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        career_break.main(["presence"])

    assert ended.value.code == 2
    assert "career-break" in capsys.readouterr().err
