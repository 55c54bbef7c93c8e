"""Copy the third-party files that the pages use, in our colours and our font.

Every edit is counted, so that an upgrade that changes the files fails here and not on a page.
Usage: python assets/build.py TARGET FONTS
"""

import re
import shutil
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

MODULES: Final = Path(__file__).resolve().parent / "node_modules"
FONTS: Final = MODULES / "@fontsource-variable/public-sans"
FAMILY: Final = "Public Sans"
STACK: Final = '"Public Sans Variable",system-ui,sans-serif'
BRAND: Final[Mapping[str, str]] = {
    "brand": "#5b1f4a",
    "link": "#6b2158",
    "link-hover": "#421336",
    "link-visited": "#4b3f86",
    "focus": "#f3b63f",
    "success": "#1d5c33",
    "error": "#96201b",
    "surface-background": "#f3ede4",
    "surface-border": "#dfd6ca",
    "template-background": "#fbf7f1",
}
SUBSETS: Final = ("latin", "latin-ext")
COPIES: Final[Mapping[str, str]] = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "@ministryofjustice/frontend/moj/moj-frontend.min.js": "moj-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "jsqr/dist/jsQR.js": "jsQR.js",
    "leaflet/dist/leaflet.js": "leaflet.js",
}
_MAP: Final = re.compile(r"(/\*# ?sourceMappingURL=[^*]*\*/|//# ?sourceMappingURL=\S+)")


def once(pattern: str, replacement: str, text: str, times: int) -> str:
    """Replace exactly ``times`` occurrences, or stop the build."""
    text, done = re.subn(pattern, replacement, text)
    if done != times:
        raise SystemExit(f"{pattern!r}: {done} replacements, expected {times}")
    return text


def govuk_sheet() -> str:
    """The GOV.UK sheet without its font, its crest and its colours."""
    sheet = (MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.css").read_text("utf-8")
    sheet = once(r"@font-face\{font-family:GDS Transport;[^}]*\}", "", sheet, 2)
    sheet = once(r"GDS Transport,arial,sans-serif", STACK, sheet, 58)
    crest = r"(?:background|-webkit-mask|mask)-image:url\(/assets/images/govuk-crest\.svg\);?"
    sheet = once(crest, "", sheet, 3)
    for name, colour in BRAND.items():
        sheet = once(rf"(--govuk-{name}-colour:)#[0-9a-f]{{3,6}}\b", rf"\g<1>{colour}", sheet, 1)
    return sheet


def moj_sheet() -> str:
    """The MOJ sheet with our font and its images beside it."""
    path = MODULES / "@ministryofjustice/frontend/moj/moj-frontend.min.css"
    sheet = once(r"GDS Transport,arial,sans-serif", STACK, path.read_text("utf-8"), 60)
    return once(r"url\(/assets/images/", "url(moj-images/", sheet, 11)


def leaflet_sheet() -> str:
    """The sheet of the map without its pictures: our maps have no layers to choose, no photos."""
    sheet = (MODULES / "leaflet/dist/leaflet.css").read_text("utf-8")
    return once(r"\s*background-image: url\(images/[a-z0-9-]+\.png\);", "", sheet, 3)


def font_sheet() -> str:
    """Our two faces of Public Sans, with the ranges that the font's own sheet gives them."""
    sheet = (FONTS / "index.css").read_text("utf-8")
    faces = []
    for subset in SUBSETS:
        found = re.search(
            rf"@font-face \{{[^}}]*public-sans-{subset}-wght-normal[^}}]*"
            r"unicode-range: ([^;}]*);?\s*\}",
            sheet,
        )
        if found is None:
            raise SystemExit(f"no face for {subset} in the font's sheet")
        faces.append(
            '@font-face{font-family:"Public Sans Variable";font-style:normal;'
            "font-display:swap;font-weight:100 900;"
            f'src:url(public-sans-{subset}.woff2) format("woff2");unicode-range:{found[1]}}}'
        )
    return "\n".join(faces) + "\n"


def static_font(weight: int, style: str) -> TTFont:
    """One weight of Public Sans as a font of its own: typst reads neither woff2 nor variations."""
    parts = []
    for subset in SUBSETS:
        part = TTFont(FONTS / f"files/public-sans-{subset}-wght-normal.woff2")
        part.flavor = None
        stream = BytesIO()
        instantiateVariableFont(part, {"wght": weight}).save(stream)
        stream.seek(0)
        parts.append(stream)
    font = Merger().merge(parts)
    names = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"PublicSans-{style}"}
    for number in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=number)
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
        font["name"].setName(text, number, 1, 0, 0)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if weight >= 700 else 0x40
    font["head"].macStyle = 1 if weight >= 700 else 0
    return font


def document_fonts(target: Path) -> None:
    """The fonts of documents, made from those of the pages."""
    target.mkdir(parents=True, exist_ok=True)
    for weight, style in ((400, "Regular"), (700, "Bold")):
        passing = target / f"PublicSans-{style}.new"
        static_font(weight, style).save(passing)
        passing.rename(target / f"PublicSans-{style}.ttf")


def images(target: Path) -> None:
    """The icons of the MOJ sheet; its other images are marks of the British State."""
    source = MODULES / "@ministryofjustice/frontend/moj/assets/images"
    target.mkdir()
    for image in sorted(source.iterdir()):
        if image.name.startswith("icon-"):
            shutil.copyfile(image, target / image.name)


def build(target: Path) -> None:
    """Write everything anew into ``target``."""
    passing = target.with_name(target.name + ".new")
    shutil.rmtree(passing, ignore_errors=True)
    passing.mkdir(parents=True)
    (passing / "govuk-frontend.min.css").write_text(font_sheet() + govuk_sheet(), "utf-8")
    (passing / "moj-frontend.min.css").write_text(moj_sheet(), "utf-8")
    (passing / "leaflet.css").write_text(leaflet_sheet(), "utf-8")
    for source, name in COPIES.items():
        shutil.copyfile(MODULES / source, passing / name)
    for subset in SUBSETS:
        font = FONTS / f"files/public-sans-{subset}-wght-normal.woff2"
        shutil.copyfile(font, passing / f"public-sans-{subset}.woff2")
    images(passing / "moj-images")
    for file in passing.rglob("*.[cj]s*"):
        # The maps are not shipped, and the manifest storage refuses what points nowhere.
        file.write_text(_MAP.sub("", file.read_text("utf-8")), "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    passing.rename(target)


if __name__ == "__main__":
    build(Path(sys.argv[1]).absolute())
    document_fonts(Path(sys.argv[2]).absolute())
