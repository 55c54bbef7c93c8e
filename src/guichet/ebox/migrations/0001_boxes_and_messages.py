import django.db.models.deletion
from django.db import migrations, models

from guichet.audit.history import history_operations


class Migration(migrations.Migration):
    """Boxes, folders, senders, messages with their documents, publications and events."""

    initial = True

    dependencies = [
        ("audit", "0001_trail"),
        ("enterprises", "0001_enterprises"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Box",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField(null=True)),
                ("consent_version", models.TextField(default="")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("email", models.TextField(default="")),
                ("pending_email", models.TextField(default="")),
                ("pending_code", models.TextField(default="")),
                ("pending_until", models.DateTimeField(null=True)),
                ("pending_tries", models.SmallIntegerField(default=0)),
                ("pending_opens", models.BooleanField(default=False)),
                ("language", models.TextField(default="nl")),
                ("mails", models.TextField(default="daily")),
                ("code_word", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                (
                    "enterprise",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_box",
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                ("digest", models.TextField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={
                "db_table": "ebox_content",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[A-Za-z0-9_-]{43}$")),
                        name="ebox_content_digest_well_formed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("newDocument", "New"),
                            ("newDocumentReminder", "Reminder"),
                            ("documentExpirationAlert", "Alert"),
                            ("readDocument", "Read"),
                        ]
                    ),
                ),
                ("message_uuid", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ebox.box"
                    ),
                ),
            ],
            options={
                "db_table": "ebox_event",
            },
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("sort_key", models.TextField()),
                ("is_restricted", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folders",
                        to="ebox.box",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_folder",
            },
        ),
        migrations.CreateModel(
            name="FolderReader",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("named_at", models.DateTimeField()),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readers",
                        to="ebox.folder",
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
                "db_table": "ebox_folder_reader",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField()),
                ("application", models.TextField(default="")),
                ("type", models.TextField()),
                ("level", models.SmallIntegerField(default=1)),
                ("service", models.TextField(default="")),
                ("is_required", models.BooleanField(default=False)),
                ("is_registered", models.BooleanField(default=False)),
                ("language", models.TextField()),
                ("subject", models.TextField()),
                ("search_key", models.TextField()),
                ("body", models.TextField(default="")),
                ("is_body_main", models.BooleanField()),
                ("attention_niss", models.TextField(default="")),
                ("attention_name", models.TextField(default="")),
                ("business_data", models.JSONField(default=list)),
                ("action", models.TextField(default="")),
                ("due_on", models.DateField(null=True)),
                ("original_uuid", models.UUIDField(null=True)),
                ("documents", models.SmallIntegerField(default=0)),
                ("published_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                ("remind_on", models.DateField(null=True)),
                ("alert_on", models.DateField(null=True)),
                ("awaits_mail", models.BooleanField(default=True)),
                ("is_visible", models.BooleanField(default=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ebox.box"
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ebox.folder",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_message",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField()),
                ("position", models.SmallIntegerField()),
                ("file_name", models.TextField()),
                ("media_type", models.TextField()),
                ("size", models.BigIntegerField()),
                ("digest", models.TextField()),
                ("is_main", models.BooleanField(default=False)),
                ("is_signed", models.BooleanField(default=False)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="ebox.message",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_attachment",
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField()),
                ("reference", models.TextField()),
                ("fingerprint", models.TextField()),
                ("is_registered", models.BooleanField(default=False)),
                ("evidence", models.JSONField(default=list)),
                ("published_at", models.DateTimeField()),
                ("notified_at", models.DateTimeField(null=True)),
                ("consulted_at", models.DateTimeField(null=True)),
                ("expires_on", models.DateField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ebox.box"
                    ),
                ),
            ],
            options={
                "db_table": "ebox_publication",
            },
        ),
        migrations.AddField(
            model_name="message",
            name="publication",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ebox.publication"
            ),
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("client_id", models.TextField(default="")),
                ("at", models.DateTimeField()),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ebox.attachment",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="ebox.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_reading",
            },
        ),
        migrations.CreateModel(
            name="Sender",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("name_nl", models.TextField()),
                ("name_fr", models.TextField()),
                ("name_de", models.TextField()),
                ("name_en", models.TextField()),
                ("connected_at", models.DateTimeField()),
            ],
            options={
                "db_table": "ebox_sender",
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="ebox_sender_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[01][0-9]{9}$")),
                        name="ebox_sender_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_nl", ""), _negated=True),
                            models.Q(("name_fr", ""), _negated=True),
                            models.Q(("name_de", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                        ),
                        name="ebox_sender_has_four_names",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="publication",
            name="sender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ebox.sender"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="sender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ebox.sender"
            ),
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("name_nl", models.TextField()),
                ("name_fr", models.TextField()),
                ("name_de", models.TextField()),
                ("name_en", models.TextField()),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="ebox.sender",
                    ),
                ),
            ],
            options={
                "db_table": "ebox_application",
            },
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("person",),
                name="ebox_box_one_of_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.UniqueConstraint(
                condition=models.Q(("enterprise__isnull", False)),
                fields=("enterprise",),
                name="ebox_box_one_of_an_enterprise",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("enterprise__isnull", True), ("person__isnull", False)),
                    models.Q(("enterprise__isnull", False), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="ebox_box_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", True),
                    ("opened_at__isnull", True),
                    models.Q(("email", ""), _negated=True),
                    _connector="OR",
                ),
                name="ebox_box_of_a_person_opens_with_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), ("opened_at__isnull", False), _connector="OR"
                ),
                name="ebox_box_withdrawn_after_it_was_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("pending_code", ""), ("pending_email", ""), ("pending_until__isnull", True)
                    ),
                    models.Q(
                        models.Q(("pending_email", ""), _negated=True),
                        models.Q(("pending_code", ""), _negated=True),
                        ("pending_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ebox_box_waits_for_a_code_with_a_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.CheckConstraint(
                condition=models.Q(("code_word__regex", "^.{0,30}$")),
                name="ebox_box_code_word_is_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="ebox_box_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="box",
            constraint=models.CheckConstraint(
                condition=models.Q(("mails__in", ["daily", "required"])),
                name="ebox_box_mails_known",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["box", "number"], name="ebox_event_of_box"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("message_uuid", "kind"), name="ebox_event_told_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "newDocument",
                            "newDocumentReminder",
                            "documentExpirationAlert",
                            "readDocument",
                        ],
                    )
                ),
                name="ebox_event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.UniqueConstraint(
                fields=("box", "sort_key"), name="ebox_folder_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^.{1,60}$")), name="ebox_folder_name_is_short"
            ),
        ),
        migrations.AddConstraint(
            model_name="folderreader",
            constraint=models.UniqueConstraint(
                fields=("folder", "person"), name="ebox_folder_reader_once"
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["digest"], name="ebox_attachment_of_content"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("message", "position"), name="ebox_attachment_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("uuid",), name="ebox_attachment_uuid_once"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__range", (1, 6))), name="ebox_attachment_at_most_six"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_name__regex", "^[^/\\\\]{1,80}$")),
                name="ebox_attachment_name_is_short",
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["message", "at"], name="ebox_reading_of_message"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("client_id", "")),
                    models.Q(("person__isnull", True), models.Q(("client_id", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ebox_reading_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("uuid",), name="ebox_publication_uuid_once"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("sender", "reference"), name="ebox_publication_reference_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference__regex", "^.{1,120}$")),
                name="ebox_publication_reference_is_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("notified_at__isnull", True),
                        ("notified_at__gte", models.F("published_at")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("consulted_at__isnull", True),
                        ("consulted_at__gte", models.F("published_at")),
                        _connector="OR",
                    ),
                ),
                name="ebox_publication_instants_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["box", "-published_at", "-id"], name="ebox_message_of_box"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["expires_on"], name="ebox_message_expires"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("read_at__isnull", True)),
                fields=["box"],
                name="ebox_message_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("remind_on__isnull", False)),
                fields=["remind_on"],
                name="ebox_message_to_remind",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("alert_on__isnull", False)),
                fields=["alert_on"],
                name="ebox_message_to_alert",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("awaits_mail", True)),
                fields=["published_at"],
                name="ebox_message_to_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("uuid",), name="ebox_message_uuid_once"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                name="ebox_message_language_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("type__regex", "^[a-z][a-z0-9.-]{1,60}$")),
                name="ebox_message_type_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attention_niss__regex", "^[0-9]{11}$"),
                    ("attention_niss", ""),
                    _connector="OR",
                ),
                name="ebox_message_attention_niss_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__regex", "^.{1,255}$")),
                name="ebox_message_subject_is_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 1), ("service", "")),
                    models.Q(("level", 2), models.Q(("service", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ebox_message_level_two_has_a_service",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("documents__gt", 0),
                    models.Q(("is_body_main", True), models.Q(("body", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ebox_message_has_a_main_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_registered", False), ("deleted_at__isnull", True), _connector="OR"
                ),
                name="ebox_message_registered_is_never_deleted",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                fields=("sender", "code"), name="ebox_application_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Za-z0-9_-]{1,40}$")),
                name="ebox_application_code_well_formed",
            ),
        ),
        *history_operations("ebox_box", "ebox_folder", "ebox_folder_reader", "ebox_sender"),
    ]
