"""The desk of the video interviews (BelgianID), simulated."""

from django.urls import path

from guichet.backoffice.identification import views

app_name = "identification_desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<slug:reference>/", views.dossier, name="dossier"),
    path("<slug:reference>/document/", views.copy, name="copy"),
    path("<slug:reference>/slot/", views.propose, name="propose"),
    path("<slug:reference>/cancel/", views.cancel, name="cancel"),
    path("<slug:reference>/recognise/", views.recognise, name="recognise"),
    path("<slug:reference>/refuse/", views.refuse, name="refuse"),
    path("<slug:reference>/activate/", views.activate, name="activate"),
]
