"""Addresses of Interim@Work for software of the worker's own, on the portal."""

from django.urls import path

from guichet.eservices.interim import api

app_name = "interim_api"
urlpatterns = [
    path("relations/query", api.query, name="query"),
    path("relations/<str:reference>", api.relation, name="relation"),
    path("exports", api.export, name="export"),
    path("health", api.health, name="health"),
    path("doc/openapi.yaml", api.contract, name="contract"),
]
