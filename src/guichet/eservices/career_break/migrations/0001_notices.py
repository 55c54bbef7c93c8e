import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations

# A sequence never gives a number twice, and nobody waits for it.
_COUNTERS = ("04w", "04b", "26c", "31n")
_MAKE = "CREATE SEQUENCE career_break_ticket_{} MINVALUE 0 START 0"
_DROP = "DROP SEQUENCE career_break_ticket_{}"


class Migration(migrations.Migration):
    """Counters of tickets, parameters of employers, notices of workers, drafts."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        *(migrations.RunSQL(_MAKE.format(name), _DROP.format(name)) for name in _COUNTERS),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("leave", models.TextField()),
                ("regime", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("office", models.TextField(default="")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ticket", models.TextField()),
                (
                    "state",
                    models.TextField(default="pending"),
                ),
                ("asked", models.JSONField(default=dict)),
                ("answer", models.JSONField(default=dict)),
                ("answer_by", models.DateField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
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
                "db_table": "career_break_notice",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("worker", models.JSONField(default=dict)),
                ("typed", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
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
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="career_break.notice",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_draft",
            },
        ),
        migrations.CreateModel(
            name="Parameters",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("given_name", models.TextField(default="")),
                ("phone", models.TextField(default="")),
                ("mobile", models.TextField(default="")),
                ("email", models.TextField()),
                ("sector", models.TextField()),
                ("takes_notices", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_parameters",
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["employer", "answer_by"],
                name="career_break_notice_to_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("ticket",), name="career_break_notice_ticket_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("ticket__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                name="career_break_notice_ticket_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "pending",
                            "accepted",
                            "deemed_accepted",
                            "accepted_new_date",
                            "refused",
                            "postponed",
                            "withdrawn",
                            "lapsed",
                            "renounced",
                        ],
                    )
                ),
                name="career_break_notice_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
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
                name="career_break_notice_leave_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
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
                name="career_break_notice_regime_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="career_break_notice_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state__in", ("pending", "postponed"))),
                expressions=[
                    ("employer", "="),
                    ("person", "="),
                    ("leave", "="),
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
                name="career_break_notice_one_open",
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                fields=["employer", "-changed_at"], name="career_break_draft_of_firm"
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["changed_at"], name="career_break_draft_by_age"),
        ),
        migrations.AddConstraint(
            model_name="parameters",
            constraint=models.UniqueConstraint(
                fields=("employer",), name="career_break_parameters_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="parameters",
            constraint=models.CheckConstraint(
                condition=models.Q(("sector__in", ["private", "public"])),
                name="career_break_parameters_sector_known",
            ),
        ),
        *history_operations("career_break_parameters", "career_break_notice"),
    ]
