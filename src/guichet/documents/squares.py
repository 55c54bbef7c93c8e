"""QR codes as drawings that a document takes in."""

import io

import segno


def drawing(text: str, *, error: str = "m", quiet: int = 4) -> str:
    """The QR code of a text as SVG; ``error``: l, m, q or h; ``quiet``: its border, in modules."""
    out = io.BytesIO()
    segno.make(text, error=error, micro=False).save(
        out, kind="svg", border=quiet, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode("ascii")
