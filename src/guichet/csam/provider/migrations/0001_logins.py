import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Relying parties, and sign-ins under way."""

    initial = True

    dependencies = [
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                ("client_id", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("secret_hash", models.TextField()),
                (
                    "redirect_uris",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "logout_uris",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "csam_client",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("client_id__regex", "^[A-Za-z0-9_.-]{1,64}$")),
                        name="csam_client_id_is_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("redirect_uris", []), _negated=True),
                        name="csam_client_has_a_place_to_return_to",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Login",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("browser", models.TextField()),
                (
                    "purpose",
                    models.TextField(choices=[("client", "Client"), ("profile", "Profile")]),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "Open"),
                            ("identified", "Identified"),
                            ("answered", "Answered"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                    ),
                ),
                ("client_id", models.TextField(default="")),
                ("client_name", models.TextField(default="")),
                ("redirect_uri", models.TextField(default="")),
                ("scope", models.TextField(default="")),
                ("client_state", models.TextField(default="")),
                ("nonce", models.TextField(default="")),
                ("code_challenge", models.TextField(default="")),
                ("context", models.TextField(default="citizen")),
                ("min_level", models.IntegerField()),
                (
                    "means",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("language", models.TextField()),
                ("path", models.TextField(default="")),
                ("fault", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("email", models.TextField(default="")),
                ("level", models.IntegerField(null=True)),
                ("means_used", models.TextField(default="")),
                (
                    "amr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("identified_at", models.DateTimeField(null=True)),
                ("enterprise_number", models.TextField(default="")),
                ("code_digest", models.TextField(null=True)),
                ("code_expires_at", models.DateTimeField(null=True)),
                ("code_used_at", models.DateTimeField(null=True)),
                ("token_digest", models.TextField(null=True)),
                ("token_expires_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "csam_login",
                "indexes": [models.Index(fields=["expires_at"], name="csam_login_expires_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("browser",), name="csam_login_one_a_browser"),
                    models.UniqueConstraint(fields=("code_digest",), name="csam_login_code_unique"),
                    models.UniqueConstraint(
                        fields=("token_digest",), name="csam_login_token_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["client", "profile"])),
                        name="csam_login_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "identified", "answered", "cancelled"])
                        ),
                        name="csam_login_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("context__in", ["citizen", "enterprise"])),
                        name="csam_login_context_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_level__in", (100, 200, 300, 400, 450, 500)),
                            models.Q(
                                ("level__isnull", True),
                                ("level__in", (100, 200, 300, 400, 450, 500)),
                                _connector="OR",
                            ),
                        ),
                        name="csam_login_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "means__contained_by",
                                [
                                    "eid",
                                    "itsme",
                                    "eidas",
                                    "app",
                                    "mail",
                                    "card",
                                    "passkey",
                                    "password",
                                ],
                            )
                        ),
                        name="csam_login_means_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fault__in",
                                ["", "low", "unknown", "nonce", "unsigned", "expired", "error"],
                            )
                        ),
                        name="csam_login_fault_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "cancelled"]),
                            models.Q(
                                ("identified_at__isnull", False),
                                ("level__isnull", False),
                                ("person__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="csam_login_identified_by_somebody",
                    ),
                ],
            },
        ),
    ]
