import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dimona", "0002_what_was_warned_of"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.TextField()),
                ("employer", models.TextField()),
                ("niss", models.TextField()),
                ("actor_mandatary", models.TextField(default="")),
                ("format", models.TextField()),
                ("language", models.TextField()),
                ("wanted", models.JSONField()),
                ("state", models.TextField(default="asked")),
                ("total", models.IntegerField()),
                ("done", models.IntegerField(default=0)),
                ("after", models.JSONField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "dimona_export",
                "indexes": [models.Index(fields=["asked_at"], name="dimona_export_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference",), name="dimona_export_reference_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["csv", "xml"])),
                        name="dimona_export_format_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "ready", "stopped", "failed"])),
                        name="dimona_export_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__gte", 0), ("total__gte", 0)),
                        name="dimona_export_done_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportPart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("text", models.TextField()),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="dimona.export",
                    ),
                ),
            ],
            options={
                "db_table": "dimona_export_part",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("export", "number"), name="dimona_export_part_once"
                    )
                ],
            },
        ),
    ]
