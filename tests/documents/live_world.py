"""Give a live portal two documents; print the codes and where their files are.

Run as a program, with the environment of the live server, after its world is filled.
"""

import json


def main() -> None:
    """A sealed document of the worker, as a file and altered; one that failed."""
    import django

    django.setup()
    from pathlib import Path

    from django.conf import settings

    from guichet.documents import operations, queries, rendering
    from guichet.documents.models import Document
    from guichet.documents.operations import Recipient
    from guichet.platform import clock
    from tests.documents import papers
    from tests.portal.world import STAFF

    now, ewa = clock.now(), Recipient(niss=STAFF[0].niss)
    reference = papers.issued(now=now, recipient=ewa)
    waiting = papers.asked(now=now, data={}, recipient=ewa)
    operations.make(reference=waiting, now=now)
    folder = Path(settings.ENVIRONMENT.var)
    valid = queries.sealed_pdf(reference=reference) or b""
    place = valid.index(b"/StructTreeRoot")
    files = {
        "valid": valid,
        "altered": valid[: place + 20] + b"\x00" + valid[place + 21 :],
        "appended": valid + b"\n% more",
        "unknown": rendering.plain(Document.objects.get(reference=reference)),
    }
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    told = {"reference": reference, "failed": waiting, "folder": str(folder)}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
