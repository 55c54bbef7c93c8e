"""The pages of an employer with ten thousand requests for career breaks, the load of a large one.

A part of ``guichet bench career-break`` that needs Django; how the clock runs: see ``pages``.
"""

import json
import sys
from typing import Any

from guichet.config.bench import pages


def _child(count: int, rounds: int) -> dict[str, Any]:
    """Fill the tables, sign the clerk in, and ask for the overview in its ways."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from guichet.config.bench import career_break_rows as rows  # noqa: PLC0415  # after django.setup()

    ticket = rows.of_an_employer(count)
    places = {
        "overview": "/career-break/?size=50",
        "overviewByName": "/career-break/?size=50&order=worker",
        "overviewByNumber": "/career-break/?size=50&order=-niss",
        "overviewLastPage": f"/career-break/?size=50&page={max(1, count // 50)}",
        "overviewOfOneLeave": "/career-break/?size=50&leave=palliative",
        "overviewByTicket": f"/career-break/?ticket={ticket}",
        "overviewOnPaper": "/career-break/list/",
    }
    client = pages.signed_in(niss=rows.CLERK, enterprise=rows.FIRM)
    return {"requests": count} | pages.timed(client, places, rounds=rounds)


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]), int(sys.argv[2]))))
