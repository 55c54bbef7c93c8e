"""Second factors and passkeys, and the page on which a person keeps them."""

from django.urls import URLPattern

app_name = "keys"
urlpatterns: list[URLPattern] = []
