"""The pages of technical channels: senders, certificates, permissions, calls."""

from django.urls import path

from guichet.access.chaman.views import certificates, channels, sender, users

app_name = "chaman"
urlpatterns = [
    path("", channels.listing, name="list"),
    path("sender/", sender.sender, name="sender"),
    path("new/", channels.new, name="new"),
    path("test-certificate/", certificates.test, name="test-certificate"),
    path("users/", users.listing, name="users"),
    path("users/new/", users.new, name="user-new"),
    path("users/<str:user_name>/password/", users.password, name="user-password"),
    path("users/<str:user_name>/block/", users.block, name="user-block"),
    path("of/<str:client_id>/", channels.detail, name="detail"),
    path("of/<str:client_id>/permissions/", channels.permissions, name="permissions"),
    path("of/<str:client_id>/suspend/", channels.suspend, name="suspend"),
    path("of/<str:client_id>/resume/", channels.resume, name="resume"),
    path("of/<str:client_id>/certificates/new/", certificates.add, name="certificate-new"),
    path(
        "of/<str:client_id>/certificates/<str:thumbprint>/withdraw/",
        certificates.withdraw,
        name="withdraw",
    ),
]
