"""The name under which the listener knows a sign-in: nobody guesses it, it opens nothing."""

from django.utils.crypto import salted_hmac

from guichet.csam.provider.models import Login


def handle(login: Login) -> str:
    """What stands in the address of the listener, and beside the ticket that comes back."""
    return salted_hmac("guichet.csam.eid", str(login.pk), algorithm="sha256").hexdigest()
