import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

KEEP = """
CREATE FUNCTION csam_account_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.user_name = OLD.user_name AND NEW.id = OLD.id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an account stays, and so does its user name'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'csam_account_kept';
END $$;
CREATE TRIGGER csam_account_kept BEFORE UPDATE OR DELETE ON csam_account
    FOR EACH ROW EXECUTE FUNCTION csam_account_keep();
CREATE TRIGGER csam_account_not_emptied BEFORE TRUNCATE ON csam_account
    FOR EACH STATEMENT EXECUTE FUNCTION csam_account_keep();
"""


class Migration(migrations.Migration):
    """Accounts; a trigger keeps every one of them, and its user name, for ever."""

    initial = True
    dependencies = [("persons", "__first__")]
    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("user_name", models.TextField()),
                ("password_hash", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("provisional", "Provisional"),
                            ("active", "Active"),
                            ("blocked", "Blocked"),
                            ("closed", "Closed"),
                        ]
                    ),
                ),
                ("enrolled_level", models.IntegerField()),
                ("enterprise_number", models.TextField(null=True)),
                ("quality", models.TextField(null=True)),
                ("valid_until", models.DateTimeField(null=True)),
                ("email", models.TextField(default="")),
                ("phone", models.TextField(default="")),
                ("language", models.TextField(default="nl")),
                ("created_at", models.DateTimeField()),
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
                "db_table": "csam_account",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("user_name"),
                        name="csam_account_user_name_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("state", "provisional")),
                        fields=("person", "enterprise_number"),
                        name="csam_account_one_letter_at_a_time",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user_name__regex", "^[a-z0-9]{8,30}$")),
                        name="csam_account_user_name_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("password_hash__regex", "^\\$argon2id\\$")),
                        name="csam_account_password_hash_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise_number__regex", "^[01][0-9]{9}$")),
                        name="csam_account_enterprise_number_well_formed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["provisional", "active", "blocked", "closed"])
                        ),
                        name="csam_account_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "fr", "de", "en"])),
                        name="csam_account_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enrolled_level__in", [100, 200, 300, 400, 450, 500])),
                        name="csam_account_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("enrolled_level", 100), _connector="OR"
                        ),
                        name="csam_account_without_person_is_level_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "provisional"), _negated=True),
                            ("valid_until__isnull", False),
                            _connector="OR",
                        ),
                        name="csam_account_provisional_ends",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION csam_account_keep() CASCADE"),
    ]
