"""The public pages of temporary unemployment; none asks to sign in."""

from django.urls import path

from guichet.eservices.temporary_unemployment.library import pages
from guichet.eservices.temporary_unemployment.library.dates.views import dates
from guichet.eservices.temporary_unemployment.library.techlib import views as techlib

app_name = "temporary_unemployment_library"
urlpatterns = [
    path("about/", pages.about, name="about"),
    path("who/", pages.who, name="who"),
    path("after/", pages.after, name="after"),
    path("access/", pages.access, name="access"),
    path("manual/", pages.manual, name="manual"),
    path("film/", pages.screen_film, name="film"),
    path("dates/", dates, name="dates"),
    path("dates/<slug:question>/", dates, name="dates"),
    path("library/", techlib.index, name="library"),
    path("library/glossary/", techlib.elements, name="glossary"),
    path("library/temporary-unemployment-v1.xsd", techlib.published_schema, name="schema"),
    path("library/examples/", techlib.samples, name="examples"),
    path("library/examples/<slug:key>.xml", techlib.sample, name="example"),
    path("library/anomalies/", techlib.anomaly_list, name="anomalies"),
    path("library/validator/", techlib.validator, name="validator"),
    path("library/decision/", techlib.decision, name="decision"),
    path("committees/", pages.committees, name="committees"),
]
