"""Icons and status tags: each state has an icon, a word and a colour, and no two share a shape.

The word is the caller's, already in the reader's language; colour is never the only difference.
"""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

_DISC: Final = '<circle cx="8" cy="8" r="6"/>'

# Paths on a grid of sixteen, drawn with the colour of the text around them.
ICONS: Final[dict[str, str]] = {
    "away": '<path d="M6.5 3H3v10h10V9.5M9 2.5h4.5V7M13 3L7.5 8.5"/>',
    "bell": '<path d="M3.5 11.5c1-1 1.2-2.2 1.2-4.2a3.3 3.3 0 016.6 0c0 2 .2 3.2 1.2 4.2z"/>'
    '<path d="M6.5 14h3"/>',
    "building": '<path d="M3 14V3.5L9 2v12M9 6l4 1v7M1.5 14h13M5.5 6h1M5.5 9h1M5.5 11.5h1"/>',
    "calendar": '<rect x="2" y="3" width="12" height="11" rx="1.2"/><path d="M2 6.5h12M5 1.5v3'
    'M11 1.5v3"/>',
    "chevron-down": '<path d="M4 6.5l4 4 4-4"/>',
    "chevron-left": '<path d="M10 3.5L5.5 8l4.5 4.5"/>',
    "chevron-right": '<path d="M6 3.5L10.5 8 6 12.5"/>',
    "clock": f'{_DISC}<path d="M8 4.5V8l2.5 1.5"/>',
    "cross": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "disc-dot": f'{_DISC}<circle cx="8" cy="8" r="2" fill="currentColor"/>',
    "disc-half": f'{_DISC}<path d="M8 2a6 6 0 010 12z" fill="currentColor"/>',
    "disc-slash": f'{_DISC}<path d="M4 12l8-8"/>',
    "disc-tick": f'{_DISC}<path d="M5.2 8.2l2 2L11 6.2"/>',
    "download": '<path d="M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11"/>',
    "eye": '<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/>'
    '<circle cx="8" cy="8" r="2"/>',
    "flag": '<path d="M3.5 14.5V2h8.5l-2 3 2 3H3.5"/>',
    "hourglass": '<path d="M4 2h8M4 14h8M5 2c0 4 6 4 6 6s-6 2-6 6M11 2c0 4-6 4-6 6s6 2 6 6"/>',
    "lozenge": '<path d="M8 1.5L14.5 8 8 14.5 1.5 8z"/><path d="M8 5v3.4M8 10.8v.1"/>',
    "mail": '<rect x="1.8" y="3.5" width="12.4" height="9" rx="1.2"/>'
    '<path d="M2 4.5l6 4.5 6-4.5"/>',
    "octagon": '<path d="M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3z"/>'
    '<path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"/>',
    "padlock": '<rect x="3" y="7" width="10" height="7" rx="1.2"/><path d="M5 7V5a3 3 0 016 0v2"/>',
    "pause": '<path d="M5.5 3v10M10.5 3v10"/>',
    "pencil": '<path d="M10.5 2.5l3 3L6 13H3v-3z"/>',
    "person": '<circle cx="8" cy="5" r="2.6"/><path d="M2.8 14c.5-3 2.5-4.6 5.2-4.6s4.7 1.6 '
    '5.2 4.6"/>',
    "pin": '<path d="M8 14.5s4.8-4.3 4.8-8A4.8 4.8 0 003.2 6.5c0 3.7 4.8 8 4.8 8z"/>'
    '<circle cx="8" cy="6.5" r="1.7"/>',
    "play": '<path d="M4.5 2.5l8.5 5.5-8.5 5.5z"/>',
    "printer": '<path d="M4.5 6V2h7v4M4.5 11.5H2.5V6.5h11v5h-2M4.5 9.5h7V14h-7z"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
    "stop": '<rect x="3.5" y="3.5" width="9" height="9" rx="1"/>',
    "ticked-box": '<rect x="2.5" y="2.5" width="11" height="11" rx="1.5"/>'
    '<path d="M5 8.2l2.2 2.2L11 6"/>',
    "triangle": '<path d="M8 2L14.5 13.5h-13z"/><path d="M8 6.5v3M8 11.6v.1"/>',
}

LOGO: Final = Markup(
    '<svg width="30" height="36" viewBox="0 0 30 36" aria-hidden="true" focusable="false">'
    '<path fill="currentColor" d="M15 0C6.7 0 0 6.7 0 15v17h30V15C30 6.7 23.3 0 15 0zm0 5c5.5 0 '
    '10 4.5 10 10v10H5V15C5 9.5 9.5 5 15 5z"/><path fill="#f3b63f" d="M15 11a4.5 4.5 0 00-4.5 '
    '4.5V25h9v-9.5A4.5 4.5 0 0015 11z"/><path fill="currentColor" d="M0 33.5h30V36H0z"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is drawn."""

    icon: str
    css: str


STATUSES: Final[dict[str, Look]] = {
    "draft": Look("pencil", "g-st--dash"),
    "waiting-worker": Look("person", "is-amber"),
    "waiting": Look("hourglass", "is-blue"),
    "in-progress": Look("disc-half", "is-teal"),
    "closed": Look("ticked-box", "is-brand"),
    "cancelled": Look("disc-slash", "is-grey"),
    "registered": Look("disc-dot", "is-blue"),
    "validated": Look("disc-tick", "is-green"),
    "failed": Look("lozenge", "is-red"),
    "changed": Look("pencil", "is-teal"),
    "warning": Look("triangle", "is-amber"),
    "refused": Look("octagon", "is-red"),
    "to-send": Look("hourglass", "g-st--dash"),
    "expected": Look("clock", "g-st--dash"),
}


def icon(name: str) -> Markup:
    """The drawing ``name``, hidden from assistive technology: a word stands beside it."""
    return Markup(
        '<svg class="g-i" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


def status(state: str, word: str) -> Markup:
    """The tag of ``state`` with its ``word``; raises KeyError for a state without a look."""
    look = STATUSES[state]
    return Markup('<span class="g-st {}">{}{}</span>').format(
        look.css, icon(look.icon), escape(word)
    )
