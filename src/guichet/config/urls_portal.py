"""The pages of the portal."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from guichet.config.health import health

handler400 = "guichet.platform.views.bad_request"
handler403 = "guichet.platform.views.forbidden"
handler404 = "guichet.platform.views.not_found"
handler500 = "guichet.platform.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("", include("guichet.platform.urls")),
    path("", include("guichet.access.urls")),
    path("", include("guichet.access.identification.urls")),
    path("", include("guichet.access.counter.urls")),
    path("", include("guichet.access.privacy.urls")),
    path("access/", include("guichet.access.roles.urls")),
    path("mandates/", include("guichet.access.mandates.urls")),
    path("channels/webhooks/", include("guichet.access.webhooks.urls")),
    path("channels/", include("guichet.access.chaman.urls")),
    path("", include("guichet.documents.urls")),
    path("attachments/", include("guichet.documents.attachments.urls")),
    path("desk/", include("guichet.backoffice.desk.urls")),
    path("desk/identification/", include("guichet.backoffice.identification.urls")),
    path("desk/enterprises/", include("guichet.backoffice.enterprises.urls")),
    path("desk/corrections/", include("guichet.backoffice.corrections.urls")),
    path("desk/career-breaks/", include("guichet.backoffice.career_breaks.urls")),
    path("desk/periods/", include("guichet.backoffice.periods.urls")),
    path("desk/crisis/", include("guichet.backoffice.crisis.urls")),
    path(
        "desk/temporary-unemployment/",
        include("guichet.backoffice.temporary_unemployment.urls"),
    ),
    path("inspection/", include("guichet.backoffice.inspection.urls")),
    path("ebox/", include("guichet.ebox.urls")),
    path("s/", include("guichet.eservices.presence.poster_urls")),
    path("l1/", include("guichet.eservices.presence.posted_urls")),
    path("presence/", include("guichet.eservices.presence.urls")),
    path("", include("guichet.eservices.presence.kiosk.urls")),
    path("receipts/", include("guichet.eservices.presence.receipt_urls")),
    path("checkin/", include("guichet.eservices.presence.checkin_urls")),
    path("dimona/", include("guichet.eservices.dimona.urls")),
    path("interim/", include("guichet.eservices.interim.urls")),
    path("works/", include("guichet.eservices.works.urls")),
    path("limosa/", include("guichet.eservices.limosa.urls")),
    path("career-break/notices/mine/", include("guichet.eservices.career_break.notices.urls")),
    path("career-break/questions/", include("guichet.eservices.career_break.office.urls")),
    path("career-break/recoveries/", include("guichet.eservices.career_break.recovery.urls")),
    path("career-break/mine/", include("guichet.eservices.career_break.worker.urls")),
    path("career-break/credit/", include("guichet.eservices.career_break.credit.urls")),
    path(
        "career-break/attestations/",
        include("guichet.eservices.career_break.attestation_urls"),
    ),
    path("career-break/", include("guichet.eservices.career_break.urls")),
    path(
        "temporary-unemployment/files/",
        include("guichet.eservices.temporary_unemployment.messages.urls"),
    ),
    path(
        "temporary-unemployment/mine/",
        include("guichet.eservices.temporary_unemployment.cards.urls"),
    ),
    path(
        "temporary-unemployment/",
        include("guichet.eservices.temporary_unemployment.library.urls"),
    ),
    path(
        "temporary-unemployment/",
        include("guichet.eservices.temporary_unemployment.office.urls"),
    ),
    path("temporary-unemployment/", include("guichet.eservices.temporary_unemployment.urls")),
    path("interimAtWork/v1/", include("guichet.eservices.interim.api_urls")),
]
# The persona picker exists in simulation only.
if settings.ENVIRONMENT.simulation:
    urlpatterns.append(path("demo/", include("guichet.demo.urls")))
