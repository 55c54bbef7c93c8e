"""Where the pages of technical channels stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(
    Door(service="chaman", prefix="/channels/", enterprise="chaman:list", permission="chaman")
)
