import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

OFFICES = [
    "BRU", "NIV", "LEU", "ANT", "TUR", "HAS", "BRG", "KOR", "GEN", "MON", "LLV", "CHA", "NAM",
    "ARL", "LIE", "VER",
]  # fmt: skip
STATES = ["preparing", "ready", "nothing", "sent", "sent_back", "withdrawn", "failed"]
BY_ANOTHER = ~Q(ended_by=F("prepared_by"))


def person(*, is_known: bool) -> Any:
    return models.ForeignKey(
        null=not is_known,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="persons.person",
    )


class Migration(migrations.Migration):
    """A run is prepared by a job and handed on by somebody else than who asked for it."""

    dependencies = [
        ("career_break", "0005_attachments_are_events"),
        ("career_break_recovery", "0004_payment_runs"),
        ("persons", "0001_persons"),
    ]
    operations = [
        migrations.AddField(model_name="run", name="prepared_by", field=person(is_known=False)),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=Q(prepared_by__isnull=True) | ~Q(prepared_by=F("sent_by")),
                name="career_break_payment_run_four_eyes",
            ),
        ),
        migrations.CreateModel(
            name="Preparation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("office", models.TextField()),
                ("month", models.DateField()),
                ("state", models.TextField(default="preparing")),
                ("prepared_by", person(is_known=True)),
                ("asked_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("total", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("after", models.BigIntegerField(default=0)),
                ("count", models.IntegerField(default=0)),
                ("gross", models.BigIntegerField(default=0)),
                ("net", models.BigIntegerField(default=0)),
                ("held", models.IntegerField(default=0)),
                ("unknown", models.IntegerField(default=0)),
                ("left", models.JSONField(default=list)),
                ("ended_by", person(is_known=False)),
                ("said", models.TextField(default="")),
                (
                    "run",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preparation",
                        to="career_break_recovery.run",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_payment_preparation",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key",), name="career_break_payment_preparation_key_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("office", "month"),
                        condition=Q(state__in=("preparing", "ready")),
                        name="career_break_payment_preparation_one_open",
                    ),
                    models.CheckConstraint(
                        condition=Q(state__in=STATES),
                        name="career_break_payment_preparation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(office__in=OFFICES),
                        name="career_break_payment_preparation_office_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(month__day=1),
                        name="career_break_payment_preparation_of_a_month",
                    ),
                    models.CheckConstraint(
                        condition=Q(done__gte=0, count__gte=0, held__gte=0, unknown__gte=0),
                        name="career_break_payment_preparation_counted",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            state__in=("preparing", "ready", "nothing", "failed"),
                            ended_by__isnull=True,
                            run__isnull=True,
                        )
                        | Q(state="withdrawn", ended_by=F("prepared_by"), run__isnull=True)
                        | (
                            Q(state="sent_back", ended_by__isnull=False, run__isnull=True)
                            & BY_ANOTHER
                        )
                        | (Q(state="sent", ended_by__isnull=False, run__isnull=False) & BY_ANOTHER),
                        name="career_break_payment_preparation_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prepared",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "preparation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="career_break_recovery.preparation",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="career_break.request",
                    ),
                ),
                ("month", models.DateField()),
                ("decision", models.IntegerField()),
                ("version", models.IntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("before", models.BigIntegerField()),
                ("gross", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
            ],
            options={
                "db_table": "career_break_payment_prepared",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("preparation", "month", "request"),
                        name="career_break_payment_prepared_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(last_day__gte=F("first_day")),
                        name="career_break_payment_prepared_in_order",
                    ),
                    models.CheckConstraint(
                        condition=~Q(net=0), name="career_break_payment_prepared_of_something"
                    ),
                ],
            },
        ),
    ]
