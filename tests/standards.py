"""A PDF as an independent program judges it: PDF/A-3a to keep, PDF/UA-1 to be read aloud."""

import page


def breaches(pdf: bytes) -> list[str]:
    """What breaks either standard, each with the number of its rule; empty when both hold."""
    found = []
    for profile in ("3a", "ua1"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        found += [f"{profile} {one.rule_id}: {one.message}" for one in report.failures]
        assert report.is_compliant or report.failures
    return found
