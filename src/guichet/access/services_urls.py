"""Addresses of the authorisation server, to be included by the services role."""

from django.urls import path

from guichet.access import oauth

urlpatterns = [
    path("REST/oauth/v5/token", oauth.token, name="oauth-token"),
    path("REST/oauth/v5/jwks.json", oauth.jwks, name="oauth-jwks"),
    path(
        "REST/oauth/v5/.well-known/oauth-authorization-server",
        oauth.metadata,
        name="oauth-metadata-below",
    ),
    path(".well-known/oauth-authorization-server", oauth.metadata, name="oauth-metadata"),
    # The place that RFC 8414 §3.1 gives to an issuer with a path.
    path(
        ".well-known/oauth-authorization-server/REST/oauth/v5",
        oauth.metadata,
        name="oauth-metadata-inserted",
    ),
]
