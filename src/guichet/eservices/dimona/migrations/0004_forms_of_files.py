"""The forms of a file and the declarations they became."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A new table; nothing else changes."""

    dependencies = [
        ("dimona", "0003_exports"),
        ("exchanges", "0001_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileForm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("reference", models.TextField(default="")),
                ("declaration_id", models.BigIntegerField(null=True)),
                ("fault", models.TextField(default="")),
                ("element", models.TextField(default="")),
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
                "db_table": "dimona_file_form",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "position"), name="dimona_file_form_position_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declaration_id__isnull", False), ("fault", "")),
                            models.Q(
                                ("declaration_id__isnull", True),
                                models.Q(("fault", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dimona_file_form_declared_or_faulty",
                    ),
                ],
            },
        ),
    ]
