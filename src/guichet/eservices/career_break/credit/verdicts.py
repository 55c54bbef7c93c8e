"""The two answers of a simulation as pages show them, never merged."""

from guichet.eservices.career_break.credit.simulation import Answer as Simulated
from guichet.eservices.career_break.law import Answer, Reason
from guichet.kernel.verdict import Finding, Severity
from guichet.rules.career_break.findings import is_unknown, sentence


def verdicts(found: Simulated) -> tuple[Answer, Answer]:
    """The right to be absent, and the allowance, which never comes without the right."""
    absent, paid = found.right, found.allowance
    return (
        Answer(absent.outcome.exists, absent.outcome.is_certain, _reasons(absent.findings)),
        Answer(found.is_paid, paid.outcome.is_certain, _reasons(paid.findings)),
    )


def _reasons(findings: tuple[Finding, ...]) -> tuple[Reason, ...]:
    return tuple(
        Reason(sentence(one).as_mapping(), one.source, one.severity, is_unknown(one))
        for one in findings
    )


def blocking(found: Simulated, *, language: str) -> list[str]:
    """Why a period of a plan may not be taken, in a language."""
    return [
        sentence(one).in_language(language)
        for one in found.right.findings
        if one.severity is Severity.BLOCK
    ]
