"""The verifier, and the documents of whoever is signed in."""

from django.urls import path, register_converter

from guichet.documents import views


class ReferenceConverter:
    """The sixteen signs of a document's code."""

    regex = "[0-9A-HJKMNP-TV-Z]{16}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class DigestConverter(ReferenceConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


register_converter(ReferenceConverter, "document")
register_converter(DigestConverter, "sha256")

app_name = "documents"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/file/", views.verify_file, name="verify-file"),
    path("verify/digest/<sha256:digest>/", views.by_digest, name="digest"),
    path("documents/", views.mine, name="mine"),
    path("documents/<document:reference>/", views.detail, name="detail"),
    path("documents/<document:reference>/again/", views.again, name="again"),
    path("documents/<document:reference>/document.pdf", views.download, name="download"),
]
