"""Which permissions exist for an enterprise in a quality, and what each lets somebody do."""

from typing import Final

from django.utils.translation import gettext_lazy

from guichet.access.services import SERVICES, Permission

# Institutions have desks beside the services of an employer.
_DESKS: Final = (
    Permission.CONTACT_DESK,
    Permission.IDENTIFICATION_DESK,
    Permission.ENTERPRISE_DESK,
    Permission.INSPECTION,
    Permission.CORRECTION_DESK,
    Permission.CAREER_BREAK_DESK,
    Permission.CAREER_BREAK_SIGN,
    Permission.CAREER_BREAK_READ,
    Permission.TEMPORARY_UNEMPLOYMENT_DESK,
    Permission.TEMPORARY_UNEMPLOYMENT_SIGN,
    Permission.TEMPORARY_UNEMPLOYMENT_READ,
    Permission.CRISIS_DESK,
    Permission.DIMONA_DESK,
)

# What a person with the permission can do, said before it is given.
CAPABILITIES: Final = {
    "presence": (
        gettext_lazy("see who registered, where and when, for the whole staff"),
        gettext_lazy("see the working hours and export them to a file"),
        gettext_lazy("see the list of those who are on site now"),
    ),
    "dimona_consult": (gettext_lazy("see every declaration of employment"),),
    "dimona": (
        gettext_lazy("declare, change and cancel employments in the name of the enterprise"),
    ),
    "works": (gettext_lazy("declare works, places and subcontractors"),),
    "limosa": (gettext_lazy("declare postings to Belgium, and get their L1"),),
    "career_break": (gettext_lazy("see and handle requests for time credit, with their reasons"),),
    "temporary_unemployment": (
        gettext_lazy("communicate temporary unemployment and read the decisions"),
    ),
    "ebox": (gettext_lazy("read the messages and documents sent to the enterprise"),),
    "chaman": (
        gettext_lazy("let software call in the name of the enterprise"),
        gettext_lazy("upload and withdraw certificates"),
    ),
    "mandates_consult": (gettext_lazy("see who may act for the enterprise"),),
    "mandates": (gettext_lazy("give and stop mandates to other enterprises"),),
    "contact_desk": (gettext_lazy("read and answer questions of the public"),),
    "identification_desk": (gettext_lazy("hold video interviews and see identity documents"),),
    "enterprise_desk": (gettext_lazy("register enterprises and their representatives"),),
    "correction_desk": (
        gettext_lazy("decide on corrections of presences, with the documents of the employers"),
    ),
    "career_break_desk": (
        gettext_lazy("read every file of a career break, decide on those of the own office"),
    ),
    "career_break_sign": (
        gettext_lazy("sign decisions of colleagues as second, say who works for which office"),
    ),
    "career_break_read": (gettext_lazy("read every file of a career break, and change nothing"),),
    "temporary_unemployment_desk": (
        gettext_lazy("read every communication of unemployment, decide on those of the own office"),
    ),
    "temporary_unemployment_sign": (
        gettext_lazy("revise decisions of colleagues, say who works for which office"),
    ),
    "temporary_unemployment_read": (
        gettext_lazy("read every communication of unemployment, and change nothing"),
    ),
    "crisis_desk": (
        gettext_lazy("waive communications for a time, open a queue, let the service be read only"),
    ),
    "dimona_desk": (
        gettext_lazy("look up every Dimona period, take it over from its employer, give it back"),
    ),
    "inspection": (
        gettext_lazy("search the presences of everybody, each time with a purpose that is kept"),
    ),
}


def permissions(quality: str) -> tuple[Permission, ...]:
    """The permissions that can be given in this quality, in the order of the services."""
    found = [
        permission
        for service in SERVICES
        if quality in service.qualities
        for permission in service.permissions
    ]
    if quality == "public_body":
        found += _DESKS
    return tuple(dict.fromkeys(found))
