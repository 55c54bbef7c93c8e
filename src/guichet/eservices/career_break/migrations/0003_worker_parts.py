import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The worker's part of a request: what was typed, and what was sent."""

    dependencies = [("career_break", "0002_requests")]

    operations = [
        migrations.CreateModel(
            name="WorkerPart",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="worker_part",
                        serialize=False,
                        to="career_break.request",
                    ),
                ),
                ("typed", models.JSONField(default=dict)),
                ("content", models.JSONField(null=True)),
                ("document", models.TextField(default="")),
                ("changed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "career_break_worker_part"},
        ),
        migrations.AddConstraint(
            model_name="workerpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content__isnull", True), ("sent_at__isnull", True)),
                    models.Q(("content__isnull", False), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="career_break_worker_part_sent_whole",
            ),
        ),
    ]
