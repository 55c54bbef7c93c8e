import django.contrib.postgres.fields
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                ("channel", models.TextField()),
                ("is_secured", models.BooleanField(default=True)),
                ("actor", models.TextField()),
                ("sender", models.TextField(default="")),
                ("kind", models.TextField()),
                ("body", models.JSONField()),
                ("employer", models.TextField(default="")),
                ("niss", models.TextField(default="")),
                ("state", models.TextField(default="pending")),
                ("result", models.TextField(null=True)),
                (
                    "anomalies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("excess", models.JSONField(default=list)),
                ("period_id", models.BigIntegerField(null=True)),
                ("registration_id", models.BigIntegerField(null=True)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("processed_at", models.DateTimeField(null=True)),
                ("dossier", models.TextField(default="")),
            ],
            options={
                "db_table": "dimona_declaration",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["pending", "waiting"])),
                        fields=["id"],
                        name="dimona_declaration_to_do",
                    ),
                    models.Index(fields=["employer", "id"], name="dimona_declaration_employer"),
                    models.Index(fields=["sender", "id"], name="dimona_declaration_sender"),
                    models.Index(
                        condition=models.Q(("period_id__isnull", False)),
                        fields=["period_id"],
                        name="dimona_declaration_period",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__gt", 0), ("id__lt", 1000000000000)),
                        name="dimona_declaration_in_twelve_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                ["rest", "soap", "file", "portal", "unsecured", "agent"],
                            )
                        ),
                        name="dimona_declaration_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["in", "out", "update", "cancel", "daily"])
                        ),
                        name="dimona_declaration_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "waiting", "done", "stuck"])),
                        name="dimona_declaration_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("niss__regex", "^[0-9]{11}$"), ("niss", ""), _connector="OR"
                        ),
                        name="dimona_declaration_niss_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result__isnull", True),
                            ("result__in", ["A", "W", "B", "S"]),
                            _connector="OR",
                        ),
                        name="dimona_declaration_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            ("result__in", ["A", "W", "B"]),
                            _connector="OR",
                        ),
                        name="dimona_declaration_done_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerChoice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("enterprise_number", models.TextField()),
                ("secured_only", models.BooleanField(default=False)),
                ("daily_registration", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "dimona_employer_choice",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise_number",), name="dimona_employer_choice_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise_number__regex", "^[01][0-9]{9}$")),
                        name="dimona_employer_choice_enterprise_number_well_formed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("declaration_id", models.BigIntegerField()),
                ("period_id", models.BigIntegerField(null=True)),
                ("employer", models.TextField()),
                ("former", models.TextField()),
                ("valid", models.TextField()),
                ("reason", models.TextField(default="90")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "dimona_identity_change",
                "indexes": [
                    models.Index(fields=["employer", "id"], name="dimona_identity_change_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["90", "91", "92", "93"])),
                        name="dimona_identity_change_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("former", models.F("valid")), _negated=True),
                        name="dimona_identity_change_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("client_id", models.TextField()),
                ("key", models.TextField()),
                ("body_digest", models.TextField()),
                ("declaration_id", models.BigIntegerField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "dimona_kept_key",
                "indexes": [models.Index(fields=["created_at"], name="dimona_kept_key_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client_id", "key"), name="dimona_kept_key_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("declaration_id", models.BigIntegerField(null=True)),
                ("planned_hours", models.IntegerField(null=True)),
                ("sub_entity", models.TextField(default="")),
                ("user_name", models.TextField(default="")),
                ("user_committee", models.TextField(default="")),
                ("details", models.JSONField(default=dict)),
                ("is_late", models.BooleanField(default=False)),
                ("is_locked", models.BooleanField(default=False)),
                (
                    "anomalies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("excess", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "dimona_period",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id__gt", 0), ("id__lt", 1000000000000)),
                        name="dimona_period_in_twelve_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_hours__isnull", True),
                            models.Q(("planned_hours__gte", 1), ("planned_hours__lte", 999)),
                            _connector="OR",
                        ),
                        name="dimona_period_planned_hours_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("period_id", models.BigIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("start_hour", models.TextField()),
                ("end_hour", models.TextField(default="")),
                ("is_cancelled", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "dimona_registration",
                "indexes": [models.Index(fields=["period_id"], name="dimona_registration_period")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start_hour__regex", "^[0-2][0-9][0-5][0-9]$")),
                        name="dimona_registration_start_hour_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_hour__regex", "^[0-2][0-9][0-5][0-9]$"),
                            ("end_hour", ""),
                            _connector="OR",
                        ),
                        name="dimona_registration_end_hour_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="dimona_registration_days_in_order",
                    ),
                ],
            },
        ),
        # Of declarations and of daily registrations; two check digits follow (kernel/dimona.py).
        migrations.RunSQL(
            "CREATE SEQUENCE dimona_number START 6500000001 MAXVALUE 9999999999",
            "DROP SEQUENCE dimona_number",
        ),
        *history_operations("dimona_period", "dimona_registration", "dimona_employer_choice"),
    ]
