import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Sets of files, their contents in pieces, their forms, and the files that go back."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Content",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField(default=0)),
                (
                    "digest",
                    models.TextField(
                        default="0000000000000000000000000000000000000000000000000000000000000000"
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_messages_content",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="temporary_unemployment_messages_content_digest_well_formed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ticket", models.TextField()),
                ("name", models.TextField()),
                ("stem", models.TextField(default="")),
                ("sender", models.TextField()),
                ("enterprise", models.TextField()),
                ("surrounding", models.TextField()),
                ("channel", models.TextField()),
                ("actor", models.TextField()),
                ("language", models.TextField(default="fr")),
                ("state", models.TextField(default="open")),
                ("holds", models.BooleanField(default=False)),
                ("code", models.TextField(default="")),
                ("reason", models.TextField(default="")),
                ("line", models.IntegerField(default=0)),
                ("path", models.TextField(default="")),
                ("forms", models.IntegerField(default=0)),
                ("done_forms", models.IntegerField(default=0)),
                ("refused_forms", models.IntegerField(default=0)),
                ("warned_forms", models.IntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("triggered_at", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "temporary_unemployment_messages_delivery",
                "indexes": [
                    models.Index(
                        fields=["enterprise", "-id"], name="tu_messages_delivery_of_sender"
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["triggered_at"],
                        name="tu_messages_delivery_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket",),
                        name="temporary_unemployment_messages_delivery_ticket_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("holds", True)),
                        fields=("stem",),
                        name="temporary_unemployment_messages_delivery_stem_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("stem",),
                        name="temporary_unemployment_messages_delivery_stem_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "open",
                                    "waiting",
                                    "received",
                                    "accepted",
                                    "done",
                                    "refused",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="temporary_unemployment_messages_delivery_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["sftp", "rest", "web"])),
                        name="temporary_unemployment_messages_delivery_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("surrounding__in", ["R", "T", "S"])),
                        name="temporary_unemployment_messages_delivery_surrounding_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                        name="temporary_unemployment_messages_delivery_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sender__regex", "^[0-9]{6}$")),
                        name="temporary_unemployment_messages_delivery_sender_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise__regex", "^[0-9]{10}$")),
                        name="temporary_unemployment_messages_delivery_enterprise_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ticket__regex", "^[0-9A-Z]{13}$")),
                        name="temporary_unemployment_messages_delivery_ticket_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("code", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("code", "")),
                            _connector="OR",
                        ),
                        name="temporary_unemployment_messages_delivery_refused_has_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_forms__gte", 0),
                            ("done_forms__lte", models.F("forms")),
                            ("refused_forms__lte", models.F("done_forms")),
                        ),
                        name="temporary_unemployment_messages_delivery_counts_fit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chunk",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("data", models.BinaryField()),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="temporary_unemployment_messages.content",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_messages_chunk",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content", "number"),
                        name="temporary_unemployment_messages_chunk_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("sender", models.TextField()),
                ("enterprise", models.TextField()),
                ("surrounding", models.TextField()),
                ("day", models.DateField()),
                ("sequence", models.IntegerField()),
                ("signature", models.BinaryField()),
                (
                    "removed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("communication", models.TextField(default="")),
                ("decision", models.JSONField(null=True)),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="temporary_unemployment_messages.content",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="temporary_unemployment_messages.delivery",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_messages_answer",
                "indexes": [
                    models.Index(
                        fields=["enterprise", "kind", "id"], name="tu_messages_answer_of_sender"
                    ),
                    models.Index(
                        fields=["sender", "surrounding", "id"], name="tu_messages_answer_folder"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sender", "surrounding", "day", "sequence"),
                        name="temporary_unemployment_messages_answer_sequence_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("delivery__isnull", False)),
                        fields=("delivery", "kind"),
                        name="temporary_unemployment_messages_answer_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ACRF", "NOTI", "DEFI"])),
                        name="temporary_unemployment_messages_answer_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("surrounding__in", ["R", "T", "S"])),
                        name="temporary_unemployment_messages_answer_surrounding_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sender__regex", "^[0-9]{6}$")),
                        name="temporary_unemployment_messages_answer_sender_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise__regex", "^[0-9]{10}$")),
                        name="temporary_unemployment_messages_answer_enterprise_well_formed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Form",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("position", models.IntegerField()),
                ("own_reference", models.TextField(default="")),
                ("head", models.JSONField(default=dict)),
                ("ticket", models.TextField(default="")),
                ("faults", models.JSONField(default=list)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="temporary_unemployment_messages.delivery",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_messages_form",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            models.Q(("ticket", ""), _negated=True),
                            models.Q(("own_reference", ""), _negated=True),
                        ),
                        fields=["own_reference"],
                        name="tu_messages_form_own_reference",
                    ),
                    models.Index(
                        condition=models.Q(("ticket", ""), _negated=True),
                        fields=["ticket"],
                        name="tu_messages_form_ticket",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery", "number"),
                        name="temporary_unemployment_messages_form_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ticket__regex", "^[0-9A-Z]{13}$"), ("ticket", ""), _connector="OR"
                        ),
                        name="temporary_unemployment_messages_form_ticket_well_formed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("prefix", models.TextField()),
                ("part", models.IntegerField()),
                ("parts", models.IntegerField()),
                ("forms", models.IntegerField(default=0)),
                ("stored_at", models.DateTimeField()),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="temporary_unemployment_messages.content",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="temporary_unemployment_messages.delivery",
                    ),
                ),
            ],
            options={
                "db_table": "temporary_unemployment_messages_piece",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery", "prefix", "part"),
                        name="temporary_unemployment_messages_piece_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prefix__in", ["FI", "FS"])),
                        name="temporary_unemployment_messages_piece_prefix_known",
                    ),
                ],
            },
        ),
    ]
