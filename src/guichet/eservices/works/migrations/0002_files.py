import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Forms of files of declarations, and what became of them."""

    dependencies = [
        ("exchanges", "0001_files"),
        ("works_declarations", "0001_declarations_of_works"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileForm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("reference", models.TextField(default="")),
                ("found", models.JSONField(default=dict)),
                ("result", models.TextField(default="pending")),
                ("anomalies", models.JSONField(default=list)),
                (
                    "declaration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="works_declarations.declaration",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchanges.file",
                    ),
                ),
            ],
            options={
                "db_table": "works_file_form",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "position"), name="works_file_form_position_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["pending", "accepted", "refused"])),
                        name="works_file_form_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declaration__isnull", False), ("result", "accepted")),
                            models.Q(
                                models.Q(("result", "accepted"), _negated=True),
                                ("declaration__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="works_file_form_accepted_has_a_declaration",
                    ),
                ],
            },
        ),
    ]
