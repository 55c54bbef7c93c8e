"""The OpenID provider that plays the federal sign-in: endpoints, logins, tiles, profile."""

from django.urls import URLPattern

app_name = "provider"
urlpatterns: list[URLPattern] = []
