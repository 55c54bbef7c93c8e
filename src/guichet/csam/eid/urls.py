"""Identity cards by TLS client certificate: the listener, the judge, the test authority."""

from django.urls import URLPattern

app_name = "eid"
urlpatterns: list[URLPattern] = []
