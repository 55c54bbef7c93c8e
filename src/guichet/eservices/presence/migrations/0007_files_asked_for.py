import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0001_persons"),
        ("presence", "0006_requests_and_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.UUIDField()),
                ("enterprise_number", models.TextField()),
                ("question", models.JSONField()),
                ("form", models.TextField()),
                ("language", models.TextField()),
                ("actor", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("too_large", "Too Large"),
                            ("failed", "Failed"),
                        ]
                    ),
                ),
                ("days", models.IntegerField()),
                ("done", models.IntegerField(default=0)),
                ("rows", models.IntegerField(default=0)),
                ("content", models.BinaryField(default=b"")),
                ("made_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
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
                "db_table": "presence_export",
                "indexes": [
                    models.Index(fields=["person", "-made_at"], name="presence_export_of_person")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="presence_export_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "done", "too_large", "failed"])
                        ),
                        name="presence_export_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["csv", "xlsx"])),
                        name="presence_export_form_known",
                    ),
                ],
            },
        ),
    ]
