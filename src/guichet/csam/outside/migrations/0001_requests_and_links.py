import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    """Questions to the app, links to other countries, requests for BelgianID with copies."""

    initial = True

    dependencies = [
        ("csam_provider", "0001_logins"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.TextField()),
                ("state", models.TextField(default="requested")),
                ("given_name", models.TextField()),
                ("family_name", models.TextField()),
                ("birth_date", models.DateField()),
                ("sex", models.TextField(default="")),
                ("nationality", models.TextField()),
                ("email", models.TextField()),
                ("phone", models.TextField()),
                ("language", models.TextField()),
                ("security_code", models.TextField()),
                ("activation_code", models.TextField(default="")),
                ("link", models.TextField(default="")),
                ("wrong", models.IntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("slot_at", models.DateTimeField(null=True)),
                ("interviewed_at", models.DateTimeField(null=True)),
                ("refusal", models.TextField(default="")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
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
                "db_table": "csam_outside_request",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("identity", models.TextField()),
                ("wrong", models.IntegerField(default=0)),
                ("until", models.DateTimeField()),
                (
                    "login",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="csam_provider.login",
                    ),
                ),
            ],
            options={
                "db_table": "csam_outside_confirmation",
            },
        ),
        migrations.CreateModel(
            name="EidasLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("country", models.TextField()),
                ("identifier", models.TextField()),
                ("how", models.TextField()),
                ("phone", models.TextField()),
                ("linked_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "csam_outside_eidas_link",
            },
        ),
        migrations.CreateModel(
            name="DocumentCopy",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="copy",
                        serialize=False,
                        to="csam_outside.request",
                    ),
                ),
                ("kind", models.TextField()),
                ("data", models.BinaryField()),
                ("given_at", models.DateTimeField()),
            ],
            options={
                "db_table": "csam_outside_copy",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["image/png", "image/jpeg", "application/pdf"])
                        ),
                        name="csam_outside_copy_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            models.Func(
                                models.F("data"),
                                function="octet_length",
                                output_field=models.IntegerField(),
                            ),
                            5242880,
                        ),
                        name="csam_outside_copy_not_too_large",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["state", "until"], name="csam_outside_request_until"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["desk", "state"], name="csam_outside_request_of_desk"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                fields=("reference",), name="csam_outside_request_ref_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link", ""), _negated=True),
                fields=("link",),
                name="csam_outside_request_link_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["slot_proposed", "confirmed"])),
                fields=("agent", "slot_at"),
                name="csam_outside_request_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "requested",
                            "slot_proposed",
                            "confirmed",
                            "interviewed_ok",
                            "interviewed_refused",
                            "activation_sent",
                            "active",
                            "expired",
                            "cancelled",
                        ],
                    )
                ),
                name="csam_outside_request_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex__in", ["", "female", "male"])),
                name="csam_outside_request_sex_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="csam_outside_request_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("nationality__regex", "^[A-Z]{2}$")),
                name="csam_outside_request_nationality_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("email__regex", "^[^@\\s]+@[^@\\s]+$")),
                name="csam_outside_request_email_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("security_code__regex", "^[0-9a-f]{64}$")),
                name="csam_outside_request_security_code_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("activation_code__regex", "^[0-9a-f]{64}$"),
                    ("activation_code", ""),
                    _connector="OR",
                ),
                name="csam_outside_request_activation_code_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("link__regex", "^[0-9a-f]{64}$"), ("link", ""), _connector="OR"
                ),
                name="csam_outside_request_link_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong__gte", 0), ("wrong__lte", 5)),
                name="csam_outside_request_wrong_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["slot_proposed", "confirmed"]), _negated=True),
                    models.Q(
                        ("agent__isnull", False),
                        ("desk__isnull", False),
                        ("slot_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="csam_outside_request_slot_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["interviewed_ok", "activation_sent", "active"]),
                        _negated=True,
                    ),
                    models.Q(("interviewed_at__isnull", False), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="csam_outside_request_person_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "interviewed_refused"), _negated=True),
                    models.Q(("refusal", ""), _negated=True),
                    _connector="OR",
                ),
                name="csam_outside_request_refusal_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("link", ""),
                    ("state__in", ["slot_proposed", "activation_sent"]),
                    _connector="OR",
                ),
                name="csam_outside_request_link_when_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="eidaslink",
            constraint=models.UniqueConstraint(
                fields=("country", "identifier"), name="csam_outside_eidas_link_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="eidaslink",
            constraint=models.CheckConstraint(
                condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                name="csam_outside_eidas_link_country_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="eidaslink",
            constraint=models.CheckConstraint(
                condition=models.Q(("identifier__regex", "^[0-9a-f]{64}$")),
                name="csam_outside_eidas_link_identifier_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="eidaslink",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["created", "matched"])),
                name="csam_outside_eidas_link_how_known",
            ),
        ),
    ]
