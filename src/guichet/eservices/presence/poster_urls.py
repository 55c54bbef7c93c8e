"""The short address that stands on the poster of a site."""

from django.urls import path

from guichet.eservices.presence.views import clock

app_name = "poster"
urlpatterns = [path("<str:code>/", clock.poster, name="site")]
