import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Withdrawn is for ever: whoever took a lost key out must not find it back in.
REVOKED_FOR_EVER = """
CREATE FUNCTION csam_key_refuse_return() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'a revoked key does not come back (%)', 'csam_key_revoked_for_ever'
        USING ERRCODE = 'check_violation', TABLE = 'csam_key',
              CONSTRAINT = 'csam_key_revoked_for_ever';
END
$body$;
CREATE TRIGGER csam_key_revoked_for_ever
    BEFORE UPDATE OF state ON csam_key
    FOR EACH ROW WHEN (OLD.state = 'revoked' AND NEW.state <> 'revoked')
    EXECUTE FUNCTION csam_key_refuse_return();
"""


class Migration(migrations.Migration):
    """Keys with what each kind needs, what waits for a code, and their trigger."""

    initial = True

    dependencies = [
        ("csam_codes", "0001_accounts"),
        ("persons", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Key",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("name", models.TextField()),
                ("state", models.TextField(default="active")),
                ("enrolled_level", models.IntegerField()),
                ("enrolled_means", models.TextField()),
                ("activated_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("locked_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("wrong", models.IntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="csam_codes.account",
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
                "db_table": "csam_key",
            },
        ),
        migrations.CreateModel(
            name="AppSecret",
            fields=[
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="app_secret",
                        serialize=False,
                        to="csam_keys.key",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("sealed_with", models.TextField()),
                ("last_step", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "csam_key_app",
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="csam_keys.key",
                    ),
                ),
                ("last_rank", models.IntegerField(null=True)),
                ("asked_by", models.TextField(default="")),
            ],
            options={
                "db_table": "csam_key_card",
            },
        ),
        migrations.CreateModel(
            name="MailAddress",
            fields=[
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="mail_address",
                        serialize=False,
                        to="csam_keys.key",
                    ),
                ),
                ("address", models.TextField()),
                ("verified_at", models.DateTimeField()),
                ("code", models.TextField(default="")),
                ("asked_by", models.TextField(default="")),
                ("code_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "csam_key_mail",
            },
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "key",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="passkey",
                        serialize=False,
                        to="csam_keys.key",
                    ),
                ),
                ("credential_id", models.BinaryField()),
                ("public_key", models.BinaryField()),
                ("user_handle", models.BinaryField()),
                ("sign_count", models.BigIntegerField()),
                (
                    "transports",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "csam_key_passkey",
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("holder", models.TextField()),
                ("challenge", models.BinaryField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "csam_key_challenge",
                "constraints": [
                    models.UniqueConstraint(fields=("holder",), name="csam_key_challenge_one_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("login", models.TextField()),
                ("passed_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="csam_codes.account",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="csam_keys.key",
                    ),
                ),
            ],
            options={
                "db_table": "csam_key_first_step",
            },
        ),
        migrations.CreateModel(
            name="Activation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("name", models.TextField()),
                ("sealed", models.BinaryField(null=True)),
                ("sealed_with", models.TextField(default="")),
                ("address", models.TextField(default="")),
                ("code", models.TextField(default="")),
                ("wrong", models.IntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="csam_codes.account",
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
                "db_table": "csam_key_activation",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind"), name="csam_key_activation_one_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address", ""),
                                ("code", ""),
                                ("kind", "app"),
                                ("sealed__isnull", False),
                            ),
                            models.Q(
                                ("kind", "mail"),
                                ("sealed__isnull", True),
                                models.Q(("address", ""), _negated=True),
                                models.Q(("code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="csam_key_activation_of_one_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("begun_at"))),
                        name="csam_key_activation_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wrong__gte", 0), ("wrong__lte", 5)),
                        name="csam_key_activation_wrong_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardSheet",
            fields=[
                (
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sheet",
                        serialize=False,
                        to="csam_keys.card",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("sealed_with", models.TextField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "csam_key_card_sheet",
            },
        ),
        migrations.CreateModel(
            name="CardCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rank", models.IntegerField()),
                ("code", models.TextField()),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="csam_keys.card",
                    ),
                ),
            ],
            options={
                "db_table": "csam_key_card_code",
            },
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_rank__isnull", True), ("last_rank__range", (1, 24)), _connector="OR"
                ),
                name="csam_key_card_rank_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", ""), ("last_rank__isnull", False), _connector="OR"),
                name="csam_key_card_asks_a_rank",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("address__regex", "^[^@\\s]+@[^@\\s]+$")),
                name="csam_key_mail_address_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__regex", "^[0-9a-f]{64}$"), ("code", ""), _connector="OR"
                ),
                name="csam_key_mail_code_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by", ""), ("code", ""), ("code_until__isnull", True)),
                    models.Q(
                        models.Q(("code", ""), _negated=True),
                        models.Q(("asked_by", ""), _negated=True),
                        ("code_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="csam_key_mail_code_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="passkey",
            constraint=models.UniqueConstraint(
                fields=("credential_id",), name="csam_key_passkey_credential_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="passkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("sign_count__gte", 0)),
                name="csam_key_passkey_sign_count_positive",
            ),
        ),
        migrations.AddIndex(
            model_name="key",
            index=models.Index(fields=["person"], name="csam_key_of_person"),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "revoked"), _negated=True),
                fields=("account", "kind"),
                name="csam_key_one_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "card"), models.Q(("state", "revoked"), _negated=True)),
                fields=("person",),
                name="csam_key_one_card",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["app", "mail", "card", "passkey"])),
                name="csam_key_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "locked", "revoked"])),
                name="csam_key_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "enrolled_means__in",
                        ["eid", "itsme", "eidas", "app", "mail", "card", "passkey", "password"],
                    )
                ),
                name="csam_key_enrolled_means_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^\\S(.{0,58}\\S)?$")),
                name="csam_key_name_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(("enrolled_level__in", [100, 200, 300, 400, 450, 500])),
                name="csam_key_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", True), ("kind", "passkey")),
                    models.Q(
                        models.Q(("kind", "passkey"), _negated=True), ("account__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="csam_key_behind_an_account_or_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong__gte", 0), ("wrong__lte", 5)),
                name="csam_key_wrong_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True),
                    models.Q(("locked_at__isnull", True), ("wrong__lt", 5)),
                    _connector="OR",
                ),
                name="csam_key_active_is_not_locked",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "locked"), _negated=True),
                    ("locked_at__isnull", False),
                    _connector="OR",
                ),
                name="csam_key_locked_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", False), ("state", "revoked")),
                    models.Q(
                        models.Q(("state", "revoked"), _negated=True), ("revoked_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="csam_key_revoked_since",
            ),
        ),
        migrations.AddIndex(
            model_name="firststep",
            index=models.Index(fields=["passed_at"], name="csam_key_first_step_passed_at"),
        ),
        migrations.AddConstraint(
            model_name="firststep",
            constraint=models.UniqueConstraint(
                fields=("login",), name="csam_key_first_step_one_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardcode",
            constraint=models.UniqueConstraint(
                fields=("card", "rank"), name="csam_key_card_code_rank_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank__range", (1, 24))), name="csam_key_card_code_rank_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9a-f]{64}$")),
                name="csam_key_card_code_code_well_formed",
            ),
        ),
        migrations.RunSQL(REVOKED_FOR_EVER, "DROP FUNCTION csam_key_refuse_return() CASCADE"),
    ]
