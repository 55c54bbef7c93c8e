"""Numbers of people as machines give them: one answer at every interface.

Registering presence is the exception: it stores what it is given and remarks (guichet.ingest).
"""

from guichet.kernel import problem
from guichet.kernel.niss import InvalidNiss, Niss
from guichet.kernel.problem import In, Issue
from guichet.registers.persons import queries


def issue_of_number(*, text: str, name: str, location: In = In.BODY) -> Issue | None:
    """What is wrong with the number in ``name``: check digits, or another number in its place.

    None when the number is sound, whether the register knows it or not: who may not know whether
    somebody exists does not learn it here. Separators are allowed.
    """
    try:
        digits = Niss.parse(text).digits
    except InvalidNiss:
        detail = "Not a national number: eleven digits, the last two a check of the others"
        return problem.invalid_structure(name=name, detail=detail, location=location)
    current = queries.current_number(niss=digits)
    if current == digits:
        return None
    return problem.replaced_ssin(name=name, replaced_by=current, location=location)
