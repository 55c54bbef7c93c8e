"""Who reads and who answers reports for an agency: those who look at, or send, its Dimona."""

from guichet.access.services import Permission
from guichet.access.sessions import Acting


def may_read(acting: Acting) -> bool:
    """Who looks at the declarations of the enterprise reads what workers say about them."""
    return bool(acting.rights & {Permission.DIMONA_CONSULT, Permission.DIMONA_DECLARE})


def may_answer(acting: Acting) -> bool:
    """Who declares answers for the declarations: an answer binds the enterprise."""
    return Permission.DIMONA_DECLARE in acting.rights
