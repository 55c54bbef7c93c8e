from django.db import migrations, models


class Migration(migrations.Migration):
    """Identity changes come from the register too, and are told in the e-Box."""

    dependencies = [
        ("dimona", "0005_emergency"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watermark",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
                ("row", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "dimona_watermark",
            },
        ),
        migrations.RemoveConstraint(
            model_name="identitychange",
            name="dimona_identity_change_is_one",
        ),
        migrations.AddField(
            model_name="identitychange",
            name="after",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="identitychange",
            name="before",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="identitychange",
            name="source",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="identitychange",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="identitychange",
            name="declaration_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="identitychange",
            index=models.Index(
                condition=models.Q(("told_at__isnull", True)),
                fields=["created_at"],
                name="dimona_identity_change_untold",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitychange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "90"), _negated=True),
                    models.Q(("former", models.F("valid")), _negated=True),
                    _connector="OR",
                ),
                name="dimona_identity_change_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitychange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declaration_id__isnull", False), ("source__isnull", True)),
                    models.Q(("declaration_id__isnull", True), ("source__isnull", False)),
                    _connector="OR",
                ),
                name="dimona_identity_change_comes_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitychange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("declaration_id__isnull", False)),
                fields=("declaration_id",),
                name="dimona_identity_change_declared_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitychange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source__isnull", False)),
                fields=("employer", "source"),
                name="dimona_identity_change_noted_once",
            ),
        ),
    ]
