"""The pages and endpoints of the sign-in provider."""

from django.urls import URLPattern, URLResolver, include, path

from guichet.config.health import health

handler400 = "guichet.platform.views.bad_request"
handler403 = "guichet.platform.views.forbidden"
handler404 = "guichet.platform.views.not_found"
handler500 = "guichet.platform.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("", include("guichet.platform.urls")),
    path("", include("guichet.csam.provider.urls")),
    path("codes/", include("guichet.csam.codes.urls")),
    path("keys/", include("guichet.csam.keys.urls")),
    path("eid/", include("guichet.csam.eid.urls")),
    path("outside/", include("guichet.csam.outside.urls")),
]
