"""Background work on access codes."""

from procrastinate.contrib.django import app

from guichet.audit.actors import system
from guichet.csam.codes import operations
from guichet.platform import clock


@app.task(name="csam.post_codes")
def post_codes(
    niss: str,
    enterprise_number: str | None,
    quality: str | None,
    email: str = "",
    phone: str = "",
) -> None:
    """Make provisional codes for a person and send them, as the nomination asks."""
    operations.post_codes(
        niss=niss,
        enterprise_number=enterprise_number,
        quality=quality,
        email=email,
        phone=phone,
        actor=system("csam.codes"),
        now=clock.now(),
    )
