import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ebox", "0001_boxes_and_messages"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="box",
            name="is_exclusive",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="publication",
            name="proof",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField()),
                ("text", models.TextField()),
                ("fingerprint", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="ebox.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ebox.sender",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_reply",
                "indexes": [models.Index(fields=["sender", "number"], name="ebox_reply_to_sender")],
                "constraints": [
                    models.UniqueConstraint(fields=("uuid",), name="ebox_reply_uuid_once"),
                    models.UniqueConstraint(
                        fields=("message", "person", "fingerprint"), name="ebox_reply_text_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            django.db.models.lookups.LessThanOrEqual(
                                django.db.models.functions.text.Length("text"), 4000
                            ),
                        ),
                        name="ebox_reply_text_is_short",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("sort_key", models.TextField()),
                ("filters", models.JSONField()),
                ("kept_at", models.DateTimeField()),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ebox.box"
                    ),
                ),
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
                "db_table": "ebox_saved_search",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("box", "person", "sort_key"), name="ebox_saved_search_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "^.{1,60}$")),
                        name="ebox_saved_search_name_is_short",
                    ),
                ],
            },
        ),
    ]
