import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Limosa declarations, every version of them, and drafts."""

    initial = True

    dependencies = [
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("draft", models.UUIDField()),
                ("state", models.TextField(default="accepted")),
                ("version", models.IntegerField(default=1)),
                ("content", models.JSONField()),
                ("worker_name", models.TextField()),
                ("search_key", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("document", models.TextField(default="")),
                ("accepted_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "enterprise",
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
                "db_table": "limosa_declaration",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.TextField(default="")),
                ("version", models.IntegerField(default=0)),
                ("typed", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                (
                    "enterprise",
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
                "db_table": "limosa_draft",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("event", models.TextField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="limosa.declaration",
                    ),
                ),
            ],
            options={
                "db_table": "limosa_version",
            },
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                fields=["enterprise", "-changed_at"], name="limosa_declaration_of_firm"
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                fields=["person", "-changed_at"], name="limosa_declaration_of_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                fields=("number",), name="limosa_declaration_number_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                fields=("draft",), name="limosa_declaration_made_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[0-9]{17}$")),
                name="limosa_declaration_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["accepted", "cancelled"])),
                name="limosa_declaration_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="limosa_declaration_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("enterprise__isnull", False), ("person__isnull", True)),
                    models.Q(("enterprise__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="limosa_declaration_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("enterprise__isnull", False), ("person__isnull", True)),
                    models.Q(("enterprise__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="limosa_draft_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("declaration", "number"), name="limosa_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("event__in", ["accepted", "changed", "cancelled"])),
                name="limosa_version_event_known",
            ),
        ),
    ]
