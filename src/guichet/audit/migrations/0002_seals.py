from typing import Any

from django.db import migrations, models

# Columns first, their defaults after: rows that stand already are not rewritten, and stay without
# a moment of recording; no seal covers them.
COLUMNS = """
ALTER TABLE {0} ADD COLUMN result text NOT NULL DEFAULT 'ok';
ALTER TABLE {0} ADD COLUMN trace_id text;
ALTER TABLE {0} ADD COLUMN recorded_at timestamptz;
ALTER TABLE {0} ADD COLUMN recorded_in bigint;
ALTER TABLE {0} ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();
ALTER TABLE {0} ALTER COLUMN recorded_in SET DEFAULT pg_current_xact_id()::text::bigint;
"""
NO_COLUMNS = """
ALTER TABLE {0} DROP COLUMN result, DROP COLUMN trace_id, DROP COLUMN recorded_at,
    DROP COLUMN recorded_in
"""
APPEND_ONLY = """
CREATE FUNCTION audit_keep_seal() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, lower(TG_OP)
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END
$body$;
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_keep_seal();
CREATE TRIGGER audit_seal_not_emptied BEFORE TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_keep_seal();
CREATE TRIGGER audit_hold_not_removed BEFORE DELETE ON audit_hold
    FOR EACH ROW EXECUTE FUNCTION audit_keep_seal();
"""


def _fields(model: str) -> list[migrations.operations.base.Operation]:
    added: dict[str, models.Field[Any, Any]] = {
        "result": models.TextField(choices=[("ok", "Ok"), ("refused", "Refused")], db_default="ok"),
        "trace_id": models.TextField(null=True),
        "recorded_at": models.DateTimeField(
            null=True,
            db_default=models.Func(
                template="clock_timestamp()", output_field=models.DateTimeField()
            ),
        ),
        "recorded_in": models.BigIntegerField(
            null=True,
            db_default=models.Func(
                template="pg_current_xact_id()::text::bigint", output_field=models.BigIntegerField()
            ),
        ),
    }
    return [migrations.AddField(model, name, field) for name, field in added.items()]


def _indexes(model: str, table: str) -> list[migrations.operations.base.Operation]:
    return [
        *(
            migrations.AddIndex(model, models.Index(fields=[name], name=f"{table}_{name}"))
            for name in ("recorded_at", "recorded_in")
        ),
        migrations.AddConstraint(
            model,
            models.CheckConstraint(
                condition=models.Q(result__in=["ok", "refused"]), name=f"{table}_result_known"
            ),
        ),
    ]


class Migration(migrations.Migration):
    """Result, trace and moment of recording of each line; the chain of seals; holds."""

    dependencies = [("audit", "0001_trail")]

    operations = [
        *(
            migrations.RunSQL(
                COLUMNS.format(table), NO_COLUMNS.format(table), state_operations=_fields(model)
            )
            for model, table in (("entry", "audit_entry"), ("lookup", "audit_lookup"))
        ),
        *_indexes("entry", "audit_entry"),
        *_indexes("lookup", "audit_lookup"),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField(choices=[("rows", "Rows"), ("purge", "Purge")])),
                ("table_name", models.TextField()),
                ("minute", models.DateTimeField()),
                ("first_transaction", models.BigIntegerField()),
                ("next_transaction", models.BigIntegerField()),
                ("unborn_transaction", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                ("digest", models.TextField()),
                ("kept_minutes", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("chain", models.TextField()),
            ],
            options={
                "db_table": "audit_seal",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("table_name", "minute", "kind", "next_transaction"),
                        name="audit_seal_made_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind__in=["rows", "purge"]),
                        name="audit_seal_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(table_name__in=["audit_entry", "audit_lookup"]),
                        name="audit_seal_table_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(chain__regex="^[0-9a-f]{64}$"),
                        name="audit_seal_chain_is_sha256",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealMark",
            fields=[
                ("table_name", models.TextField(primary_key=True, serialize=False)),
                ("sealed_before", models.DateTimeField()),
                ("open_transaction", models.BigIntegerField()),
                ("unborn_transaction", models.BigIntegerField()),
            ],
            options={"db_table": "audit_seal_mark"},
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("niss", models.TextField(null=True)),
                ("enterprise_number", models.TextField(null=True)),
                ("reason", models.TextField()),
                ("placed_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "audit_hold",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(niss__isnull=False)
                        | models.Q(enterprise_number__isnull=False),
                        name="audit_hold_is_about_somebody",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(reason=""), name="audit_hold_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION audit_keep_seal() CASCADE"),
    ]
