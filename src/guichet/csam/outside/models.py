# ruff: noqa: DJ008 - Django's own text names a row by its key and shows nothing of it
"""What the providers outside leave here: confirmations, links to persons, requests for BelgianID.

None of these tables keeps a history: the trail tells what happened, and what is over is removed.
"""

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import LessThanOrEqual

from guichet.registers.columns import LANGUAGES, matches, one_of
from guichet.rules.belgianid import LARGEST_COPY, MOST_WRONG, State

_DIGEST = r"^[0-9a-f]{64}$"
_COUNTRY = r"^[A-Z]{2}$"
_SEXES = ("", "female", "male")
_WAITING = ["slot_proposed", "confirmed"]


class Confirmation(models.Model):
    """A question to the simulated app of itsme, good once and for three minutes."""

    id = models.BigAutoField(primary_key=True)
    login = models.OneToOneField("csam_provider.Login", on_delete=models.CASCADE, related_name="+")
    identity = models.TextField()
    wrong = models.IntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        db_table = "csam_outside_confirmation"


class EidasLink(models.Model):
    """Who stands behind the identifier of another country, of which only a digest is kept.

    ``how``: a number was created for him, or he showed that he had one.
    """

    id = models.BigAutoField(primary_key=True)
    country = models.TextField()
    identifier = models.TextField()
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    how = models.TextField()
    phone = models.TextField()
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "csam_outside_eidas_link"
        constraints = [
            models.UniqueConstraint(
                fields=["country", "identifier"], name="csam_outside_eidas_link_unique"
            ),
            matches("csam_outside_eidas_link", "country", _COUNTRY),
            matches("csam_outside_eidas_link", "identifier", _DIGEST),
            one_of("csam_outside_eidas_link", "how", ("created", "matched")),
        ]


class Request(models.Model):
    """A request for BelgianID, from the wish for an interview to the key that works.

    ``security_code``, ``activation_code``: keyed digests; ``link``: the digest of the secret in
    the link that is good now. ``wrong``: codes that were wrong behind it. ``until``: when the
    state ends by itself. ``desk``: the institution that took the request up.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.TextField()
    state = models.TextField(default=State.REQUESTED.value)
    given_name = models.TextField()
    family_name = models.TextField()
    birth_date = models.DateField()
    sex = models.TextField(default="")
    nationality = models.TextField()
    email = models.TextField()
    phone = models.TextField()
    language = models.TextField()
    security_code = models.TextField()
    activation_code = models.TextField(default="")
    link = models.TextField(default="")
    wrong = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()

    desk = models.ForeignKey(
        "enterprises.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agent = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    slot_at = models.DateTimeField(null=True)
    interviewed_at = models.DateTimeField(null=True)
    refusal = models.TextField(default="")
    person = models.ForeignKey(
        "persons.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "csam_outside_request"
        indexes = [
            models.Index(fields=["state", "until"], name="csam_outside_request_until"),
            models.Index(fields=["desk", "state"], name="csam_outside_request_of_desk"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="csam_outside_request_ref_unique"),
            models.UniqueConstraint(
                fields=["link"], condition=~Q(link=""), name="csam_outside_request_link_unique"
            ),
            models.UniqueConstraint(
                fields=["agent", "slot_at"],
                condition=Q(state__in=_WAITING),
                name="csam_outside_request_one_at_a_time",
            ),
            one_of("csam_outside_request", "state", tuple(state.value for state in State)),
            one_of("csam_outside_request", "sex", _SEXES),
            one_of("csam_outside_request", "language", LANGUAGES),
            matches("csam_outside_request", "nationality", _COUNTRY),
            matches("csam_outside_request", "email", r"^[^@\s]+@[^@\s]+$"),
            matches("csam_outside_request", "security_code", _DIGEST),
            matches("csam_outside_request", "activation_code", _DIGEST, may_be_empty=True),
            matches("csam_outside_request", "link", _DIGEST, may_be_empty=True),
            models.CheckConstraint(
                condition=Q(wrong__gte=0, wrong__lte=MOST_WRONG),
                name="csam_outside_request_wrong_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WAITING)
                | Q(slot_at__isnull=False, desk__isnull=False, agent__isnull=False),
                name="csam_outside_request_slot_given",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["interviewed_ok", "activation_sent", "active"])
                | Q(person__isnull=False, interviewed_at__isnull=False),
                name="csam_outside_request_person_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="interviewed_refused") | ~Q(refusal=""),
                name="csam_outside_request_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(state__in=["slot_proposed", "activation_sent"]),
                name="csam_outside_request_link_when_open",
            ),
        ]


class DocumentCopy(models.Model):
    """The copy of an identity document, from the confirmation to the interview and no longer."""

    request = models.OneToOneField(
        Request, on_delete=models.CASCADE, primary_key=True, related_name="copy"
    )
    kind = models.TextField()
    data = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        db_table = "csam_outside_copy"
        constraints = [
            one_of("csam_outside_copy", "kind", ("image/png", "image/jpeg", "application/pdf")),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(F("data"), function="octet_length", output_field=models.IntegerField()),
                    LARGEST_COPY,
                ),
                name="csam_outside_copy_not_too_large",
            ),
        ]
