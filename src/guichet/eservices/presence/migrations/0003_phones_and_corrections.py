"""Phones that send acts by themselves, and corrections of what they could not send."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """New tables, and a column that may be empty; nothing has to wait."""

    dependencies = [
        ("persons", "0001_persons"),
        ("presence", "0002_what_was_pressed"),
    ]

    operations = [
        migrations.AddField(
            model_name="press",
            name="device_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="persons.person",
                    ),
                ),
                (
                    "pseudonym",
                    models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID()),
                ),
            ],
            options={
                "db_table": "presence_pseudonym",
                "constraints": [
                    models.UniqueConstraint(fields=("pseudonym",), name="presence_pseudonym_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("part", models.SmallIntegerField(default=0)),
                ("kind", models.TextField()),
                ("reason", models.TextField()),
                ("words", models.TextField(default="")),
                ("receipt", models.BigIntegerField(null=True)),
                ("type", models.TextField()),
                ("step", models.TextField()),
                ("occurred_at", models.DateTimeField()),
                ("device_at", models.DateTimeField(null=True)),
                ("works_reference", models.TextField()),
                ("enterprise_number", models.TextField(null=True)),
                ("foreign_vat_number", models.TextField(null=True)),
                ("state", models.TextField()),
                ("prepared_at", models.DateTimeField()),
                ("reported_at", models.DateTimeField(null=True)),
                ("last_day", models.DateField()),
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
                "db_table": "presence_correction",
                "indexes": [
                    models.Index(
                        fields=["person", "occurred_at"], name="presence_correction_person"
                    ),
                    models.Index(
                        fields=["enterprise_number", "state"], name="presence_correction_firm"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "key", "part"), name="presence_correction_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["add", "changeTime", "changeSite", "changeEmployer", "cancel"],
                            )
                        ),
                        name="presence_correction_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "noNetwork",
                                    "deviceFailure",
                                    "forgotten",
                                    "wrongCode",
                                    "wrongEmployer",
                                    "other",
                                ],
                            )
                        ),
                        name="presence_correction_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "prepared",
                                    "reported",
                                    "submitted",
                                    "inReview",
                                    "accepted",
                                    "partlyAccepted",
                                    "refused",
                                    "withdrawn",
                                    "expired",
                                ],
                            )
                        ),
                        name="presence_correction_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["in", "out"])),
                        name="presence_correction_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["start", "break", "resume", "end", "move", "done"])
                        ),
                        name="presence_correction_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("enterprise_number__isnull", False),
                            ("foreign_vat_number__isnull", False),
                            _negated=True,
                        ),
                        name="presence_correction_one_employer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reported_at__isnull", False),
                            ("state__in", ["prepared", "withdrawn", "expired", "submitted"]),
                            _connector="OR",
                        ),
                        name="presence_correction_reported_when",
                    ),
                ],
            },
        ),
    ]
