"""Signing in at the OpenID provider, and the sessions that follow."""

from django.urls import URLPattern

app_name = "sign-in"
urlpatterns: list[URLPattern] = []
