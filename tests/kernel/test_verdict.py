from __future__ import annotations

import pytest

from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict

ACT = LegalSource("Act of 27 June 1969", "art. 30bis")
LATE = Finding("notice.late", Severity.WARN, ACT, {"days": 12})
OVERLAP = Finding("period.overlap", Severity.BLOCK, ACT)


def test_a_verdict_blocks_as_soon_as_one_finding_does() -> None:
    assert Verdict("refused", (LATE, OVERLAP)).blocks
    assert not Verdict("accepted", (LATE,)).blocks
    assert not Verdict("accepted").blocks


def test_findings_are_picked_by_severity() -> None:
    verdict = Verdict("refused", (LATE, OVERLAP))

    assert verdict.of(Severity.WARN) == (LATE,)
    assert verdict.of(Severity.INFORM) == ()


def test_the_inputs_of_a_finding_are_frozen_when_it_is_made() -> None:
    inputs: dict[str, object] = {"days": 12}
    finding = Finding("notice.late", Severity.WARN, ACT, inputs)

    inputs["days"] = 13

    assert finding == LATE
    assert finding.inputs["days"] == 12
    with pytest.raises(TypeError):
        finding.inputs["days"] = 14  # type: ignore[index]


def test_equal_findings_are_one_in_a_set() -> None:
    twin = Finding("notice.late", Severity.WARN, ACT, {"days": 12})

    assert len({LATE, twin, OVERLAP}) == 2


def test_a_legal_source_is_printed_with_its_article() -> None:
    assert str(ACT) == "Act of 27 June 1969, art. 30bis"
    assert str(LegalSource("Royal Decree of 12 December 2001")) == (
        "Royal Decree of 12 December 2001"
    )
