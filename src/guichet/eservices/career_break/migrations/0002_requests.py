import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Requests, their versions, the parts that have a ticket of their own, decisions."""

    dependencies = [
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
        ("career_break", "0001_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                ("leave", models.TextField()),
                ("regime", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("office", models.TextField(default="")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ticket", models.TextField(default="")),
                ("draft", models.UUIDField(null=True)),
                ("channel", models.TextField()),
                ("sector", models.TextField()),
                (
                    "state",
                    models.TextField(default="wait_worker"),
                ),
                ("version", models.IntegerField(default=1)),
                ("content", models.JSONField()),
                ("search_key", models.TextField()),
                ("document", models.TextField(default="")),
                ("filed_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(null=True)),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.notice",
                    ),
                ),
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
                "db_table": "career_break_request",
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ticket", models.TextField()),
                ("kind", models.TextField()),
                ("version", models.IntegerField()),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_part",
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("result", models.TextField()),
                ("content", models.JSONField(default=dict)),
                ("document", models.TextField(default="")),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_decision",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("event", models.TextField()),
                ("state", models.TextField()),
                ("last_day", models.DateField(null=True)),
                ("content", models.JSONField()),
                ("said", models.JSONField(default=dict)),
                ("enterprise", models.TextField(default="")),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_version",
            },
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                fields=["employer", "-filed_at", "-id"], name="career_break_request_of_firm"
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                fields=["person", "-filed_at"], name="career_break_request_of_worker"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ticket", ""), _negated=True),
                fields=("ticket",),
                name="career_break_request_ticket_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                fields=("draft",), name="career_break_request_made_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                fields=("notice",), name="career_break_request_of_one_notice"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ticket__regex", "^[A-HJ-NP-Z0-9]{13}$"), ("ticket", ""), _connector="OR"
                ),
                name="career_break_request_ticket_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["portal", "message", "paper"])),
                name="career_break_request_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("sector__in", ["private", "public"])),
                name="career_break_request_sector_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "wait_worker",
                            "wait_onem",
                            "in_progress",
                            "wait_documents",
                            "closed",
                            "cancelled",
                            "expired",
                        ],
                    )
                ),
                name="career_break_request_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "leave__in",
                        [
                            "time_credit",
                            "end_of_career",
                            "parental",
                            "medical_assistance",
                            "palliative",
                            "informal_carer",
                            "ordinary",
                        ],
                    )
                ),
                name="career_break_request_leave_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "regime__in",
                        [
                            "full",
                            "half",
                            "third",
                            "quarter",
                            "fifth",
                            "tenth",
                            "full_flex",
                            "half_flex",
                        ],
                    )
                ),
                name="career_break_request_regime_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="career_break_request_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel", "paper"), models.Q(("ticket", ""), _negated=True), _connector="OR"
                ),
                name="career_break_request_ticket_unless_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="career_break_request_version_counts"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", False), ("leave", "end_of_career"), _connector="OR"
                ),
                name="career_break_request_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state__in", ("cancelled", "expired")), _negated=True),
                expressions=[
                    ("employer", "="),
                    ("person", "="),
                    (
                        models.Func(
                            models.F("first_day"),
                            models.F("last_day"),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                name="career_break_request_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                fields=("ticket",), name="career_break_part_ticket_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                fields=("request", "version"), name="career_break_part_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("ticket__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                name="career_break_part_ticket_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["modification", "cancellation", "attachments"])),
                name="career_break_part_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("request", "number"), name="career_break_decision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result__in", ["granted", "granted_no_allowance", "partly", "refused"])
                ),
                name="career_break_decision_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("request", "number"), name="career_break_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event__in",
                        [
                            "confirmed",
                            "modified",
                            "cancelled",
                            "withdrawn",
                            "completed",
                            "expired",
                            "taken",
                            "asked",
                            "answered",
                            "decided",
                            "reopened",
                        ],
                    )
                ),
                name="career_break_version_event_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "wait_worker",
                            "wait_onem",
                            "in_progress",
                            "wait_documents",
                            "closed",
                            "cancelled",
                            "expired",
                        ],
                    )
                ),
                name="career_break_version_state_known",
            ),
        ),
        *history_operations("career_break_request", "career_break_part", "career_break_decision"),
    ]
