"""What was looked at about somebody, terms of use, the copy of one's data."""

from django.urls import URLPattern

app_name = "privacy_own"
urlpatterns: list[URLPattern] = []
