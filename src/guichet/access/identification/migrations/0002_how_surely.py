import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """A session tells at which level, by which steps and when its person was identified."""

    dependencies = [
        ("access_identification", "0001_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="quality",
            field=models.TextField(db_default=""),
        ),
        migrations.AddField(
            model_name="session",
            name="level",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="amr",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], size=None
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="authenticated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True),
                    ("level__in", (100, 200, 300, 400, 450, 500)),
                    _connector="OR",
                ),
                name="access_session_level_is_known",
            ),
        ),
    ]
