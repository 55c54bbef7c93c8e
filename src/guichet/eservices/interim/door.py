"""Where the pages of Interim@Work stand, for the public pages."""

from guichet.access.counter import doors
from guichet.access.counter.doors import Door

doors.register(Door(service="interim", prefix="/interim/", citizen="interim:year"))
