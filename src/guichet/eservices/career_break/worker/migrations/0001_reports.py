import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """What a worker reports: mistakes, changes; and his reminders. History by trigger."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("career_break", "0003_worker_parts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ticket", models.TextField()),
                ("kind", models.TextField()),
                ("from_day", models.DateField()),
                ("content", models.JSONField()),
                ("office", models.TextField(default="")),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_change",
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["office", "at"],
                        name="career_break_change_unseen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket",), name="career_break_change_ticket_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ticket__regex", "^[A-HJ-NP-Z0-9]{13}$")),
                        name="career_break_change_ticket_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "address",
                                    "household",
                                    "activity",
                                    "pension",
                                    "early_end",
                                    "account",
                                ],
                            )
                        ),
                        name="career_break_change_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_objection",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "version", "text"), name="career_break_objection_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("days", models.IntegerField()),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_reminder",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "days"), name="career_break_reminder_once"
                    )
                ],
            },
        ),
        *history_operations("career_break_objection", "career_break_change"),
    ]
