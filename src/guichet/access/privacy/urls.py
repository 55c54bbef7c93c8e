"""What was looked at about somebody, terms of use, the copy of one's data."""

from django.urls import path, re_path

from guichet.access.privacy import views

app_name = "privacy_own"
urlpatterns = [
    re_path(
        r"^who-consulted-my-data\.(?P<kind>json|csv)\Z", views.consulted_file, name="consulted-file"
    ),
    path("privacy/my-data/", views.my_data, name="my-data"),
    re_path(r"^privacy/my-data\.(?P<kind>json|pdf)\Z", views.my_data_file, name="my-data-file"),
    path("terms/", views.terms_of_use, name="terms"),
    path("terms/accept/", views.accept_terms, name="terms-accept"),
]
