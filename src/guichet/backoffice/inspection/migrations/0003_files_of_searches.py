import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Files of searches that are made in the background; nothing waits for them."""

    dependencies = [("backoffice_inspection", "0002_looks_at_methods")]

    operations = [
        migrations.CreateModel(
            name="ResultFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.UUIDField()),
                ("form", models.TextField()),
                ("language", models.TextField()),
                ("actor", models.TextField()),
                ("state", models.TextField(default="waiting")),
                ("total", models.IntegerField(default=0)),
                ("rows", models.IntegerField(default=0)),
                ("left_off", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="backoffice_inspection.search",
                    ),
                ),
            ],
            options={"db_table": "inspection_file"},
        ),
        migrations.CreateModel(
            name="FilePart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("data", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="backoffice_inspection.resultfile",
                    ),
                ),
            ],
            options={"db_table": "inspection_file_part"},
        ),
        migrations.AddConstraint(
            model_name="resultfile",
            constraint=models.UniqueConstraint(
                fields=("number",), name="inspection_file_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="resultfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["csv", "xlsx"])), name="inspection_file_form_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="resultfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "done", "failed"])),
                name="inspection_file_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="filepart",
            constraint=models.UniqueConstraint(
                fields=("file", "position"), name="inspection_file_part_once"
            ),
        ),
    ]
