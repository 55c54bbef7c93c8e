import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

NUMBERS = "CREATE SEQUENCE access_sender_number AS integer"


class Migration(migrations.Migration):
    """Senders with their contact, technical users, warnings sent; the numbers of senders."""

    initial = True

    dependencies = [
        ("access", "0002_token_days"),
        ("audit", "0001_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sender",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.TextField()),
                ("enterprise_number", models.TextField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_sender",
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="access_sender_number_unique"),
                    models.UniqueConstraint(
                        fields=("enterprise_number",), name="access_sender_one_for_an_enterprise"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__regex", "^[0-9]{6}$"),
                            models.Q(("number", "000000"), _negated=True),
                        ),
                        name="access_sender_number_has_six_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise_number__regex", "^[01][0-9]{9}$")),
                        name="access_sender_enterprise_number_has_ten_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpiryWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.IntegerField()),
                ("sent_at", models.DateTimeField()),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expiry_warnings",
                        to="access.channelcertificate",
                    ),
                ),
            ],
            options={
                "db_table": "access_expiry_warning",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("certificate", "days"), name="access_expiry_warning_sent_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_name", models.TextField()),
                ("family_name", models.TextField()),
                ("email", models.TextField()),
                ("phone", models.TextField()),
                ("language", models.TextField()),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="access_chaman.sender",
                    ),
                ),
            ],
            options={
                "db_table": "access_sender_contact",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sender",), name="access_sender_contact_only_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__contains", "@"), models.Q(("phone", ""), _negated=True)
                        ),
                        name="access_sender_contact_can_be_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("nl", "fr", "de", "en"))),
                        name="access_sender_contact_language_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TechnicalUser",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_name", models.TextField()),
                ("password_hash", models.TextField(null=True)),
                ("pem", models.TextField(null=True)),
                ("thumbprint", models.TextField(null=True)),
                ("not_after", models.DateTimeField(null=True)),
                (
                    "state",
                    models.TextField(
                        choices=[("active", "Active"), ("blocked", "Blocked")], default="active"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("password_at", models.DateTimeField(null=True)),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="technical_users",
                        to="access_chaman.sender",
                    ),
                ),
            ],
            options={
                "db_table": "access_technical_user",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user_name",), name="access_technical_user_name_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("thumbprint",), name="access_technical_user_certificate_used_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user_name__regex", "^[a-z0-9]{8,30}$")),
                        name="access_technical_user_name_is_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("password_hash__startswith", "$argon2id$"),
                                ("pem__isnull", True),
                                ("thumbprint__isnull", True),
                            ),
                            models.Q(
                                ("password_hash__isnull", True),
                                ("pem__isnull", False),
                                ("thumbprint__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="access_technical_user_has_one_secret",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pem__contains", "PRIVATE KEY"), _negated=True),
                            ("pem__isnull", True),
                            _connector="OR",
                        ),
                        name="access_technical_user_holds_no_private_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "blocked"])),
                        name="access_technical_user_state_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NUMBERS, "DROP SEQUENCE access_sender_number"),
        *history_operations("access_sender", "access_sender_contact"),
    ]
