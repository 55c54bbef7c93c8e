"""Access management."""

from django.urls import path, register_converter

from guichet.access.roles import views


class _Number:
    """Ten digits of an enterprise."""

    regex = "[01][0-9]{9}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    to_url = to_python


register_converter(_Number, "enterprise")

app_name = "roles"
urlpatterns = [
    path("", views.grid, name="grid"),
    path("access.csv", views.grid_file, name="grid-file"),
    path("people/new/", views.invite, name="invite"),
    path("people/<int:member>/", views.person, name="person"),
    path("people/<int:member>/grant/", views.grant, name="grant"),
    path("people/<int:member>/appoint/", views.appoint, name="appoint"),
    path("people/<int:member>/<slug:word>/", views.step, name="step"),
    path("rights/<int:right>/withdraw/", views.withdraw, name="withdraw"),
    path("managers/", views.managers, name="managers"),
    path("managers/<int:post>/dismiss/", views.dismiss, name="dismiss"),
    path("represent/", views.represent, name="represent"),
    path("represent/<enterprise:number>/", views.name_main, name="name-main"),
    path("mine/", views.mine, name="mine"),
    path("mine/<enterprise:number>/answer/", views.answer, name="answer"),
]
