import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Devices, means, messages of devices, alternative methods; their history by trigger."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.UUIDField(default=uuid.uuid4)),
                ("kind", models.TextField(choices=[("kiosk", "Kiosk"), ("reader", "Reader")])),
                ("name", models.TextField()),
                ("works_reference", models.TextField()),
                ("enterprise_number", models.TextField()),
                (
                    "reads",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("public_key", models.TextField(default="")),
                ("code_hash", models.TextField(default="")),
                ("code_until", models.DateTimeField(null=True)),
                (
                    "state",
                    models.TextField(
                        choices=[("waiting", "Waiting"), ("active", "Active"), ("ended", "Ended")]
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("enrolled_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "presence_device",
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                (
                    "device",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="heard",
                        serialize=False,
                        to="presence_kiosk.device",
                    ),
                ),
                ("counter", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "presence_device_heard",
            },
        ),
        migrations.CreateModel(
            name="Means",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.UUIDField(default=uuid.uuid4)),
                (
                    "kind",
                    models.TextField(
                        choices=[("badge", "Badge"), ("card", "Card"), ("eid", "Eid")]
                    ),
                ),
                ("enterprise_number", models.TextField()),
                ("identifier", models.TextField(default="")),
                ("token_hash", models.TextField(default="")),
                ("issued_at", models.DateTimeField()),
                ("printed_at", models.DateTimeField(null=True)),
                ("blocked_at", models.DateTimeField(null=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
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
                "db_table": "presence_means",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField()),
                ("digest", models.TextField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("outcome", models.TextField()),
                (
                    "receipts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("code", models.TextField(default="")),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="presence_kiosk.device",
                    ),
                ),
            ],
            options={
                "db_table": "presence_device_message",
            },
        ),
        migrations.CreateModel(
            name="Method",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.UUIDField(default=uuid.uuid4)),
                ("enterprise_number", models.TextField()),
                ("works_reference", models.TextField(default="")),
                ("name", models.TextField()),
                ("description", models.TextField()),
                ("guarantees", models.TextField()),
                ("origin", models.TextField()),
                ("proof", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("declared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "presence_method",
            },
        ),
        migrations.AddIndex(
            model_name="device",
            index=models.Index(
                fields=["enterprise_number", "state"], name="presence_device_of_firm"
            ),
        ),
        migrations.AddIndex(
            model_name="device",
            index=models.Index(fields=["works_reference", "state"], name="presence_device_of_site"),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                fields=("number",), name="presence_device_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                condition=models.Q(("public_key", ""), _negated=True),
                fields=("public_key",),
                name="presence_device_key_used_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code_hash", ""), _negated=True),
                fields=("code_hash",),
                name="presence_device_code_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["kiosk", "reader"])),
                name="presence_device_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "active", "ended"])),
                name="presence_device_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("enterprise_number__regex", "^[0-9]{10}$")),
                name="presence_device_enterprise_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True),
                    models.Q(
                        models.Q(("public_key", ""), _negated=True), ("enrolled_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="presence_device_works_with_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state", "ended")),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True), ("ended_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="presence_device_ended_when",
            ),
        ),
        migrations.AddIndex(
            model_name="means",
            index=models.Index(fields=["identifier"], name="presence_means_identifier"),
        ),
        migrations.AddIndex(
            model_name="means",
            index=models.Index(fields=["person", "kind"], name="presence_means_person"),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.UniqueConstraint(
                fields=("number",), name="presence_means_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.UniqueConstraint(
                condition=models.Q(("blocked_at__isnull", True), ("kind", "badge")),
                fields=("enterprise_number", "identifier"),
                name="presence_means_badge_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token_hash", ""), _negated=True),
                fields=("token_hash",),
                name="presence_means_token_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.UniqueConstraint(
                condition=models.Q(("blocked_at__isnull", True), ("kind", "eid")),
                fields=("enterprise_number", "person"),
                name="presence_means_one_eid",
            ),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["badge", "card", "eid"])),
                name="presence_means_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.CheckConstraint(
                condition=models.Q(("enterprise_number__regex", "^[0-9]{10}$")),
                name="presence_means_enterprise_number_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("identifier__regex", "^[0-9A-Z]{6,32}$"), ("kind", "badge")),
                    models.Q(models.Q(("kind", "badge"), _negated=True), ("identifier", "")),
                    _connector="OR",
                ),
                name="presence_means_badge_has_a_number",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["device", "-received_at"], name="presence_device_message_last"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("device", "key"), name="presence_device_message_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__in", ["badge", "card", "eid", "niss", "limosa"])),
                name="presence_device_message_by_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["registered", "prepared", "refused"])),
                name="presence_device_message_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "registered"), _negated=True),
                    models.Q(("receipts", []), _negated=True),
                    _connector="OR",
                ),
                name="presence_device_message_has_a_receipt",
            ),
        ),
        migrations.AddIndex(
            model_name="method",
            index=models.Index(
                fields=["enterprise_number", "-declared_at"], name="presence_method_firm"
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.UniqueConstraint(
                fields=("number",), name="presence_method_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="presence_method_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(("enterprise_number__regex", "^[0-9]{10}$")),
                name="presence_method_enterprise_number_well_formed",
            ),
        ),
        *history_operations("presence_device", "presence_means", "presence_method"),
    ]
