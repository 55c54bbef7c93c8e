import uuid

import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """What was paid too much: heard first, decided by a second officer; with its history."""

    initial = True

    dependencies = [
        ("career_break", "0004_authority_of_public_employers"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("state", models.TextField(default="invited")),
                ("reason", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("months", models.JSONField()),
                ("amount", models.BigIntegerField()),
                ("grounds", models.TextField()),
                ("language", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("answer_by", models.DateField()),
                ("invitation", models.TextField(default="")),
                ("defence", models.TextField(default="")),
                ("wants_hearing", models.BooleanField(default=False)),
                ("months_asked", models.IntegerField(null=True)),
                ("defended_at", models.DateTimeField(null=True)),
                ("asked_back", models.BigIntegerField(null=True)),
                ("instalments", models.JSONField(default=list)),
                ("motivation", models.TextField(default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("document", models.TextField(default="")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="career_break.request",
                    ),
                ),
            ],
            options={
                "db_table": "career_break_recovery",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "invited")),
                        fields=["answer_by"],
                        name="career_break_recovery_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key",), name="career_break_recovery_key_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["invited", "decided", "dropped"])),
                        name="career_break_recovery_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "early_end",
                                    "activity",
                                    "pension",
                                    "household",
                                    "contract_ended",
                                    "statement",
                                    "calculation",
                                ],
                            )
                        ),
                        name="career_break_recovery_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                        name="career_break_recovery_language_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "invited")),
                        fields=("request",),
                        name="career_break_recovery_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="career_break_recovery_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="career_break_recovery_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_back__isnull", True),
                            models.Q(
                                ("asked_back__gt", 0), ("asked_back__lte", models.F("amount"))
                            ),
                            _connector="OR",
                        ),
                        name="career_break_recovery_not_more_than_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "invited"),
                            ),
                            models.Q(
                                ("asked_back__isnull", True),
                                ("decided_at__isnull", False),
                                ("state", "dropped"),
                            ),
                            models.Q(
                                ("asked_back__isnull", False),
                                ("decided_at__isnull", False),
                                ("state", "decided"),
                            ),
                            _connector="OR",
                        ),
                        name="career_break_recovery_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("opened_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="career_break_recovery_four_eyes",
                    ),
                ],
            },
        ),
        *history_operations("career_break_recovery"),
    ]
