"""The public pages of temporary unemployment; none asks to sign in."""

from django.urls import path

from guichet.eservices.temporary_unemployment.library import pages
from guichet.eservices.temporary_unemployment.library.dates.views import dates

app_name = "temporary_unemployment_library"
urlpatterns = [
    path("about/", pages.about, name="about"),
    path("who/", pages.who, name="who"),
    path("after/", pages.after, name="after"),
    path("access/", pages.access, name="access"),
    path("manual/", pages.manual, name="manual"),
    path("dates/", dates, name="dates"),
    path("dates/<slug:question>/", dates, name="dates"),
    path("committees/", pages.committees, name="committees"),
]
