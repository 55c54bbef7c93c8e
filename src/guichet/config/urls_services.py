"""The services for machines, under their official paths."""

from django.urls import URLPattern, URLResolver, include, path

from guichet.config.health import health

handler400 = "guichet.platform.problems.bad_request"
handler404 = "guichet.platform.problems.not_found"
handler500 = "guichet.platform.problems.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("", include("guichet.access.services_urls")),
    path("", include("guichet.ebox.services_urls")),
    path("", include("guichet.eservices.presence.services_urls")),
    path("", include("guichet.eservices.presence.kiosk.services_urls")),
    path("", include("guichet.eservices.presence.soap.urls")),
    path("", include("guichet.eservices.dimona.services_urls")),
    path("", include("guichet.eservices.career_break.api.services_urls")),
    path("", include("guichet.eservices.temporary_unemployment.messages.api.services_urls")),
]
