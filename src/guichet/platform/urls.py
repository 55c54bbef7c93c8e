"""Language and the pages at the foot of every page."""

from django.urls import path

from guichet.platform import views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("help/", views.help_and_contact, name="help"),
    path("glossary/", views.glossary, name="glossary"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
